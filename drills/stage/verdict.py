"""How a drill ends: its figures as the last line, and a status that says whether all was well."""

import json
import sys
from collections.abc import Collection, Mapping


def verdict(figures: Mapping[str, object], none: Collection[str], some: Collection[str] = ()) -> int:
    """Print the figures; 1, with the reasons on standard error, unless all is well, else 0.

    `none` names figures that must be 0 or empty: what went wrong. `some` names those that must not be: what the planted
    faults let be seen, and what was tried at all; a drill that can see nothing proves nothing.
    """
    wrong = [name for name in none if figures[name]] + [name for name in some if not figures[name]]
    for name in wrong:
        print(f"this must {'not ' if name in some else ''}be 0: {name} is {figures[name]}", file=sys.stderr)
    print(json.dumps(figures))
    return int(bool(wrong))
