"""The place in a text where a search found its words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nanashi.text.normal import normal

BEFORE = 40
AFTER = 140
"""Characters shown before and after the beginning of the first word found."""


class Stretch(NamedTuple):
    """A piece of a passage; found words are marked."""

    text: str
    marked: bool


def passage(text: str, terms: Sequence[str]) -> tuple[Stretch, ...]:
    """The surroundings of the first of these normalised terms in a text, all terms in it marked."""
    places = _places(text, terms)
    start = max(0, places[0][0] - BEFORE) if places else 0
    end = min(len(text), max(start + BEFORE + AFTER, places[0][1] if places else 0))
    pieces: list[Stretch] = [Stretch("…", False)] if start else []
    at = start
    for first, last in places:
        if first < at or last > end:
            continue
        pieces += [Stretch(_one_line(text[at:first]), False), Stretch(text[first:last], True)]
        at = last
    pieces.append(Stretch(_one_line(text[at:end]), False))
    if end < len(text):
        pieces.append(Stretch("…", False))
    return tuple(piece for piece in pieces if piece.text)


def _places(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand in the text as typed, in order."""
    if not terms:
        return []
    form, cuts = normal(text)
    found = re.finditer("|".join(map(re.escape, sorted(terms, key=len, reverse=True))), form)
    if cuts is None:
        return [one.span() for one in found]
    spans = [(cuts[one.start()], cuts[one.end()]) for one in found]
    return [(start, end) for start, end in spans if 0 <= start < end]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
