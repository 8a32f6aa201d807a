"""What to say when the tokens of an expression do not fit together."""

from __future__ import annotations

from typing import Any

from nanashi.estimates.pieces import Piece
from nanashi.estimates.problems import EstimateError, Place, Problem, problem

_OPERANDS = frozenset(
    {
        "NUMBER",
        "NAME",
        "AXIS",
        "LPAR",
        "LSQB",
        "FUNC",
        "SHAPE",
        "ONEOF",
        "PROB",
        "IF",
        "FIRST",
        "YES",
        "NOT",
        "YEAR_OF",
    }
)


def explain(pieces: list[Piece], token: Any, expected: set[str], whole: Place) -> EstimateError:
    """The error for `token`, which is not among the `expected` ones."""
    if not isinstance(token, Piece):
        return EstimateError([_at_end(pieces, expected, whole)])
    index = next(i for i, part in enumerate(pieces) if part is token)
    before = pieces[index - 1] if index else None
    for explained in (_interval, _comparison, _arm, _growth, _condition, _operator):
        found = explained(pieces, index, token, before, expected)
        if found is not None:
            return EstimateError([found])
    if before is not None and "NUMBER" in expected and token.type not in _OPERANDS:
        return EstimateError([_missing(before, token)])
    return EstimateError([problem("unexpected", token.place, "", token=str(token))])


def _missing(before: Piece, token: Piece) -> Problem:
    """A value is missing between two tokens."""
    place = before.place.upto(token.place)
    if before.type == token.type and before.type in ("STAR", "SLASH"):
        remedy = "^" if before.type == "STAR" else "/"
    elif token.type in ("RPAR", "RSQB"):
        remedy = str(token) if before.type == "COMMA" else f"{before}1{token}"
    else:
        remedy = str(before)
    return problem("value_missing", place, remedy, after=str(before))


def _at_end(pieces: list[Piece], expected: set[str], whole: Place) -> Problem:
    last = pieces[-1]
    end = Place(whole.line, last.place.end, last.place.end, whole.source)
    if expected == {"THEN"} or ("THEN" in expected and any(part.type == "IF" for part in pieces)):
        return problem("if_parts", end, " then 1 else 0")
    if "ELSE" in expected and any(part.type == "IF" for part in pieces):
        return problem("if_parts", end, " else 0")
    if "FROM" in expected and any(part.type == "GROWING" for part in pieces):
        return problem("growing_from", end, " from 2023")
    if last.type in ("MINUS", "PLUS", "STAR", "SLASH", "CARET", "COMPARE", "AND", "OR", "TO", "COMMA"):
        return problem("value_missing", last.place, "", after=str(last))
    return problem("value_missing", end, " 1", after=str(last))


def _interval(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Problem | None:
    """`a to b` between names: the ends must be constants or stand in parentheses."""
    if token.type == "TO" and before is not None and before.type == "NAME":
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if after is not None and after.type in ("NUMBER", "NAME"):
            high = f"({after})" if after.type == "NAME" else str(after)
            return problem("interval_ends", before.place.upto(after.place), f"({before}) to {high}")
        return problem("interval_ends", before.place, f"({before})")
    if before is not None and before.type == "TO" and token.type == "NAME":
        return problem("interval_ends", token.place, f"({token})")
    if token.type == "TO" and before is not None and before.type == "NUMBER":
        if index > 1 and pieces[index - 2].type == "FROM":
            last = pieces[min(index + 1, len(pieces) - 1)]
            return problem("from_one_year", before.place.upto(last.place), str(before))
        return problem("interval_twice", token.place, " + ")
    return None


def _comparison(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Any:
    """`a < b < c`"""
    if token.type != "COMPARE" or before is None or before.type == "COMPARE":
        return None
    earlier = [i for i in range(index) if pieces[i].type == "COMPARE"]
    if not earlier:
        return None
    middle = pieces[earlier[-1] + 1].place.upto(before.place)
    return problem("chained", token.place, f" and {middle.text} {token}", middle=middle.text)


def _arm(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Problem | None:
    """A mixture whose later arm has no weight, and a weight that begins no arm."""
    if expected == {"WEIGHT"}:
        return problem(
            "arm_weight",
            Place(token.place.line, token.place.start, token.place.start, token.place.source),
            "50%: ",
        )
    if token.type == "WEIGHT":
        return problem("arm_weight_first", token.place, "")
    return None


def _growth(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Problem | None:
    if before is not None and before.type == "FROM":
        return problem("from_year", token.place, "2023", written=str(token))
    if "FROM" in expected and any(part.type == "GROWING" for part in pieces[:index]) and token.type != "FROM":
        start = Place(token.place.line, token.place.start, token.place.start, token.place.source)
        return problem("growing_from", start, "from 2023 ") if token.type in ("RPAR", "COMPARE") else None
    return None


def _condition(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Any:
    if token.type == "RPAR" and "ELSE" in expected:
        start = Place(token.place.line, token.place.start, token.place.start, token.place.source)
        return problem("if_parts", start, " else 0")
    return None


def _operator(
    pieces: list[Piece], index: int, token: Piece, before: Piece | None, expected: set[str]
) -> Problem | None:
    """Two values side by side."""
    if before is None or token.type not in _OPERANDS or "PLUS" not in expected:
        return None
    kinds = [part.type for part in pieces[index - 2 : index + 3]]
    if kinds == ["TO", "NUMBER", "LPAR", "NUMBER", "RPAR"]:
        level = str(pieces[index + 1])
        return problem(
            "level_percent", token.place.upto(pieces[index + 2].place), f"({level}%)", written=level
        )
    place = before.place.upto(token.place)
    return problem(
        "operator_missing",
        place,
        f"{before} * {token}",
        f"{before} + {token}",
        left=str(before),
        right=str(token),
    )
