"""Which matches stand: those whose two ends are word boundaries."""

import re
from collections.abc import Callable
from operator import itemgetter

from nanashi.text.places import ENDS, STARTS, STEM, Places
from nanashi.text.quantities import is_half

Match = tuple[int, int, int]
"""Start, end, number of the spelling."""

_DIGITS = frozenset("0123456789")
_DIGIT = re.compile("[0-9]")
_DENSE = 20  # with more than one match in so many characters, the tokenizer reads the whole text at once


def standing(text: str, matches: list[Match], inflects: Callable[[int], bool]) -> list[Match]:
    """Of the matches of a normalised text, by end, those that cut no word, by end.

    Where a spelling that `inflects` stands as an English plural, its match ends with the ending.
    """
    places = Places(text, all_at_once=len(matches) * _DENSE > len(text))
    states, find_out = places.states, places.find_out
    stand = [
        match
        for match in matches
        if (states[match[0]] or find_out(match[0])) & STARTS
        and (states[match[1]] or find_out(match[1])) & ENDS
    ]
    if _DIGIT.search(text):
        stand = [
            match for match in stand if text[match[0]] not in _DIGITS or not _is_half(text, match, places)
        ]
    if places.wholes:
        stand += _inflected(matches, places, inflects)
        stand.sort(key=itemgetter(1))
    return stand


def _is_half(text: str, match: Match, places: Places) -> bool:
    return is_half(text, match[0], match[1], places.is_boundary(match[1] + 1))


def _inflected(matches: list[Match], places: Places, inflects: Callable[[int], bool]) -> list[Match]:
    """The matches that stand as the plural or possessive of their spelling, with the end of the plural."""
    states = places.states
    return [
        (start, places.wholes[end], number)
        for start, end, number in matches
        if states[end] & STEM and states[start] & STARTS and inflects(number)
    ]
