"""All keywords and their spellings, compiled for matching."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Self

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from nanashi.text import lexicon_file
from nanashi.text.normal import normalise
from nanashi.text.spellings import Spelling, SpellingTable

Match = tuple[int, int, int]
"""Start and end in the normalised text, number of the spelling."""

_REMEMBERED_WORDS = 65536


class Generation:
    """A table of spellings, each with a normalised form of its own, and the automaton that finds them.

    The automaton is built when it is first needed, unless it is given.
    """

    def __init__(self, table: SpellingTable, automaton: CharwiseDoubleArrayAhoCorasick | None = None) -> None:
        self.table = table
        if automaton is not None:
            self.automaton = automaton

    @cached_property
    def automaton(self) -> CharwiseDoubleArrayAhoCorasick:
        """Finds all places of all spellings, also those that overlap."""
        return CharwiseDoubleArrayAhoCorasick(self._forms())

    @cached_property
    def leftmost_longest(self) -> CharwiseDoubleArrayAhoCorasick:
        """Finds the leftmost-longest places only, in half the time."""
        return CharwiseDoubleArrayAhoCorasick(self._forms(), MATCH_KIND_LEFTMOST_LONGEST)

    @cached_property
    def explicit(self) -> frozenset[int]:
        """The numbers of the spellings that link only by `[[ ]]`."""
        return self.table.explicit()

    def number_of(self, form: str) -> int | None:
        """The number of the spelling with exactly this normalised form."""
        whole = (0, len(form))
        found = self.automaton.find_overlapping(form) if len(self.table) else []
        return next((number for start, end, number in found if (start, end) == whole), None)

    def _forms(self) -> list[str]:
        return [normalise(spelling.text) for spelling in self.table]


class Lexicon:
    """Finds the places of all its spellings in a text; made by `from_words`, `from_spellings` or `load`.

    >>> lexicon = Lexicon.from_words(["京都", "東京都"])
    >>> "京都" in lexicon, len(lexicon)
    (True, 2)

    It is a compiled generation with, on top, what was added and taken away since: adding a word to 865,000 takes
    a moment, compiling them again takes seconds. A lexicon does not change; `with_added` and `without` give new
    ones that share the generation. Safe to use from several threads.
    """

    def __init__(
        self, base: Generation, added: Generation | None = None, gone: frozenset[int] = frozenset()
    ) -> None:
        self.generation = base
        self._added = added if added is not None and len(added.table) else None
        self._gone = gone
        self._first_added = len(base.table)
        added_explicit = self._added.explicit if self._added else ()
        self._unlinked = base.explicit | gone | {self._first_added + number for number in added_explicit}
        self.words = _Words(base.table, self._added.table if self._added else None)

    @classmethod
    def from_words(cls, words: Iterable[str]) -> Self:
        """A lexicon of plain words; each word's key is its position, from 0.

        Raises TypeError for one string in the place of several, ValueError as `from_spellings` does.
        """
        if isinstance(words, str):
            raise TypeError(f"words: one string, {words!r}; give a list of words")
        return cls.from_spellings(Spelling(word, word, key) for key, word in enumerate(words))

    @classmethod
    def from_spellings(cls, spellings: Iterable[Spelling]) -> Self:
        """A lexicon of spellings. Of several with the same normalised form the first one counts.

        Raises ValueError for a spelling that no text can contain: an empty one, one with a NUL character.
        """
        return cls(Generation(SpellingTable.of(_distinct(spellings, set()))))

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The lexicon that `save` wrote. Its words stay in the file, which is mapped and must not be changed.

        Raises LexiconFileError when the file is torn, of another format or made by another version.
        """
        return cls(Generation(*lexicon_file.read(Path(path))))

    def save(self, path: str | Path) -> None:
        """Write the lexicon, compiled, to one file: at any moment the old one or the new one is there, whole.

        What was added or taken away since is compiled in. Raises OSError where nothing can be written there.
        """
        if not Path(path).absolute().parent.is_dir():
            raise FileNotFoundError(f"{path}: there is no such folder; make it, or save elsewhere")
        base = self.generation if not self._added and not self._gone else self.from_spellings(self).generation
        lexicon_file.write(Path(path), base.table.columns, base.automaton.serialize())

    def with_added(self, spellings: Iterable[Spelling]) -> "Lexicon":
        """This lexicon with more spellings; one whose normalised form is there already changes nothing."""
        new = [spelling for spelling in _distinct(spellings, set()) if self.find(spelling.text) is None]
        added = Generation(SpellingTable.of(chain(self._added.table if self._added else (), new)))
        return Lexicon(self.generation, added, self._gone)

    def without(self, keys: Iterable[int]) -> "Lexicon":
        """This lexicon without any spelling of these keywords.

        A spelling that gave way to one of theirs in `from_spellings` is not there to come back.
        """
        unwanted = frozenset(keys)
        kept = (
            [spelling for spelling in self._added.table if spelling.key not in unwanted]
            if self._added
            else []
        )
        gone = self._gone | self.generation.table.numbers_of(unwanted)
        return Lexicon(self.generation, Generation(SpellingTable.of(kept)), gone)

    def find(self, text: str) -> Spelling | None:
        """The spelling that is written like `text` but for width and case, explicit ones too; for `[[text]]`."""
        form = normalise(text)
        number = self.generation.number_of(form)
        if number is not None and number not in self._gone:
            return self.generation.table[number]
        number = self._added.number_of(form) if self._added else None
        return self._added.table[number] if self._added and number is not None else None

    def matches(self, normal_text: str) -> list[Match]:
        """All places of all spellings that link by themselves, by end; of those with one end, the longest first."""
        found = self.generation.automaton.find_overlapping(normal_text) if len(self.generation.table) else []
        if self._added:
            first = self._first_added
            also = self._added.automaton.find_overlapping(normal_text)
            found += [(start, end, first + number) for start, end, number in also]
            found.sort(key=itemgetter(1))
        if self._unlinked:
            found = [match for match in found if match[2] not in self._unlinked]
        return found

    def longest_matches(self, normal_text: str) -> list[Match] | None:
        """The leftmost-longest places, or None when this lexicon is no single plain generation."""
        if self._added or self._unlinked or not len(self.generation.table):
            return None
        return self.generation.leftmost_longest.find(normal_text)

    def inflects(self, number: int) -> bool:
        """Whether an English plural or possessive of the spelling with this number counts as it."""
        if self._added and number >= self._first_added:
            return self._added.table.inflects(number - self._first_added)
        return self.generation.table.inflects(number)

    def __contains__(self, text: object) -> bool:
        """Whether a spelling is written like `text` but for width and case."""
        return isinstance(text, str) and self.find(text) is not None

    def __repr__(self) -> str:
        return f"<Lexicon of {len(self):,} spellings>"

    def __len__(self) -> int:
        return self._first_added - len(self._gone) + (len(self._added.table) if self._added else 0)

    def __iter__(self) -> Iterator[Spelling]:
        for number, spelling in enumerate(self.generation.table):
            if number not in self._gone:
                yield spelling
        if self._added:
            yield from self._added.table


class _Words(dict[int, tuple[str, int]]):
    """Headword and key by number of a spelling: the ones that texts use stay at hand."""

    def __init__(self, base: SpellingTable, added: SpellingTable | None) -> None:
        super().__init__()
        self._base = base
        self._added = added

    def __missing__(self, number: int) -> tuple[str, int]:
        if len(self) >= _REMEMBERED_WORDS:
            self.clear()
        first_added = len(self._base)
        if self._added is not None and number >= first_added:
            spelling = self._added[number - first_added]
        else:
            spelling = self._base[number]
        word = self[number] = spelling.word, spelling.key
        return word


def _distinct(spellings: Iterable[Spelling], seen: set[str]) -> Iterator[Spelling]:
    """The first spelling of each normalised form."""
    for spelling in spellings:
        form = normalise(spelling.text)
        if not form:
            raise ValueError(f"spelling {spelling.key}: empty, or nothing but marks; give it a text")
        if form not in seen:
            seen.add(form)
            yield spelling
