"""The table of contents of a long entry, read from its stored HTML: nothing more is stored for it."""

import re
from html import unescape
from typing import NamedTuple

CONTENTS_FROM = 3
"""Headings from which on an entry's own page begins with its contents."""
HEADING = re.compile(r'<h([1-6])\b[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A line of the contents; `level` is 1 for the highest of this entry."""

    level: int
    anchor: str
    text: str


def contents_of(body: str) -> tuple[Heading, ...]:
    """The headings of a stored body; none where there are fewer than CONTENTS_FROM."""
    found = [(int(level), unescape(anchor), _text(inner)) for level, anchor, inner in HEADING.findall(body)]
    if len(found) < CONTENTS_FROM:
        return ()
    highest = min(level for level, _, _ in found)
    return tuple(Heading(level - highest + 1, anchor, text) for level, anchor, text in found)


def _text(inner: str) -> str:
    return " ".join(unescape(TAG.sub("", inner)).split())
