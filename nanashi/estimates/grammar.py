"""The grammar of expressions. Tokens come from `tokens`, trees are built by `building`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lark import Lark, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer

from nanashi.estimates.building import Builder
from nanashi.estimates.limits import MAX_DEPTH
from nanashi.estimates.naming import NameTable
from nanashi.estimates.nodes import Node, children
from nanashi.estimates.phrases import joined
from nanashi.estimates.pieces import Piece
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.syntax import explain
from nanashi.estimates.tokens import Tokenizer

GRAMMAR = r"""
start: expr
?expr: any_of
    | FIRST any_of -> first
    | any_of BECOMES -> first_after
    | any_of WHEN PROB LPAR expr RPAR -> given_before
    | IF any_of THEN expr ELSE expr -> choice
    | arms -> mixture
arms: arm | arms OR arm
arm: WEIGHT all_of
?any_of: all_of | any_of OR all_of -> binary
?all_of: denied | all_of AND denied -> binary
?denied: comparison | NOT denied -> negated | denied DENIED -> denied_after
?comparison: amount | amount COMPARE amount -> binary
?amount: sum
    | amount IN UNIT -> convert
    | amount WO UNIT -> convert
    | amount GROWING sum FROM NUMBER -> growing
    | YEAR_OF atom GROWS sum -> growing_after
    | YEAR_OF interval GROWS sum -> growing_after
?sum: term | sum PLUS term -> binary | sum MINUS term -> binary
?term: signed | term STAR signed -> binary | term SLASH signed -> binary
?signed: power | MINUS signed -> negative | PLUS signed -> positive
?power: spread | spread CARET signed -> binary
?spread: picked
    | interval
    | YES range -> likely
    | range LIKELY -> likely_after
    | DOUBLING range -> every
    | HALVING range -> every
    | range DOUBLES -> every_after
    | range HALVES -> every_after
    | PER_YEAR range -> per_year
    | PER_YEAR MINUS picked -> falling_per_year
?range: picked | interval
interval: end TO end | end TO end LEVEL
?end: NUMBER -> number | parenthesis
?picked: atom | picked IN_YEAR -> pick | YEAR_OF atom -> pick_before
?atom: NUMBER -> number
    | NAME -> name
    | AXIS -> axis
    | parenthesis
    | LSQB items RSQB -> list_of
    | LSQB items RSQB UNIT -> list_of
    | FUNC LPAR items RPAR -> call
    | SHAPE LPAR parameters RPAR -> shape
    | SHAPE LPAR parameters RPAR UNIT -> shape
    | ONEOF LPAR items RPAR -> one_of
    | ONEOF LPAR items RPAR UNIT -> one_of
    | PROB LPAR expr RPAR -> probability
    | PROB LPAR expr GIVEN expr RPAR -> probability
?parenthesis: LPAR expr RPAR -> inner
items: expr | items COMMA expr
parameters: parameter | parameters COMMA parameter
parameter: expr | PARAMETER expr

%declare NUMBER NAME AXIS LPAR RPAR LSQB RSQB COMMA PLUS MINUS STAR SLASH CARET COMPARE TO LEVEL
%declare AND OR NOT DENIED IF THEN ELSE FUNC SHAPE PARAMETER PROB ONEOF GIVEN FIRST BECOMES WHEN
%declare IN UNIT WO IN_YEAR YEAR_OF GROWING FROM GROWS PER_YEAR DOUBLING HALVING DOUBLES HALVES
%declare YES LIKELY WEIGHT
"""
"""Lowest precedence first; `^` is tighter than unary minus, intervals are tighter than `^` (ESTIMATES.md)."""


class _Pieces(Lexer):
    """Hands the tokens over as they are."""

    def __init__(self, lexer_conf: object) -> None:
        self.conf = lexer_conf

    # Lark passes what `parse` got to lexers that do not ask for its lexer states.
    def lex(self, data: Any) -> Iterator[Piece]:  # type: ignore[override]
        """The tokens one by one."""
        yield from data


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer=_Pieces, transformer=Builder(), maybe_placeholders=False)


def parse_expression(  # noqa: PLR0913 - the last two have a default
    text: str, names: NameTable, line: int, start: int, end: int | None = None, own: str = ""
) -> Node:
    """The tree of the expression in `text` from `start` to `end`; `text` is the whole line as read,
    `own` the value that it defines.

    Raises EstimateError with the place of what cannot be read and what to write there.
    """
    stop = len(text) if end is None else end
    pieces = joined(Tokenizer(text, names, line, start, stop, own).read())
    place = Place(line, start, stop, text)
    if not pieces:
        fail("empty", place, " 1")
    try:
        node: Node = _parser().parse(pieces)  # type: ignore[assignment]
    except UnexpectedToken as error:
        raise explain(pieces, error.token, set(error.expected), place) from None
    except UnexpectedInput:
        fail("unexpected", place, "", token=place.text)
    _check_depth(node, place)
    return node


def _check_depth(root: Node, place: Place) -> None:
    """Refuse trees that are too deep to walk; a sum of many terms is deep, too."""
    level: list[Node] = [root]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            fail("too_deep", place, "", limit=str(MAX_DEPTH))
        level = [child for node in level for child in children(node)]
