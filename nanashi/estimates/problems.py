"""What is wrong with an estimate, where, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from nanashi.estimates.messages import MESSAGES, STOPS, WITHOUT_UNIT, WRITE
from nanashi.estimates.spelling import in_japanese

_COMPARED = 40
"""Characters of names that are compared when the nearest one is looked for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `line` and `column` count from 1, columns in characters; `end` is the column after the faulty part.
    `remedies` are texts that can stand in place of that part (an empty one: leave the part away).
    """

    code: str
    line: int
    column: int
    end: int
    details: dict[str, str] = field(default_factory=dict)
    remedies: tuple[str, ...] = ()

    def message(self, language: str = "en") -> str:
        """`what is wrong; what to write instead` in English (`en`) or Japanese (`ja`)."""
        index = 1 if language == "ja" else 0
        template = MESSAGES[self.code][index]
        shown = [f"`{remedy.strip()}`" for remedy in self.remedies_in(language) if remedy.strip()]
        details = {key: value or WITHOUT_UNIT[index] for key, value in self.details.items()}
        if index and "written" in details:
            details["written"] = in_japanese(details["written"])
        parts = {**details, "write": WRITE[index][1].join(shown)}
        text = template.format_map(_Shortened(parts))
        if shown and STOPS[index] not in template:
            text += WRITE[index][0].format(write=WRITE[index][1].join(shown))
        return text

    def remedies_in(self, language: str) -> tuple[str, ...]:
        """The remedies in the language's spelling; both spellings evaluate the same."""
        return tuple(map(in_japanese, self.remedies)) if language == "ja" else self.remedies

    def mended(self, text: str, language: str = "en") -> tuple[str, ...]:
        """`text` (the whole block) with each remedy pasted over the faulty part."""
        lines = text.split("\n")
        row = lines[self.line - 1]
        before, after = row[: self.column - 1], row[self.end - 1 :]
        return tuple(
            "\n".join([*lines[: self.line - 1], before + remedy + after, *lines[self.line :]])
            for remedy in self.remedies_in(language)
        )


class _Shortened(dict[str, str]):
    """Details of a message; what a writer typed is cut so that a message stays readable."""

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        return value if key == "write" or len(value) <= 80 else value[:60] + "…"


class EstimateError(ValueError):
    """An estimate that cannot be read or evaluated; `problems` says why, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(problems, key=lambda problem: (problem.line, problem.column))
        )
        super().__init__("\n".join(f"{p.line}:{p.column}: {p.message()}" for p in self.problems))


class ChangeError(EstimateError):
    """A reader's change that cannot be read; places are those in the expression for the value `name`."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        super().__init__(problems)
        self.name = name


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a line: `line` counts from 1, `start` and `end` from 0; `source` is the whole line."""

    line: int
    start: int
    end: int
    source: str = field(default="", compare=False, repr=False)

    @property
    def text(self) -> str:
        """The part itself, as read."""
        return self.source[self.start : self.end]

    def upto(self, other: Place) -> Place:
        """The part from here to the end of `other`."""
        return replace(self, end=max(self.end, other.end))


def problem(code: str, place: Place, *remedies: str, **details: str) -> Problem:
    """A problem at `place`; `details` fill the message's template."""
    return Problem(code, place.line, place.start + 1, place.end + 1, details, remedies)


def fail(code: str, place: Place, *remedies: str, **details: str) -> NoReturn:
    """Raise an `EstimateError` with one problem."""
    raise EstimateError([problem(code, place, *remedies, **details)])


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known word most like `word`; none when nothing is known.

    Likeness is difflib's ratio (Ratcliff and Obershelp 1988).
    """
    matcher = difflib.SequenceMatcher(b=word[:_COMPARED], autojunk=False)

    def likeness(name: str) -> float:
        matcher.set_seq1(name[:_COMPARED])
        return matcher.ratio()

    names = list(known)
    return (max(names, key=likeness),) if names else ()
