"""Which matches stand: those whose two ends are word boundaries."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter

from nanashi.text.places import Places
from nanashi.text.quantities import is_half
from nanashi.text.states import ENDS, STARTS

Match = tuple[int, int, int]
"""Start, end, number of the spelling."""

_END = itemgetter(1)
_DIGIT = re.compile("[0-9]")
_MAY_START = bytes(state & STARTS for state in range(256))
_MAY_END = bytes(state & ENDS for state in range(256))
_DENSE = 10  # with more than one match in so many characters, the tokenizer reads the whole text at once


def standing(text: str, matches: list[Match], inflects: Callable[[int], bool]) -> list[Match]:
    """Of the matches of a normalised text, by end, those that cut no word, by end.

    Where a spelling that `inflects` stands as an English plural, its match ends with the ending.
    """
    at_once = len(matches) * _DENSE > len(text)
    places = Places(text, all_at_once=at_once)
    if at_once:  # no place is unknown: one look at each end
        starts, ends = places.states.translate(_MAY_START), places.states.translate(_MAY_END)
        stand = [match for match in matches if starts[match[0]] and ends[match[1]]]
    else:
        may_start, may_end = places.may_start, places.may_end
        stand = [match for match in matches if may_start(match[0]) and may_end(match[1])]
    if digits := {found.start() for found in _DIGIT.finditer(text)}:
        stand = [match for match in stand if match[0] not in digits or not _is_half(text, match, places)]
    if places.wholes and (inflected := list(_inflected(matches, places, inflects))):
        # Of two with the same ends the last is taken: a registered plural, not the plural of another word.
        stand = sorted(inflected + stand, key=_END)
    return stand


def _is_half(text: str, match: Match, places: Places) -> bool:
    return is_half(text, match[0], match[1], places.may_end(match[1] + 1))


def _inflected(matches: list[Match], places: Places, inflects: Callable[[int], bool]) -> Iterator[Match]:
    """The matches that stand as the plural or possessive of their spelling, with the end of the plural."""
    for stem, whole in places.wholes.items():
        first, last = bisect_left(matches, stem, key=_END), bisect_right(matches, stem, key=_END)
        for start, _, number in matches[first:last]:
            if places.may_start(start) and inflects(number):
                yield start, whole, number
