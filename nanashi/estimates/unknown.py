"""What to say about words and signs that are not of the language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NoReturn

from nanashi.estimates.characters import is_word_char
from nanashi.estimates.habits import refuse_habit, refuse_habit_sign
from nanashi.estimates.pieces import Piece
from nanashi.estimates.problems import Place, fail, nearest
from nanashi.estimates.units import OOM_WORDS, TIME_WORDS
from nanashi.estimates.words import BEFORE_BRACKET, JAPANESE_WORDS

_OTHER_SIGNS = {"&": " and ", "|": " or ", "!": " not "}
_CURRENCY_SIGNS = "$€£¥￥"
_VALUES = frozenset({"NAME", "RPAR", "RSQB", "LEVEL", "AXIS"})
_OTHER_MULTIPLES = re.compile(r"で *([0-9.]+|[三四五十百])倍")
_PER = re.compile(r"per +([a-zA-Z]+)")


def refuse_sign(place: Place, pieces: list[Piece]) -> NoReturn:
    """Raise EstimateError for a sign that is not of the language, at `place`."""
    char = place.text
    refuse_habit_sign(place, pieces)
    if char == "=":
        fail("equals", place, "==")
    if char in _CURRENCY_SIGNS:
        fail("currency_first", place, "", written=char)
    if char == "%":
        fail("percent_alone", place, "")
    if char == "#":
        fail("note_space", place, " #")
    if char == ":" and pieces and pieces[-1].type == "NUMBER":
        fail("weight_percent", place, "%:")
    if char in _OTHER_SIGNS:
        end = place.end + (1 if place.source[place.end : place.end + 1] == char else 0)
        fail("other_sign", replace(place, end=end), _OTHER_SIGNS[char], sign=place.source[place.start : end])
    fail("sign", place, "", sign=char)


def refuse_word(at: Place, names: frozenset[str], own: str, pieces: list[Piece]) -> NoReturn:
    """Raise EstimateError for the word that starts at `at` and is no name and no word of the language.

    `own` is the value that the line defines, which is not offered.
    """
    word = _whole_word(at)
    place = replace(at, end=at.start + len(word))
    refuse_habit(at, word, pieces)
    if word == "年":
        fail("name_reserved", place, "year", name=word)
    if word[0] == "の" and word[1:2].isdigit() and pieces and pieces[-1].type in _VALUES | {"NUMBER"}:
        fail("no_times", replace(place, end=place.start + 1), " × ", name=str(pieces[-1]))
    _refuse_unit(word, place, pieces)
    _refuse_growth(place)
    if word in BEFORE_BRACKET:
        rest = replace(place, end=len(place.source))
        argument = place.source[place.end :].strip()
        fail("word_use", rest, f"{word}({argument or 1})", word=word)
    called = place.source[place.end :].lstrip().startswith("(")
    close = nearest(word, [*sorted(names - {own}), *(BEFORE_BRACKET if called else ())])
    fail("unknown_name", place, *(close or ("1",)), name=word, known=", ".join(sorted(names)[:8]) or "-")


def _refuse_unit(word: str, place: Place, pieces: list[Piece]) -> None:
    """Units stand directly after a number, and after `/` without spaces."""
    if not pieces or (word not in TIME_WORDS and word not in OOM_WORDS):
        return
    if pieces[-1].type in ("DOUBLING", "HALVING"):
        fail("period_number", place, f"1 {word}", unit=word)
    if pieces[-1].type == "SLASH" and len(pieces) > 1 and pieces[-2].type == "NUMBER":
        slash = replace(place, start=pieces[-2].place.end)
        fail("unit_spaces", slash, f"/{word}", unit=word)
    if pieces[-1].type in _VALUES:
        fail("unit_after_value", place, f" * 1 {word}", unit=word)


def _refuse_growth(place: Place) -> None:
    """`OOM per year`, and multiples other than two and a half."""
    per = _PER.match(place.source, place.start)
    if per is not None and per.group(1) in TIME_WORDS:
        start = len(place.source[: place.start].rstrip())
        fail("per", replace(place, start=start, end=per.end()), f"/{per.group(1)}")
    multiple = _OTHER_MULTIPLES.match(place.source, place.start)
    if multiple is not None:
        fail("only_doubling", replace(place, end=multiple.end()), "で2倍")


def _whole_word(at: Place) -> str:
    """The word from here to where a word of the language or a space ends it."""
    text = at.source
    end = at.start + 1
    while end < len(text) and is_word_char(text[end]):
        if any(text.startswith(word, end) for word, _ in JAPANESE_WORDS):
            break
        end += 1
    return text[at.start : end]
