"""Halves of dates, times and quantities: 28日 in 8月28日, 1人 in 1人前."""

import re

from nanashi.text.scripts import kind

_DAY_OR_TIME = re.compile(r"\d+[日時分秒]")
_BEFORE_THEM = frozenset("月日時分前後")


def is_half(text: str, start: int, end: int, is_boundary: bool) -> bool:
    """Whether a match that begins with a digit is a part of a longer date, time or quantity.

    `is_boundary` says whether one character after the match there is a word boundary again.
    """
    if kind(text[end - 1]) == "L":
        return False
    if start and text[start - 1] in _BEFORE_THEM and _DAY_OR_TIME.fullmatch(text, start, end):
        return True
    return is_boundary and kind(text[end - 1]) == "C" and kind(text[end : end + 1] or " ") == "C"
