"""Kanji words that the tokenizer does not know and gives back as single characters: 元|柳|斎, 種|車."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nanashi.text.scripts import KANJI, kind
from nanashi.text.tokenizer import tokens

# In units with a space before each: single kanji, several in a row, with another script behind them.
_RUN = re.compile(f" [{KANJI}](?: [{KANJI}])+(?= [^{KANJI}\\d]|$)")
_NUMBERS = frozenset("一二三四五六七八九十百千万億兆〇零数何第")
_TITLES = frozenset("氏様君殿")


class Doubt(NamedTuple):
    """A place between two single kanji, and whether a match may start there, or end there."""

    place: int
    starts: bool
    ends: bool


def doubts(units: str) -> Iterator[Doubt]:
    """The doubtful boundaries of a text given as units with a space before each.

    A run of kanji that came back as single characters is an unknown word, mostly a name. Nothing starts at a noun
    inside it and nothing ends before a suffix inside it, but for titles (氏, 様). Numbers are no such words.
    """
    for run in _RUN.finditer(units):
        start, end = run.span()
        kanji = run.group().replace(" ", "")
        before = units[units.rfind(" ", 0, start) + 1 : start]
        if _continues(before) or not _NUMBERS.isdisjoint(kanji):
            continue
        after = units[end + 1 :].partition(" ")[0]
        place = start - units.count(" ", 0, start)
        for offset, suffix in enumerate(_suffixes(before, kanji, after)[1:], 1):
            yield Doubt(place + offset, suffix, not suffix or kanji[offset] in _TITLES)


def _continues(before: str) -> bool:
    """Whether the unit before a run of kanji belongs to the same word or number."""
    return before[-1:].isdigit() or kind(before[-1:] or " ") == "C"


@lru_cache(maxsize=4096)
def _suffixes(before: str, kanji: str, after: str) -> tuple[bool, ...]:
    """For each of some single kanji, read between the units beside them, whether a suffix begins with it."""
    suffixes = set()
    place = -len(before)
    for token in tokens(before + kanji + after):
        if token.features.startswith("接尾辞"):
            suffixes.add(place)
        place += len(token.surface)
    return tuple(offset in suffixes for offset in range(len(kanji)))
