"""Many spellings in little memory: columns of numbers and one run of text, in bytes or in a mapped file."""

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, Self

EXPLICIT = 1
INFLECTS = 2
LONG_ENOUGH = 4  # has the letters that an English plural or possessive asks for

SHORTEST_INFLECTED = 4  # letters
LARGEST_KEY = 2**63 - 1
_EXPLICIT_FLAGS = re.compile(rb"[\x01\x03\x05\x07]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]")
_SEPARATOR = "\0"


class Spelling(NamedTuple):
    """One way to write one keyword."""

    text: str
    """As registered: the headword or an alias."""
    word: str
    """The keyword's headword: what a link leads to."""
    key: int
    """The keyword's number."""
    explicit: bool = False
    """Links only by `[[ ]]`."""
    inflects: bool = True
    """The English possessive and plain plural of it count too, when it has four letters or more."""


class Columns(NamedTuple):
    """The bytes of a table. `ends[n]` is where the text of spelling `n` ends in `texts` (UTF-8)."""

    keys: memoryview
    ends: memoryview
    flags: memoryview
    texts: memoryview


class SpellingTable:
    """Spellings by number, from 0."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._keys = (
            array("Q", columns.keys.tobytes()) if not columns.keys else columns.keys.cast("B").cast("Q")
        )
        self._ends = columns.ends.cast("B").cast("I")

    @classmethod
    def of(cls, spellings: Iterable[Spelling]) -> Self:
        """A table of these spellings, in their order.

        Raises ValueError for a text with a NUL character, for a key below 0 or above 2**63 - 1, and when all
        texts together are longer than four gigabytes.
        """
        keys, lengths, flags, texts = array("Q"), array("I"), bytearray(), bytearray()
        for spelling in spellings:
            record = _record(spelling)
            keys.append(spelling.key)
            lengths.append(len(record))
            flags.append(_flags(spelling))
            texts += record
        if len(texts) > 2**32 - 1:
            raise ValueError("the texts of the spellings are longer than 4 GB together: use fewer words")
        ends = array("I", accumulate(lengths))
        return cls(Columns(memoryview(keys), memoryview(ends), memoryview(flags), memoryview(texts)))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> Spelling:
        start = self._ends[number - 1] if number else 0
        record = bytes(self.columns.texts[start : self._ends[number]]).decode("utf-8", "surrogatepass")
        text, _, word = record.partition(_SEPARATOR)
        bits = self.columns.flags[number]
        return Spelling(text, word or text, self._keys[number], bool(bits & EXPLICIT), bool(bits & INFLECTS))

    def __iter__(self) -> Iterator[Spelling]:
        return map(self.__getitem__, range(len(self)))

    def inflects(self, number: int) -> bool:
        """Whether an English plural or possessive of the spelling counts as it."""
        return self.columns.flags[number] & (INFLECTS | LONG_ENOUGH) == INFLECTS | LONG_ENOUGH

    def explicit(self) -> frozenset[int]:
        """The numbers of the spellings that link only by `[[ ]]`."""
        return frozenset(found.start() for found in _EXPLICIT_FLAGS.finditer(self.columns.flags))

    def numbers_of(self, keys: frozenset[int]) -> frozenset[int]:
        """The numbers of all spellings of these keywords."""
        return frozenset(number for number, key in enumerate(self._keys) if key in keys)


def _record(spelling: Spelling) -> bytes:
    """The text, and after a separator the headword where it is another."""
    if _SEPARATOR in spelling.text or _SEPARATOR in spelling.word:
        raise ValueError(f"spelling {spelling.text!r}: holds a NUL character; leave it out")
    if not 0 <= spelling.key <= LARGEST_KEY:
        raise ValueError(f"spelling {spelling.text!r}: key {spelling.key} is not between 0 and 2**63 - 1")
    same = spelling.word == spelling.text
    text = spelling.text if same else spelling.text + _SEPARATOR + spelling.word
    return text.encode("utf-8", "surrogatepass")


def _flags(spelling: Spelling) -> int:
    letters = len(_LATIN_LETTER.findall(spelling.text))
    return (
        EXPLICIT * spelling.explicit
        | INFLECTS * spelling.inflects
        | LONG_ENOUGH * (letters >= SHORTEST_INFLECTED)
    )
