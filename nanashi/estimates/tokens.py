"""From the text of an expression to tokens: names first, longest first, then the words of the language."""

from __future__ import annotations

import re
from typing import Any

from nanashi.estimates.characters import is_japanese, is_letter, is_word_char, skip_spaces, word_at
from nanashi.estimates.limits import MAX_NESTING, MAX_TOKENS
from nanashi.estimates.naming import NameTable
from nanashi.estimates.nodes import Number
from nanashi.estimates.pieces import Piece, piece
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.quantities import Scope, read_quantity, read_unit
from nanashi.estimates.unknown import refuse_sign, refuse_word
from nanashi.estimates.words import (
    BEFORE_BRACKET,
    ENGLISH_PHRASES,
    ENGLISH_WORDS,
    JAPANESE_WORDS,
    PARAMETER_WORDS,
    PER_YEAR,
)

_SIGNS = {
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "×": "STAR",
    "/": "SLASH",
    "^": "CARET",
    "〜": "TO",
}
_COMPARISONS = {
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
    "==": "==",
    "!=": "!=",
    "≠": "!=",
    ">": ">",
    "<": "<",
}
_YEAR_OF = re.compile(r"([0-9]{1,4}) *年 *の *(?!とき|場合)")
_IN_YEAR = re.compile(r"in +([0-9]{1,4})(?: *年)?(?![0-9.,%a-zA-Z_/^])")
_LEVEL = re.compile(r"\( *([0-9]+(?:\.[0-9]+)?) *% *\)")
_WEIGHT = re.compile(r" *:")
_PARAMETER = re.compile(r" *=(?!=)")


def _by_first_letter() -> dict[str, list[tuple[re.Pattern[str], int, str, str]]]:
    """The words that are reserved before a bracket, by their first letter: pattern, length, kind and name."""
    found: dict[str, list[tuple[re.Pattern[str], int, str, str]]] = {}
    for word, (kind, name) in BEFORE_BRACKET.items():
        pattern = re.compile(re.escape(word).replace(r"\ ", " +") + r"(?= *\()")
        piece_kind = {"P": "PROB", "one of": "ONEOF"}.get(name, kind)
        found.setdefault(word[0], []).append((pattern, len(word), piece_kind, name))
    return found


_BEFORE_BRACKET = _by_first_letter()
_PHRASES = [
    (re.compile(phrase.replace(" ", " +") + r"(?![a-zA-Z0-9_])"), len(phrase), kind)
    for phrase, kind in ENGLISH_PHRASES
]


class Tokenizer:
    """Reads one expression; `text` is the whole line as read (`as_read`), so places are columns."""

    def __init__(  # noqa: PLR0913 - the last three have a default
        self, text: str, names: NameTable, line: int, start: int = 0, end: int | None = None, own: str = ""
    ) -> None:
        self.text = text if end is None else text[:end]
        self.names = names
        self.line = line
        self.own = own
        self.at = start
        self.pieces: list[Piece] = []
        self.open: list[tuple[str, int, str]] = []
        self._shaped = False

    def read(self) -> list[Piece]:
        """All tokens up to the end; raises EstimateError for what cannot be read and for open brackets."""
        while True:
            self.at = skip_spaces(self.text, self.at)
            if self.at >= len(self.text):
                break
            self._next()
            if len(self.pieces) > MAX_TOKENS:
                fail("line_too_many_words", self._place(self.at, len(self.text)), "", limit=str(MAX_TOKENS))
        if self.open:
            bracket, start, _ = self.open[-1]
            closing = "".join(")" if kind == "(" else "]" for kind, _, _ in reversed(self.open))
            end = len(self.text.rstrip())
            fail("bracket_open", self._place(end, end), closing, bracket=bracket, column=str(start + 1))
        return self.pieces

    def _place(self, start: int, end: int) -> Place:
        return Place(self.line, start, end, self.text)

    def _add(self, kind: str, end: int, data: Any = None) -> None:
        self.pieces.append(piece(kind, self.text[self.at : end], self._place(self.at, end), data))
        self.at = end

    def _next(self) -> None:
        """Read the token at this place."""
        char = self.text[self.at]
        if is_letter(char):
            self._word()
        elif char.isascii() and (
            char.isdigit() or (char == "." and self.text[self.at + 1 : self.at + 2].isdigit())
        ):
            self._number()
        elif not self._comparison() and not self._sign(char):
            refuse_sign(self._place(self.at, self.at + 1), self.pieces)

    def _word(self) -> None:
        name = self.names.at(self.text, self.at)
        if self._before_bracket(len(name)) or self._parameter() or self._phrase(len(name)):
            return
        if name and not self._joined(name):
            self._add("NAME", self.at + len(name), name)
        elif not self._english() and not self._japanese() and not self._per_year():
            refuse_word(self._place(self.at, self.at), self.names.names, self.own, self.pieces)

    def _before_bracket(self, length: int) -> bool:
        """A function, shape, `P` or `one of`, which are reserved only before a bracket."""
        for pattern, size, kind, name in _BEFORE_BRACKET.get(self.text[self.at], ()):
            match = pattern.match(self.text, self.at) if size >= length else None
            if match is not None:
                self._add(kind, match.end(), name)
                return True
        return False

    def _parameter(self) -> bool:
        """`mean=` and the like, inside brackets of a shape only."""
        if not self.open or not self.open[-1][2]:
            return False
        word = word_at(self.text, self.at)
        match = _PARAMETER.match(self.text, self.at + len(word))
        if word not in PARAMETER_WORDS or match is None:
            return False
        self._add("PARAMETER", match.end(), PARAMETER_WORDS[word])
        return True

    def _joined(self, name: str) -> bool:
        """Whether `name` is only the beginning of a longer, undefined Japanese word (計算 of 計算量)."""
        end = self.at + len(name)
        if end >= len(self.text) or not is_word_char(self.text[end]) or not is_japanese(self.text[end - 1]):
            return False
        if self.text[end] == "の" and self.text[end + 1 : end + 2].isdigit():
            return False
        if self.names.at(self.text, end) or any(
            self.text.startswith(word, end) for word, _ in JAPANESE_WORDS
        ):
            return False
        return word_at(self.text, end) not in ENGLISH_WORDS

    def _phrase(self, length: int) -> bool:
        """English words that stand together and are more than the name here: `first year when`."""
        for pattern, size, kind in _PHRASES:
            match = pattern.match(self.text, self.at) if size > length else None
            if match is not None:
                self._add(kind, match.end())
                return True
        return False

    def _english(self) -> bool:
        word = re.compile("[a-zA-Z]+").match(self.text, self.at)
        kind = ENGLISH_WORDS.get(word.group(), "") if word is not None else ""
        if word is None or not kind:
            return False
        year = _IN_YEAR.match(self.text, self.at)
        if kind == "IN" and year is not None:
            self._add("IN_YEAR", year.end(), int(year.group(1)))
        else:
            self._add(kind, word.end())
            if kind == "IN":
                self._unit()
        return True

    def _japanese(self) -> bool:
        for word, kind in JAPANESE_WORDS:
            if self.text.startswith(word, self.at):
                if kind == "SKIPPED":
                    self.at += len(word)
                    return True
                self._add(kind, self.at + len(word))
                if kind == "WO":
                    self._unit()
                    self._with_particle()
                return True
        return False

    def _unit(self) -> None:
        """The unit that must follow `in` and を."""
        self.at = skip_spaces(self.text, self.at)
        found = read_unit(self._scope(), self.at)
        if found is None:
            end = max(self.at + 1, self.at + len(word_at(self.text, self.at)))
            fail("unit_missing", self._place(self.at, min(end, len(self.text))), "min")
        self._add("UNIT", found[1], found[0])

    def _with_particle(self) -> None:
        """The で that closes `x を 分 で`."""
        self.at = skip_spaces(self.text, self.at)
        if not self.text.startswith("で", self.at):
            fail("wo_without_de", self._place(self.at, self.at), "で")
        self.at += 1

    def _per_year(self) -> bool:
        """年 or 毎年 before a rate: 年30%."""
        for word in PER_YEAR:
            following = skip_spaces(self.text, self.at + len(word))
            after = self.text[following : following + 1]
            if after and self.text.startswith(word, self.at) and self._starts_rate(after, following):
                self._add("PER_YEAR", self.at + len(word))
                return True
        return False

    def _starts_rate(self, char: str, at: int) -> bool:
        if char == "-":
            return bool(self.pieces) and self.pieces[-1].type == "KARA"
        return char.isdigit() or char == "(" or (is_letter(char) and bool(self.names.at(self.text, at)))

    def _scope(self) -> Scope:
        listed = bool(self.open) and (self.open[-1][0] == "[" or bool(self.open[-1][2]))
        return Scope(self.text, self.names, self.line, listed, self.own)

    def _number(self) -> None:
        year_of = _YEAR_OF.match(self.text, self.at)
        if year_of is not None:
            self._add("YEAR_OF", year_of.end(), int(year_of.group(1)))
            return
        number, end = read_quantity(self._scope(), self.at)
        self._refuse_dash(number, end)
        colon = _WEIGHT.match(self.text, end)
        if number.percent and number.unit.plain and colon is not None:
            self._add("WEIGHT", colon.end(), number)
        else:
            self._add("NUMBER", end, number)

    def _refuse_dash(self, number: Number, end: int) -> None:
        """`2-3` may be meant as an interval."""
        if len(self.pieces) < 2 or self.text[self.at - 1] != "-":
            return
        before = self.pieces[-2]
        first = before.data
        if before.type != "NUMBER" or before.place.end != self.at - 1 or (first.given and not first.percent):
            return
        left, right = first.text, self.text[self.at : end]
        interval = [f"{left} to {right}"] if 0 < first.value < number.value else []
        both = [*interval, f"{left} - {right}"]
        fail(
            "dash" if interval else "dash_difference",
            before.place.upto(self._place(self.at, end)),
            *both,
            left=left,
            right=right,
        )

    def _comparison(self) -> bool:
        for sign, meaning in _COMPARISONS.items():
            if self.text.startswith(sign, self.at):
                self._add("COMPARE", self.at + len(sign), meaning)
                return True
        return False

    def _sign(self, char: str) -> bool:
        if char not in _SIGNS:
            return False
        if char == "(" and self._level():
            return True
        if char in "([":
            self._opened(char)
        elif char in ")]":
            self._closed(char)
        listed = char == "]" or (char == ")" and self._shaped)
        self._add(_SIGNS[char], self.at + 1)
        if listed:
            found = read_unit(self._scope(), skip_spaces(self.text, self.at))
            if found is not None:
                self._add("UNIT", found[1], found[0])
        return True

    def _level(self) -> bool:
        """`(95%)` after the end of an interval."""
        match = _LEVEL.match(self.text, self.at)
        if match is None or not self.pieces or self.pieces[-1].type not in ("NUMBER", "RPAR"):
            return False
        level = float(match.group(1)) / 100.0
        if not 0.0 < level < 1.0:
            fail("level", self._place(self.at, match.end()), "(90%)", written=match.group(1))
        self._add("LEVEL", match.end(), level)
        return True

    def _opened(self, char: str) -> None:
        before = self.pieces[-1].type if self.pieces and char == "(" else ""
        self.open.append((char, self.at, before if before in ("FUNC", "SHAPE", "ONEOF") else ""))
        if len(self.open) > MAX_NESTING:
            fail("nested", self._place(self.at, len(self.text)), limit=str(MAX_NESTING))

    def _closed(self, char: str) -> None:
        if not self.open:
            fail("bracket_closed", self._place(self.at, self.at + 1), "", bracket=char)
        bracket, _, before = self.open.pop()
        self._shaped = before in ("SHAPE", "ONEOF")
        expected = ")" if bracket == "(" else "]"
        if char != expected:
            fail("bracket_other", self._place(self.at, self.at + 1), expected, bracket=char)
