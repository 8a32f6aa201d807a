"""Differences between two revisions: by line, with the words that changed marked inside."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nanashi.editing.content import Content
from nanashi.editing.matching import BoundedMatcher, Steps
from nanashi.reading.passages import Stretch

WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
"""Latin words whole; Japanese by the character."""
LINE_STEPS, WORD_STEPS = 2_000_000, 1_000_000
"""Comparisons of lines, and of words within all lines of a field: 0.2 s in all. What would take more is shown as
wholly replaced."""
MOST_PAIRED = 200
"""Lines that changed in one place of which words are looked at; where more did, it is another text."""
CONTEXT = 2
"""Lines shown around a change."""


class Line(NamedTuple):
    """A line of a difference: "same", "gone", "new", or "skipped" for lines left out."""

    kind: str
    stretches: tuple[Stretch, ...]


class FieldDifference(NamedTuple):
    """What changed in one field."""

    field: str
    lines: tuple[Line, ...]


def differences(before: Content, after: Content) -> tuple[FieldDifference, ...]:
    """Every field that differs, in the order of the form."""
    one, two = _as_lines(before), _as_lines(after)
    return tuple(
        FieldDifference(name, tuple(line_differences(one[name], two[name])))
        for name in one
        if one[name] != two[name]
    )


def line_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Lines gone and new, with a little of what is around them."""
    words = Steps(WORD_STEPS)
    groups = BoundedMatcher(before, after, Steps(LINE_STEPS)).get_grouped_opcodes(CONTEXT)
    for number, group in enumerate(groups):
        if number:
            yield Line("skipped", ())
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from (Line("same", (Stretch(text, False),)) for text in before[i:j])
            else:
                yield from _changed(before[i:j], after[k:m], words)


def _changed(gone: Sequence[str], new: Sequence[str], steps: Steps) -> Iterator[Line]:
    paired = min(len(gone), len(new))
    paired = paired if paired <= MOST_PAIRED else 0
    pairs = [_words(one, two, steps) for one, two in zip(gone[:paired], new[:paired], strict=True)]
    yield from (Line("gone", pair[0]) for pair in pairs)
    yield from (Line("gone", (Stretch(text, False),)) for text in gone[paired:])
    yield from (Line("new", pair[1]) for pair in pairs)
    yield from (Line("new", (Stretch(text, False),)) for text in new[paired:])


def _words(before: str, after: str, steps: Steps) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both lines, with the words marked that the other has not."""
    one, two = WORDS.findall(before), WORDS.findall(after)
    gone: list[Stretch] = []
    new: list[Stretch] = []
    for kind, i, j, k, m in BoundedMatcher(one, two, steps).get_opcodes():
        gone += [Stretch("".join(one[i:j]), kind != "equal")] if i < j else []
        new += [Stretch("".join(two[k:m]), kind != "equal")] if k < m else []
    return tuple(gone), tuple(new)


def _as_lines(content: Content) -> dict[str, list[str]]:
    return {
        "word": [content.word],
        "reading": [content.reading] if content.reading else [],
        "aliases": list(content.aliases),
        "definition": content.definition.splitlines(),
        "explicit": ["✓"] if content.explicit else [],
        "see_also": list(content.see_also),
    }
