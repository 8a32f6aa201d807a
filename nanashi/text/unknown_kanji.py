"""Kanji words that the tokenizer does not know and gives back as single characters: 元|柳|斎, 種|車."""

import re
from collections.abc import Iterator
from functools import lru_cache

from nanashi.text.scripts import KANJI
from nanashi.text.tokenizer import tokens

# In units with a space before each: single kanji, several in a row, with another script behind them.
_RUN = re.compile(f" [{KANJI}](?: [{KANJI}])+(?= [^{KANJI}\\d]|$)")
# The end of a unit that makes the single kanji behind it parts of its word or number.
_CONTINUED = re.compile(f"[{KANJI}\\d]")
_NEXT_UNIT = re.compile(" ([^ ]*)")
_NUMBERS = frozenset("一二三四五六七八九十百千万億兆〇零数何第")
_TITLES = frozenset("氏様君殿")


Doubt = tuple[int, bool, bool]
"""A place between two single kanji, and whether a match may start there, or end there."""


def doubts(units: str) -> Iterator[Doubt]:
    """The doubtful boundaries of a text given as units with a space before each.

    A run of kanji that came back as single characters is an unknown word, mostly a name. Nothing starts at a noun
    inside it and nothing ends before a suffix inside it, but for titles (氏, 様). Numbers are no such words.
    """
    spaces = counted = 0
    for run in _RUN.finditer(units):
        start, end = run.span()
        kanji = run.group().replace(" ", "")
        if not _NUMBERS.isdisjoint(kanji) or (start and _CONTINUED.match(units, start - 1)):
            continue
        spaces += units.count(" ", counted, start)
        counted = start
        before = units[units.rfind(" ", 0, start) + 1 : start]
        after = _NEXT_UNIT.match(units, end)
        suffixes = _suffixes(before, kanji, after[1] if after else "")
        for offset, suffix in enumerate(suffixes[1:], 1):
            yield start - spaces + offset, suffix, not suffix or kanji[offset] in _TITLES


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
