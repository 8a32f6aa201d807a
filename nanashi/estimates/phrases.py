"""What several tokens mean together: signed numbers, powers of numbers, and which から is meant."""

from __future__ import annotations

import itertools
from dataclasses import replace

from nanashi.estimates.limits import MAX_EXPONENT
from nanashi.estimates.nodes import Number
from nanashi.estimates.pieces import Piece, piece
from nanashi.estimates.problems import fail
from nanashi.estimates.units import OOM

_OPERAND_ENDS = frozenset(
    {"NUMBER", "NAME", "AXIS", "RPAR", "RSQB", "UNIT", "LEVEL", "IN_YEAR", "DOUBLES", "HALVES", "LIKELY"}
)


def joined(pieces: list[Piece]) -> list[Piece]:
    """The tokens with those joined that belong together, and every から told apart."""
    return _with_kara(_signed(_powers(pieces)))


def _powers(pieces: list[Piece]) -> list[Piece]:
    """`10^24` between numbers is a number, so that it can be the end of an interval and carry a unit."""
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        length = _power_length(pieces, index)
        if not length or (out and out[-1].type == "CARET"):
            out.append(pieces[index])
            index += 1
            continue
        out.append(_power(pieces[index], pieces[index + length - 1], length == 4))
        index += length
    return out


def _power_length(pieces: list[Piece], index: int) -> int:
    """How many tokens from `index` are a number to the power of a number: 3, 4 with a sign, or 0."""
    kinds = [part.type for part in pieces[index : index + 5]]
    if kinds[:2] != ["NUMBER", "CARET"] or pieces[index].data.given:
        return 0
    length = 3 if kinds[2:3] == ["NUMBER"] else 4 if kinds[2:4] == ["MINUS", "NUMBER"] else 0
    return 0 if kinds[length : length + 1] == ["CARET"] else length


def _power(base: Piece, exponent: Piece, negative: bool) -> Piece:
    left: Number = base.data
    right: Number = exponent.data
    place = base.place.upto(exponent.place)
    try:
        value = left.value ** (-right.value if negative else right.value)
    except (OverflowError, ZeroDivisionError):
        value = float("inf")
    if abs(value) > 10.0**MAX_EXPONENT:
        fail("number_too_large", place, f"1e{MAX_EXPONENT - 100}")
    if right.unit.words == ((OOM, 1),):
        fail("power_oom", place, f"{value:g} OOM", f"{left.text}^({right.text})")
    number = replace(right, value=value, place=place, text=place.text, scale=1.0, percent=False)
    return piece("NUMBER", place.text, place, number)


def _signed(pieces: list[Piece]) -> list[Piece]:
    """`-3` where no difference can be meant is one number: `normal(-3 to 5)`."""
    out: list[Piece] = []
    for index, part in enumerate(pieces):
        prefix = (
            len(out) > 0 and out[-1].type == "MINUS" and (len(out) == 1 or out[-2].type not in _OPERAND_ENDS)
        )
        following = pieces[index + 1].type if index + 1 < len(pieces) else ""
        if part.type == "NUMBER" and prefix and following != "CARET":
            place = out[-1].place.upto(part.place)
            number = replace(part.data, value=-part.data.value, place=place, text=place.text)
            out[-1] = piece("NUMBER", place.text, place, number)
        else:
            out.append(part)
    return out


def _with_kara(pieces: list[Piece]) -> list[Piece]:
    """から is `to` between the ends of an interval, and growth after `2023年の x`."""
    out: list[Piece] = []
    pending = [False]
    for index, part in enumerate(pieces):
        if part.type in ("LPAR", "LSQB"):
            pending.append(False)
        elif part.type in ("RPAR", "RSQB") and len(pending) > 1:
            pending.pop()
        elif part.type == "YEAR_OF":
            pending[-1] = True
        elif part.type == "KARA":
            grows = pending[-1] and not _between_ends(pieces, index)
            pending[-1] = pending[-1] and not grows
            out.append(piece("GROWS" if grows else "TO", str(part), part.place))
            continue
        out.append(part)
    return out


def _between_ends(pieces: list[Piece], index: int) -> bool:
    """Whether the から at `index` joins two numbers, as a later one begins the growth."""
    around = [part.type for part in pieces[index - 1 : index + 2]]
    later = [part.type for part in pieces[index + 2 :]]
    begins = any(
        kind == "KARA" and following in ("PER_YEAR", "NAME", "LPAR")
        for kind, following in itertools.pairwise(later)
    )
    return around == ["NUMBER", "KARA", "NUMBER"] and begins
