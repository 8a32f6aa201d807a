"""From what a diary has counted to the notable links of one entry: `weights` has the formula."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nanashi.text.normal import normalise
from nanashi.text.stop_words import stop_words
from nanashi.text.weights import MOST_BITS, Signals, notable, share, weight

_REMEMBERED_WEIGHTS = 16384
_RAREST = 2.0**-MOST_BITS


class Weighing:
    """What the last seal counted: entries, the entries that contain each keyword, whether it is defined.

    The same for every entry rendered until the next seal, so that weights say nothing about when an entry came.
    Kept in columns: 13 bytes a keyword. Does not change; can be pickled.
    """

    def __init__(
        self,
        entries: int = 0,
        counted: Iterable[tuple[int, int, bool]] = (),
        common: frozenset[str] | None = None,
    ) -> None:
        """Take up (key, entries with it, defined?) of each keyword that is in an entry or defined, by ascending key.

        `common` are the normalised words of the stop list (default: the ones that come with the package).
        """
        self.entries = entries
        self.common = stop_words() if common is None else common
        self._keys, self._counts, self._defined = array("q"), array("I"), bytearray()
        self._weights: dict[tuple[int, str, int, bool], float] = {}
        """Those that were asked for: the words of a diary come again and again."""
        for key, count, defined in counted:
            self._keys.append(key)
            self._counts.append(count)
            self._defined.append(defined)

    def counted(self, key: int) -> tuple[int, bool]:
        """The entries that contained a keyword, and whether it was defined."""
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return 0, False
        return self._counts[at], bool(self._defined[at])

    def weight(self, key: int, word: str, uses: int, *, in_title: bool) -> float:
        """How much a keyword says about an entry that has `uses` places of it.

        As long as nothing was counted, every word is as rare as a word can be, and defined.
        """
        asked = key, word, uses, in_title
        found = self._weights.get(asked)
        if found is None:
            if len(self._weights) >= _REMEMBERED_WEIGHTS:
                self._weights.clear()
            found = self._weights[asked] = self._weight(*asked)
        return found

    def _weight(self, key: int, word: str, uses: int, in_title: bool) -> float:
        with_it, defined = self.counted(key)
        part = min(share(with_it, self.entries), 1.0) if self.entries else _RAREST
        common = normalise(word) in self.common
        return weight(Signals(part, uses, in_title, defined or not self.entries, common))


class Weigh(NamedTuple):
    """What the weights of one entry's links are made of, beside its text."""

    weighing: Weighing
    title: tuple[int, ...] = ()
    """Keys of the keywords in the title, one for each place."""


class Place(NamedTuple):
    """A place in an entry that becomes a link."""

    start: int
    """Offset in the visible text of the whole entry."""
    key: int | None
    """The keyword's number; None for a word that a writer linked and nobody registered."""
    word: str
    """The headword."""
    shown: str
    """How the text spells it."""
    asked: bool = False
    """Whether the writer asked for this link by `[[ ]]`."""


def notable_places(places: Sequence[Place], uses: Mapping[int, int], weigh: Weigh) -> frozenset[int]:
    """Which of an entry's places are notable, as indices into `places`, which are in reading order.

    `uses` has the number of places of each keyword in the text, linked or not. Links that the writer asked for
    always are; the others stand apart from them and from one another. A place whose own spelling is on the stop
    list is none, though the headword may be notable elsewhere.
    """
    common = weigh.weighing.common
    kept = [
        index
        for index, place in enumerate(places)
        if place.asked or place.shown == place.word or normalise(place.shown) not in common
    ]
    keys = [_key(places[index], index) for index in kept]
    words = {key: places[index].word for key, index in zip(keys, kept, strict=True) if key >= 0}
    weights = {
        key: weigh.weighing.weight(key, word, uses[key] + weigh.title.count(key), in_title=key in weigh.title)
        for key, word in words.items()
    }
    chosen = notable(
        [(places[index].start, key) for index, key in zip(kept, keys, strict=True)],
        weights,
        asked=[at for at, index in enumerate(kept) if places[index].asked],
    )
    return frozenset(kept[at] for at in chosen)


def _key(place: Place, index: int) -> int:
    """A word that nobody registered has a number of its own here."""
    return -1 - index if place.key is None else place.key
