"""Builds the tree of an expression while the parser reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from lark import Transformer, v_args

from nanashi.estimates.intervals import build_interval, yearly
from nanashi.estimates.limits import MAX_LIST
from nanashi.estimates.nodes import (
    Axis,
    Binary,
    Call,
    Convert,
    Every,
    First,
    Growing,
    If,
    Interval,
    ListOf,
    Mixture,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Pick,
    Probability,
    Yes,
)
from nanashi.estimates.pieces import Piece
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.shaping import build_shape

_ARITY = {"clip": (3, 3), "min": (1, 50), "max": (1, 50)}
_SIGNS = {"OR": "or", "AND": "and", "PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/", "CARET": "^"}


def _over(first: Node | Piece, last: Node | Piece) -> Place:
    return first.place.upto(last.place)


@v_args(inline=True)
class Builder(Transformer[Any, Any]):
    """One method a rule of the grammar; each gets the tokens and nodes of its rule."""

    def start(self, node: Node) -> Node:
        return node

    def number(self, token: Piece) -> Number:
        return cast(Number, token.data)

    def name(self, token: Piece) -> Name:
        return Name(token.data, token.place)

    def axis(self, token: Piece) -> Axis:
        return Axis(token.place)

    def inner(self, _open: Piece, node: Node, close: Piece) -> Node:
        return node if isinstance(node, Number) else replace(node, place=_over(_open, close))

    def binary(self, left: Node, sign: Piece, right: Node) -> Binary:
        meaning = sign.data if sign.type == "COMPARE" else _SIGNS[sign.type]
        return Binary(meaning, left, right, _over(left, right))

    def negative(self, sign: Piece, operand: Node) -> Negative:
        return Negative(operand, _over(sign, operand))

    def positive(self, _sign: Piece, operand: Node) -> Node:
        return operand

    def negated(self, word: Piece, operand: Node) -> Not:
        return Not(operand, _over(word, operand))

    def denied_after(self, operand: Node, word: Piece) -> Not:
        return Not(operand, _over(operand, word))

    def choice(self, word: Piece, condition: Node, _then: Piece, yes: Node, _else: Piece, no: Node) -> If:
        return If(condition, yes, no, _over(word, no))

    def first(self, word: Piece, condition: Node) -> First:
        return First(condition, _over(word, condition))

    def first_after(self, condition: Node, word: Piece) -> First:
        return First(condition, _over(condition, word))

    def probability(self, word: Piece, _open: Piece, condition: Node, *rest: Any) -> Probability:
        given = rest[1] if len(rest) == 3 else None
        return Probability(condition, given, _over(word, rest[-1]))

    def given_before(
        self, given: Node, _when: Piece, _word: Piece, _open: Piece, condition: Node, close: Piece
    ) -> Probability:
        return Probability(condition, given, _over(given, close))

    def arms(self, *parts: Any) -> list[tuple[Number, Node]]:
        return [parts[0]] if len(parts) == 1 else [*parts[0], parts[2]]

    def arm(self, weight: Piece, node: Node) -> tuple[Number, Node]:
        return replace(weight.data, place=weight.place), node

    def mixture(self, arms: list[tuple[Number, Node]]) -> Mixture:
        place = _over(arms[0][0], arms[-1][1])
        if len(arms) < 2:
            value = arms[0][1].place.text
            fail(
                "one_arm", place, f"{place.text} or {100 - 100 * arms[0][0].value:g}%: 0", value, value=value
            )
        weights = tuple(number.value for number, _ in arms)
        if sum(weights) <= 0 or min(weights) < 0:
            fail("weights", arms[0][0].place, "50%: ")
        return Mixture(weights, tuple(node for _, node in arms), True, place)

    def one_of(
        self, word: Piece, _open: Piece, items: list[Node], close: Piece, unit: Piece | None = None
    ) -> Mixture:
        items = [_with_unit(item, unit) for item in items]
        return Mixture(tuple(1.0 for _ in items), tuple(items), False, _over(word, unit or close))

    def likely(self, word: Piece, chance: Node) -> Yes:
        return Yes(_checked_chance(chance), _over(word, chance))

    def likely_after(self, chance: Node, word: Piece) -> Yes:
        return Yes(_checked_chance(chance), _over(chance, word))

    def every(self, word: Piece, period: Node) -> Every:
        return Every(word.type == "HALVING", period, _over(word, period))

    def every_after(self, period: Node, word: Piece) -> Every:
        return Every(word.type == "HALVES", period, _over(period, word))

    def per_year(self, word: Piece, operand: Node) -> Node:
        return yearly(operand, _over(word, operand))

    def falling_per_year(self, word: Piece, minus: Piece, operand: Node) -> Node:
        return Negative(yearly(operand, _over(minus, operand)), _over(word, operand))

    def interval(self, low: Node, _to: Piece, high: Node, level: Piece | None = None) -> Interval:
        place = _over(low, high if level is None else level)
        return build_interval(low, high, 0.9 if level is None else level.data, place)

    def pick(self, operand: Node, year: Piece) -> Pick:
        return Pick(operand, year.data, _over(operand, year))

    def pick_before(self, year: Piece, operand: Node) -> Pick:
        return Pick(operand, year.data, _over(year, operand))

    def convert(self, operand: Node, _word: Piece, unit: Piece) -> Convert:
        return Convert(operand, unit.data, str(unit), _over(operand, unit))

    def growing(self, base: Node, _word: Piece, rate: Node, _from: Piece, start: Piece) -> Growing:
        number: Number = start.data
        year = int(number.value)
        if year != number.value or not 0 < year < 10_000 or str(number.unit) not in ("", "year"):
            fail("from_year", start.place, "2023", written=number.text)
        return Growing(base, rate, year, _over(base, start))

    def growing_after(self, year: Piece, base: Node, _word: Piece, rate: Node) -> Growing:
        return Growing(base, rate, year.data, _over(year, rate))

    def list_of(self, _open: Piece, items: list[Node], close: Piece, unit: Piece | None = None) -> ListOf:
        place = _over(_open, unit or close)
        if len(items) > MAX_LIST:
            fail("list_long", place, "[1, 2, 3]", count=str(len(items)), limit=str(MAX_LIST))
        items = [_with_unit(item, unit) for item in items]
        return ListOf(tuple(items), place)

    def items(self, *parts: Any) -> list[Node]:
        return [parts[0]] if len(parts) == 1 else [*parts[0], parts[2]]

    def parameters(self, *parts: Any) -> list[tuple[str, Node]]:
        return [parts[0]] if len(parts) == 1 else [*parts[0], parts[2]]

    def parameter(self, *parts: Any) -> tuple[str, Node]:
        return (parts[0].data, parts[1]) if len(parts) == 2 else ("", parts[0])

    def shape(
        self,
        word: Piece,
        _open: Piece,
        parameters: list[tuple[str, Node]],
        close: Piece,
        unit: Piece | None = None,
    ) -> Node:
        given = [(name, _with_unit(node, unit)) for name, node in parameters]
        return build_shape(word.data, str(word), given, _over(word, unit or close))

    def call(self, word: Piece, _open: Piece, items: list[Node], close: Piece) -> Call:
        low, high = _ARITY.get(word.data, (1, 1))
        place = _over(word, close)
        if not low <= len(items) <= high:
            texts = [item.place.text for item in items]
            filled = texts + ["0", "1"][len(texts) - 1 :] if len(texts) < low else texts[:high]
            fail("arity", place, f"{word}({', '.join(filled)})", function=str(word), count=str(low))
        return Call(word.data, tuple(items), place)


def _checked_chance(chance: Node) -> Node:
    if isinstance(chance, Number) and not 0.0 <= chance.value <= 1.0:
        fail(
            "chance",
            chance.place,
            f"{chance.value:g}%" if 0 <= chance.value <= 100 else "50%",
            written=chance.text,
        )
    return chance


def _with_unit(node: Node, unit: Piece | None) -> Node:
    """A number or interval with the unit that stands after its bracket, unless it has one of its own."""
    if unit is None:
        return node
    if isinstance(node, Number) and not node.given:
        return replace(node, unit=unit.data, given=True)
    if isinstance(node, Interval):
        return replace(node, low=_with_unit(node.low, unit), high=_with_unit(node.high, unit))
    return node
