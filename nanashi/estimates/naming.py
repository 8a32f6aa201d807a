"""Names of values: which are well formed, and where one stands in a line."""

from __future__ import annotations

from collections.abc import Iterable

from nanashi.estimates.characters import is_ascii_word, is_letter, is_word_char
from nanashi.estimates.limits import MAX_NAME_LENGTH
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.words import INFIX, LINE_WORDS, RESERVED


class NameTable:
    """The names of a block; the longest that stands at a place is the one that is meant there.

    Japanese is written without spaces, so a name of kana or kanji needs no boundary; a name that starts or
    ends in a script with spaces does not stand inside a longer word of such a script.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(self.names, key=len, reverse=True):
            self._by_start.setdefault(name[0], []).append(name)

    def has(self, name: str) -> bool:
        """Whether `name` is defined."""
        return name in self.names

    def at(self, text: str, start: int) -> str:
        """The longest name at `start`, empty when none stands there."""
        for name in self._by_start.get(text[start], ()):
            if text.startswith(name, start) and _bounded(text, start, start + len(name)):
                return name
        return ""


def _bounded(text: str, start: int, end: int) -> bool:
    before = start > 0 and is_ascii_word(text[start]) and is_ascii_word(text[start - 1])
    after = end < len(text) and is_ascii_word(text[end - 1]) and is_ascii_word(text[end])
    return not before and not after


def check_name(name: str, place: Place) -> None:
    """Raise EstimateError when `name` cannot be the name of a value."""
    if not name:
        fail("name_missing", place, "x ")
    if len(name) > MAX_NAME_LENGTH:
        fail("name_long", place, name[:20].strip(), limit=str(MAX_NAME_LENGTH))
    if name in RESERVED:
        fail("name_reserved", place, "y" if name == "year" else "年数", name=name)
    if not is_letter(name[0]):
        fail("name_start", place, "x" + "".join(c for c in name if is_word_char(c)), name=name)
    for index, char in enumerate(name):
        if not is_word_char(char) and not (char == " " and name[index - 1] != " "):
            fail("name_char", place, _mended(name), name=name, char=char)
    _check_words(name, place)


def _mended(name: str) -> str:
    return " ".join("".join(c if is_word_char(c) else " " for c in name).split()).replace(" ", "_")


def _check_words(name: str, place: Place) -> None:
    words = name.split(" ")
    for word in words:
        if word in INFIX:
            fail(
                "name_word",
                place,
                name.replace(" ", "_") if len(words) > 1 else f"{word}_",
                name=name,
                word=word,
            )
    for spellings in LINE_WORDS.values():
        for spelling in spellings:
            if name == spelling or name.startswith(spelling + " "):
                fail("name_line_word", place, "my_" + name.replace(" ", "_"), name=name, word=spelling)
