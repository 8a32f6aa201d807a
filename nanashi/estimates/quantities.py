"""Numbers with their multipliers, % and units, as they are written: `1,000`, `1億2000万円`, `30%/yr`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nanashi.estimates.characters import is_japanese, is_letter, is_word_char, skip_spaces, word_at
from nanashi.estimates.limits import MAX_EXPONENT
from nanashi.estimates.naming import NameTable
from nanashi.estimates.nodes import Number
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.units import (
    BARE,
    PERCENT,
    PLAIN,
    TIMES_PLAIN,
    TIMES_WORDS,
    Unit,
    multiply,
    trimmed,
    unit_word,
)
from nanashi.estimates.words import BEFORE_BRACKET, ENGLISH_WORDS, INFIX, UNIT_ENDS

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9])|\.[0-9]+(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?")
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?!,?[0-9])")
_SUFFIXES = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_SCALE_WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SMALL = {"十": 1e1, "百": 1e2, "千": 1e3}
_LARGE = {"万": 1e4, "億": 1e8, "兆": 1e12, "京": 1e16}
_KANJI = _SMALL | _LARGE
_TIMES_DIGITS = re.compile("x[0-9]+")
_LEVEL = re.compile(r"\( *[0-9.]+ *% *\)")
_AFTER_TIMES = re.compile(
    r" *(?:$|[)\],+\-*/^<>=≥≤≠×:#〜]|(?:to|or|and|then|else|in|from|given)\b|から|かつ|または|で|なら|に)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What reading a number needs to know of its surroundings; `own` is the value that the line defines."""

    text: str
    names: NameTable
    line: int
    listed: bool = False
    own: str = ""

    def place(self, start: int, end: int) -> Place:
        """The part of the line from `start` to `end`."""
        return Place(self.line, start, end, self.text)


def read_quantity(scope: Scope, start: int) -> tuple[Number, int]:
    """The number at `start` with all that belongs to it, and where it ends.

    Raises EstimateError for malformed groups, `m` alone, `$`, units that could be divisions, and numbers
    beyond 1e300.
    """
    plain, end = _read_digits(scope, start)
    value, scale, end = _read_multiplier(scope, plain, end)
    unit, percent, end = _read_unit_or_percent(scope, start, end)
    if percent:
        value /= 100.0
    if abs(value) > 10.0**MAX_EXPONENT:
        fail("number_too_large", scope.place(start, end), f"1e{MAX_EXPONENT - 100}")
    given = unit is not None
    text = scope.text[start:end]
    number = Number(
        value, BARE if unit is None else unit, scope.place(start, end), text, given, scale, percent
    )
    return number, end


def _read_digits(scope: Scope, start: int) -> tuple[float, int]:
    """The digits at `start` as a number."""
    text = scope.text
    grouped = _GROUPED.match(text, start)
    if grouped is not None:
        groups = _GROUPS.match(text, start)
        if scope.listed and groups is not None:
            _refuse_listed(scope, groups.group(), start)
        if groups is not None:
            return float(groups.group().replace(",", "")), groups.end()
        if not scope.listed:
            _refuse_groups(scope, grouped.group(), start)
    match = _DIGITS.match(text, start)
    if match is None:
        fail("number_unreadable", scope.place(start, start + 1), "0.5")
    end = match.end()
    if text[end : end + 1] == "." and text[end + 1 : end + 2] != ".":
        fail("number_unreadable", scope.place(start, end + 1), match.group())
    return float(match.group()), end


def _refuse_listed(scope: Scope, written: str, start: int) -> None:
    whole = written.replace(",", "")
    items = ", ".join(str(int(part)) if part.isdigit() else part for part in written.split(","))
    fail("comma_in_list", scope.place(start, start + len(written)), whole, items, written=written)


def _refuse_groups(scope: Scope, written: str, start: int) -> None:
    place = scope.place(start, start + len(written))
    digits, _, decimals = written.partition(".")
    whole = f"{int(digits.replace(',', '')):,}" + (f".{decimals}" if decimals else "")
    head, _, tail = written.partition(",")
    if "," not in tail and len(tail) != 3 and not decimals:
        fail("comma_decimal", place, f"{head}.{tail}", whole, written=written)
    fail("bad_groups", place, whole, written=written)


def _read_multiplier(scope: Scope, value: float, end: int) -> tuple[float, float, int]:
    """The number with `k`, `million`, `万` and the like applied, the whole multiplier, and where it ends."""
    text = scope.text
    at = skip_spaces(text, end)
    if text[at : at + 1] and text[at] in _KANJI:
        return _read_kanji(scope, value, at)
    word = word_at(text, at)
    if word in _SCALE_WORDS:
        return value * _SCALE_WORDS[word], _SCALE_WORDS[word], at + len(word)
    letter = text[at : at + 1]
    if letter in _SUFFIXES:
        beyond = text[at + 1 : at + 2]
        if not beyond or not is_word_char(beyond) or is_japanese(beyond):
            return value * _SUFFIXES[letter], _SUFFIXES[letter], at + 1
    return value, 1.0, end


def _read_kanji(scope: Scope, value: float, end: int) -> tuple[float, float, int]:
    """`1億2000万`, `3千万`, `2千5百万`: sections of falling size, each ended by 万, 億, 兆
    or 京, inside which 千, 百 and 十 count."""
    text, total, section, part = scope.text, 0.0, 0.0, value
    last_small = last_large = float("inf")
    scale = 0.0
    while True:
        small, end = _multiplied(text, end, _SMALL)
        large, end = _multiplied(text, end, _LARGE)
        if large >= last_large or (small >= last_small and small > 1.0):
            fail("kanji_order", scope.place(end - 1, end), "", written=text[:end][-12:])
        section, last_small = section + part * small, small
        if large > 1.0:
            total, section, last_small, last_large = total + section * large, 0.0, float("inf"), large
            scale = scale or small * large
        match = _DIGITS.match(text, end)
        if match is None or small * large == 1.0:
            return total + section, scale or small, end
        part, end = float(match.group()), match.end()


def _multiplied(text: str, end: int, table: dict[str, float]) -> tuple[float, int]:
    """The product of the multipliers at `end` and where they end."""
    scale = 1.0
    while end < len(text) and text[end] in table:
        scale, end = scale * table[text[end]], end + 1
    return scale, end


def _read_unit_or_percent(scope: Scope, start: int, end: int) -> tuple[Unit | None, bool, int]:
    """What follows the number: its unit or None, whether % was written, and where that ends."""
    text = scope.text
    at = skip_spaces(text, end)
    if text[at : at + 1] == "%":
        unit, end = _read_below(scope, PERCENT, at + 1)
        return unit, True, end
    if text[at : at + 1] == "×" and _AFTER_TIMES.match(text, at + 1):
        unit, end = _read_below(scope, TIMES_PLAIN, at + 1)
        return unit, False, end
    if text[at : at + 1] in _CURRENCY:
        sign = text[at]
        fail("currency", scope.place(at, at + 1), " " + _CURRENCY[sign], written=sign)
    word = unit_word_at(scope, at)
    after = at + len(word)
    if not word or (at > end and _is_called(text, word, after)):
        unit, below = _read_below(scope, PLAIN, end)
        return (None, False, end) if below == end else (unit, False, below)
    _refuse_unclear(scope, start, end, at, word)
    unit, end = _powered(scope, TIMES_PLAIN if word in TIMES_WORDS else unit_word(word), after)
    unit, end = _read_below(scope, unit, end)
    return unit, False, end


def _is_called(text: str, word: str, after: int) -> bool:
    """Whether the word is a function with its bracket, and not a unit with the level of an interval."""
    bracket = skip_spaces(text, after)
    return word in BEFORE_BRACKET and text[bracket : bracket + 1] == "(" and not _LEVEL.match(text, bracket)


def _refuse_unclear(scope: Scope, start: int, end: int, at: int, word: str) -> None:
    """Raise EstimateError for units that may be meant otherwise: `m`, `K`, `x20`, `x` where it is a name."""
    number, after = scope.text[start:end], at + len(word)
    if word == "m":
        fail("unit_m", scope.place(start, after), f"{number} min", f"{number} month", f"{number}M")
    if _TIMES_DIGITS.fullmatch(word) and at == end:
        fail("times_digits", scope.place(at, after), f" * {word[1:]}", written=scope.text[start:after])
    if word == "K" and at == end:
        fail("unit_k", scope.place(start, after), f"{number}k", written=scope.text[start:after])
    if (
        word in TIMES_WORDS
        and scope.names.has(word)
        and word != scope.own
        and scope.text[after : after + 1] != "/"
    ):
        fail("times_or_name", scope.place(start, after), f"{number} * {word}", f"{number}倍", name=word)


_CURRENCY = {"$": "USD", "€": "EUR", "¥": "円", "£": "GBP"}


def _powered(scope: Scope, unit: Unit, end: int) -> tuple[Unit, int]:
    """`km^2`: a small whole power written directly after a unit."""
    match = re.compile(r"\^([2-9])(?![0-9.a-zA-Z])").match(scope.text, end)
    if match is None or unit.plain:
        return unit, end
    result = unit
    for _ in range(int(match.group(1)) - 1):
        result, _factor = multiply(result, unit)
    return result, match.end()


def _read_below(scope: Scope, unit: Unit, end: int) -> tuple[Unit, int]:
    """`/word` parts directly after a unit, a % or a number."""
    text = scope.text
    while text[end : end + 1] == "/":
        word = unit_word_at(scope, end + 1)
        if not word or (word in BEFORE_BRACKET and text[end + 1 + len(word) :].lstrip().startswith("(")):
            break
        if scope.names.has(word):
            _ask_for_spaces(scope, end, word)
        below, after = _powered(scope, unit_word(word), end + 1 + len(word))
        hint = unit.hint
        if unit.hint == "x" and unit.plain and below.time:
            unit = unit_word("x")
        unit, _ = multiply(unit, below, -1)
        unit = Unit(unit.words, unit.time, unit.power, hint=hint if unit.rate else "", spelled=unit.spelled)
        end = after
    return unit, end


def _ask_for_spaces(scope: Scope, slash: int, word: str) -> None:
    place = scope.place(slash, slash + 1 + len(word))
    fail("unit_or_division", place, f" / {word}", name=word)


def unit_word_at(scope: Scope, start: int) -> str:
    """The unit's word at `start`; empty when there is none.

    A unit ends where a Japanese word of the language begins (`3万円から`, `5 OOMなら`), as no space does it.
    """
    text = scope.text
    if start >= len(text) or not is_letter(text[start]):
        return ""
    end = start
    while end < len(text) and is_word_char(text[end]):
        if any(text.startswith(word, end) for word in UNIT_ENDS):
            break
        end += 1
    word = text[start:end]
    if word in INFIX or ENGLISH_WORDS.get(word, "AXIS") != "AXIS" or word in ("yes", "first", "every"):
        return ""
    return word


def read_unit(scope: Scope, start: int) -> tuple[Unit, int] | None:
    """A unit on its own, as after `in`: words joined by `/` and `*`; None when there is none."""
    end = start
    unit, sign = PLAIN, 1
    if scope.text.startswith("1/", start):
        end, sign = start + 2, -1
    if scope.text.startswith("%", start):
        unit, end = _read_below(scope, PERCENT, start + 1)
        return unit, end
    while True:
        word = unit_word_at(scope, end)
        if not word:
            return None
        part, end = _powered(scope, unit_word(word), end + len(word))
        unit, _ = multiply(unit, part, sign) if not (unit.plain and sign == 1) else (part, 1.0)
        following = scope.text[end : end + 1]
        if following not in ("/", "*") or not following or not unit_word_at(scope, end + 1):
            return trimmed(unit), end
        sign = 1 if following == "*" else -1
        end += 1
