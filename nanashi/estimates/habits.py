"""What people write from habit and the language says otherwise: `about 5`, `2..3`, `5 ± 1`, `first year x > 3`."""

from __future__ import annotations

import re
from dataclasses import replace

from nanashi.estimates.pieces import Piece
from nanashi.estimates.problems import Place, fail

_ABOUT = re.compile(r"(?:about|around|roughly|approximately|circa|およそ|だいたい|ほぼ|約) *(?=[0-9])")
_BETWEEN = re.compile(r"between +([0-9][^ ]*) +and +([0-9][^ ]*)")
_FIRST = re.compile(r"first(?: +year)?(?: +when)? +")
_WHEN = re.compile(r"when +")
_DOTS = re.compile(r"(?:\.{2,3}|…) *(?=[0-9])")
_SPREAD = re.compile(r"± *([0-9]+(?:\.[0-9]+)?(?:e[0-9]{1,2})?)(?![0-9.,a-zA-Z%千万億兆京百])")
_PLAIN = re.compile(r"([0-9]+(?:\.[0-9]+)?(?:e[0-9]{1,2})?)((?: +[^0-9%,]+|OOM|[桁円人倍])?)")


def refuse_habit(at: Place, word: str, pieces: list[Piece]) -> None:
    """Raise EstimateError where the word at this place is a habit of prose or of other notations."""
    _refuse_slashes(at, pieces)
    _refuse_share_of(replace(at, end=at.start + len(word)), word, pieces)
    about = _ABOUT.match(at.source, at.start)
    if about is not None:
        written = about.group().strip()
        fail("habit_about", replace(at, end=about.end()), "", written=written)
    between = _BETWEEN.match(at.source, at.start)
    if between is not None:
        fail("habit_between", replace(at, end=between.end()), f"{between[1]} to {between[2]}")
    for pattern in (_FIRST, _WHEN):
        found = pattern.match(at.source, at.start)
        if found is not None and not pieces:
            written = found.group().strip()
            fail("habit_first", replace(at, end=found.end()), "first year when ", written=written)


def refuse_habit_sign(place: Place, pieces: list[Piece]) -> None:
    """The same for signs, between a number and another."""
    if not pieces or pieces[-1].type != "NUMBER":
        return
    dots = _DOTS.match(place.source, place.start)
    if dots is not None:
        fail("habit_between", replace(place, end=dots.end()), " to ")
    spread, before = _SPREAD.match(place.source, place.start), pieces[-1].place
    plain = _PLAIN.fullmatch(before.text)
    if spread is not None and plain is not None:
        middle, off, unit = float(plain[1]), float(spread[1]), plain[2]
        ends = f"{middle - off:g} to {middle + off:g}{unit}".replace("e+", "e")
        end = spread.end() + (len(unit) if place.source.startswith(unit, spread.end()) else 0)
        whole = replace(place, start=before.start, end=end)
        fail("habit_spread", whole, ends if off < middle else f"normal({ends})", written=whole.text)


def _refuse_slashes(at: Place, pieces: list[Piece]) -> None:
    """`// a note`."""
    if len(pieces) > 1 and pieces[-1].type == pieces[-2].type == "SLASH":
        slashes = replace(at, start=pieces[-2].place.start, end=pieces[-1].place.end)
        fail("habit_slashes", slashes, "#" if at.source[slashes.start - 1 : slashes.start] == " " else " #")


def _refuse_share_of(place: Place, word: str, pieces: list[Piece]) -> None:
    """`x >= 5 の確率`."""
    if word == "の確率" and any(piece.type == "COMPARE" for piece in pieces):
        whole = replace(place, start=pieces[0].place.start)
        condition = place.source[whole.start : place.start].strip()
        fail("habit_share_of", whole, f"確率({condition})")
