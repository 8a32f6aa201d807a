"""The lines of a block: which kind each is, and its note and source."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import NoReturn

from nanashi.estimates.characters import as_read, is_word_char
from nanashi.estimates.limits import MAX_LINE_LENGTH, MAX_LINES, MAX_TEXT
from nanashi.estimates.problems import EstimateError, Place, Problem, fail, nearest
from nanashi.estimates.words import LINE_WORDS, SOURCE_WORDS

_COLON_KINDS = frozenset({"title", "years"})
_CALLED = {
    "title": ("タイトル", "題名", "見出し", "name", "heading", "subject"),
    "years": ("period", "range", "axis", "対象期間"),
}
"""What writers call a line that has another word."""
_ALIKE = 0.7
"""From this likeness on (difflib's ratio) a word is taken for a line word with a slip in it."""
_NOTE = re.compile(r"(?:^|(?<= ))#")
_EQUALS = re.compile(r"(?<![=<>!≥≤])=(?![=<>])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something.

    `kind` is `value` or a line word; `text` is the whole line as read, `body` and `end` the offsets of what
    comes after the line word (of the expression, for values) and of the note; `name` and `name_place` are the
    left side of a value.
    """

    kind: str
    number: int
    text: str
    typed: str
    body: int
    end: int
    note: str
    source: str
    name: str = ""
    name_place: Place | None = None

    @property
    def place(self) -> Place:
        """The body of the line."""
        return Place(self.number, self.body, self.end, self.text)


def split_lines(text: str, first_line: int = 1) -> list[Line]:
    """The lines of `text` that say something, numbered from `first_line`.

    Raises EstimateError with every line that cannot be told, or for a text past the limits.
    """
    if len(text) > MAX_TEXT and "\n" in text[:MAX_TEXT]:
        _refuse_long_lines(text, first_line)
        fail("text_long", Place(first_line, 0, 1), "", limit=str(MAX_TEXT))
    typed = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if len(typed) > MAX_LINES:
        fail(
            "lines_many", Place(first_line + MAX_LINES, 0, 0), "", count=str(len(typed)), limit=str(MAX_LINES)
        )
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, row in enumerate(typed, first_line):
        try:
            line = _read_line(row, number)
        except EstimateError as error:
            problems.extend(error.problems)
            continue
        if line is not None:
            lines.append(line)
    if problems:
        raise EstimateError(problems)
    return lines


def _refuse_long_lines(text: str, first_line: int) -> None:
    for number, row in enumerate(text.split("\n", MAX_LINES)[:MAX_LINES], first_line):
        if len(row) > MAX_LINE_LENGTH:
            _refuse_long(row, number)


def _refuse_long(row: str, number: int) -> NoReturn:
    fail("line_long", Place(number, 0, len(row), ""), "", count=f"{len(row):,}", limit=f"{MAX_LINE_LENGTH:,}")


def _read_line(typed: str, number: int) -> Line | None:
    if len(typed) > MAX_LINE_LENGTH:
        _refuse_long(typed, number)
    text = as_read(typed)
    end, note, source = _note(text, typed)
    if not text[:end].strip():
        return None
    start = len(text) - len(text.lstrip())
    word, after = _line_word(text[:end], start)
    if word:
        return Line(word, number, text, typed, after, end, note, source)
    return _value_line(text, typed, number, start, end, note, source)


def _note(text: str, typed: str) -> tuple[int, str, str]:
    """Where the note begins, the note, and the source in it."""
    match = _NOTE.search(text)
    if match is None:
        return len(text.rstrip()), "", ""
    note = typed[match.end() :].strip()
    read = as_read(note)
    for word in SOURCE_WORDS:
        at = read.find(word)
        if at >= 0:
            source = note[at + len(word) :].strip()
            return len(text[: match.start()].rstrip()), note[:at].strip(), source
    return len(text[: match.start()].rstrip()), note, ""


def _line_word(text: str, start: int) -> tuple[str, int]:
    """The line word at `start` and the offset after it and its colon; an empty word when there is none."""
    for kind, spellings in LINE_WORDS.items():
        for spelling in spellings:
            if not text.startswith(spelling, start):
                continue
            end = start + len(spelling)
            rest = text[end:].lstrip()
            if kind in _COLON_KINDS:
                if rest.startswith(":"):
                    return kind, text.index(":", end) + 1
            elif kind == "based on":
                if rest.startswith(">>"):
                    return kind, end
            elif (end == len(text) or not is_word_char(text[end])) and not (
                rest.startswith("=") and kind == "outcome"
            ):
                return kind, end + (1 if rest.startswith(":") and text[end] == ":" else 0)
    return "", start


def _value_line(  # noqa: PLR0913 - the parts of a line
    text: str, typed: str, number: int, start: int, end: int, note: str, source: str
) -> Line:
    match = _EQUALS.search(text, start, end)
    if match is None:
        _refuse_line(text, number, start, end)
    left = text[start : match.start()].rstrip()
    place = Place(number, start, start + len(left), text)
    return Line("value", number, text, typed, match.end(), end, note, source, left, place)


def _refuse_colon(head: str, place: Place) -> None:
    """`name: expression`: a title that is called something else, or a value with the wrong sign."""
    close = nearest(head, [spelling for kind in sorted(_COLON_KINDS) for spelling in LINE_WORDS[kind]])
    for kind, words in _CALLED.items():
        if head.lower() in words:
            fail("line_word_near", place, LINE_WORDS[kind][1 if not head.isascii() else 0], word=head)
    if _alike(head, close[0]) < _ALIKE and head[:1].isalpha():
        colon = replace(place, end=place.end + 1)
        fail("value_colon", colon, f"{head} =", word=head)


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(a=one, b=other).ratio()


def _refuse_line(text: str, number: int, start: int, end: int) -> NoReturn:
    head = text[start:end].split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    place = Place(number, start, start + len(head), text)
    known = [spelling for spellings in LINE_WORDS.values() for spelling in spellings]
    if head in known:
        colon = head in LINE_WORDS["title"] + LINE_WORDS["years"]
        fail("line_word_form", place, f"{head}:" if colon else f"{head} ", word=head)
    if text[start:end].startswith(("based", "元")):
        fail("based_form", Place(number, start, end, text), "based on >>1")
    called, is_colon, _expression = text[start:end].partition(":")
    if is_colon and not set(called) & set("=+*/()<>"):
        _refuse_colon(called.rstrip(), Place(number, start, start + len(called), text))
    close = nearest(head, known)
    if close and close[0][:1] == head[:1] and _alike(head, close[0]) >= _ALIKE:
        colon = close[0] in LINE_WORDS["title"] + LINE_WORDS["years"]
        typed_colon = text[place.end : place.end + 1] == ":"
        fail("line_word_near", place, close[0] + (":" if colon and not typed_colon else ""), word=head)
    fail("line_unknown", Place(number, start, start, text), "result = ", text=text[start:end])
