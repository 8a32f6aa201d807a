"""Where words and entries have their pages, and the classes of the anchors that lead there."""

import re
from functools import lru_cache
from urllib.parse import quote

KEYWORD_CLASS = "k"
"""Class of a keyword's anchor; its further classes begin with the same letter."""
NOTABLE_CLASS = "kn"
"""Second class of the anchors that readers see by default."""
MARKED_CLASS = "km"
"""Further class of a keyword's anchors on that keyword's own page."""
REFERENCE_CLASS = "ref"

OLD_ID = "[0-9]{14}"
PUBLIC_ID = "[0-9]{8}-[a-z0-9]{6}"
ENTRY_ID = f"(?:{OLD_ID}|{PUBLIC_ID})(?![0-9A-Za-z_-])"
"""Pattern of an entry's id as people write it: that of an imported entry, or our own."""
QUOTED_REFERENCE = re.compile(f">>{ENTRY_ID}")
"""What begins like a quotation and is a reference."""

_DOT_SEGMENTS = frozenset({".", ".."})


@lru_cache(maxsize=16384)
def keyword_path(word: str) -> str:
    """The address of a word's page: all but unreserved characters and `/` percent-encoded.

    A browser resolves `.` and `..` between slashes, so a word with such a part has its slashes encoded too.
    """
    safe = "" if _DOT_SEGMENTS.intersection(word.split("/")) else "/"
    return "/keyword/" + quote(word, safe=safe)


def entry_path(public_id: str) -> str:
    """The address of an entry's page."""
    return "/e/" + quote(public_id, safe="")
