"""The place in a text where a search found its words."""

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from nanashi.reading.queries.entries import EntryView
from nanashi.text.normal import normal

BEFORE = 40
AFTER = 140
"""Characters shown before and after the beginning of the first word found."""
LONGEST_WORD = 20
"""Letters of a word that is not cut where a passage begins or ends."""
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|pre|blockquote|d[dt]|div|figcaption)>|<br>")
_TAG = re.compile(r"<[^>]*>")


class Stretch(NamedTuple):
    """A piece of a text; `marked` where it is what was found, or what changed."""

    text: str
    marked: bool


class Place(NamedTuple):
    """Where an entry holds the words."""

    title: tuple[Stretch, ...]
    passage: tuple[Stretch, ...]


def places_in(
    entries: Sequence[EntryView], sources: Sequence[str], terms: Sequence[str]
) -> tuple[Place, ...]:
    """For each of these entries, with its text as typed, where it holds the terms."""
    return tuple(
        Place(marked(entry.title, terms), passage(entry.body, source, terms))
        for entry, source in zip(entries, sources, strict=True)
    )


def passage(body: str, source: str, terms: Sequence[str]) -> tuple[Stretch, ...]:
    """The surroundings of the first of these normalised terms in an entry, all terms in it marked.

    What a reader sees of the stored body is looked through first, then the text as typed.
    """
    visible = _visible(body)
    if places := _places(visible, terms):
        return _around(visible, places)
    return _around(source, _places(source, terms))


def marked(line: str, terms: Sequence[str]) -> tuple[Stretch, ...]:
    """A whole line with the terms in it marked."""
    return _stretches(line, _places(line, terms), 0, len(line))


def _visible(body: str) -> str:
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", body)))


def _around(text: str, places: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    """The surroundings of the first place, or the beginning of the text."""
    start = _beside_letters(text, max(0, places[0][0] - BEFORE), -1) if places else 0
    end = min(len(text), max(start + BEFORE + AFTER, places[0][1] if places else 0))
    end = _beside_letters(text, end, 1)
    before = (Stretch("…", False),) if start else ()
    after = (Stretch("…", False),) if end < len(text) else ()
    return before + _stretches(text, places, start, end) + after


def _beside_letters(text: str, at: int, step: int) -> int:
    """`at`, moved out of a word of Latin letters that is not too long."""
    for place in range(at, at + step * LONGEST_WORD, step):
        inside = 0 < place < len(text) and all(
            one.isascii() and one.isalnum() for one in text[place - 1 : place + 1]
        )
        if not inside:
            return place
    return at


def _stretches(text: str, places: list[tuple[int, int]], start: int, end: int) -> tuple[Stretch, ...]:
    pieces: list[Stretch] = []
    at = start
    for first, last in places:
        if first >= at and last <= end:
            pieces += [Stretch(_one_line(text[at:first]), False), Stretch(text[first:last], True)]
            at = last
    pieces.append(Stretch(_one_line(text[at:end]), False))
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
