"""The tree of an expression. Every node knows its place; nothing here evaluates anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from nanashi.estimates.problems import Place
from nanashi.estimates.units import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its value with multipliers and % applied, and its unit.

    `given` is False when neither unit nor % was written, `scale` the multiplier or 1, `text` as typed.
    """

    value: float
    unit: Unit
    place: Place
    text: str = ""
    given: bool = False
    scale: float = 1.0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """Another value of the block."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Axis:
    """`year`: the year of each column of a series."""

    place: Place


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`"""

    operand: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Binary:
    """`a + b` and the like; `sign` is one of + - * / ^ and or, or a comparison."""

    sign: str
    left: Node
    right: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    """`not c`"""

    operand: Node
    place: Place


@dataclass(frozen=True, slots=True)
class If:
    """`if c then a else b`"""

    condition: Node
    yes: Node
    no: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Interval:
    """`low to high (level)`; `shape` is empty where the language chooses it."""

    low: Node
    high: Node
    level: float
    shape: str
    place: Place


@dataclass(frozen=True, slots=True)
class Distribution:
    """A shape given by parameters, in the order of `distributions.PARAMETERS[shape]`."""

    shape: str
    parameters: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of `arms` with chances in proportion to `weights`; `weighted` where the weights were written."""

    weights: tuple[float, ...]
    arms: tuple[Node, ...]
    weighted: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Yes:
    """`yes with p`"""

    chance: Node
    place: Place


@dataclass(frozen=True, slots=True)
class ListOf:
    """`[a, b, c]`"""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language, by its English name."""

    function: str
    arguments: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Probability:
    """`P(c)` or `P(c given d)`"""

    condition: Node
    given: Node | None
    place: Place


@dataclass(frozen=True, slots=True)
class First:
    """`first year when c`"""

    condition: Node
    place: Place


@dataclass(frozen=True, slots=True)
class Pick:
    """`x in 2027`"""

    operand: Node
    year: int
    place: Place


@dataclass(frozen=True, slots=True)
class Convert:
    """`x in min`"""

    operand: Node
    unit: Unit
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Growing:
    """`base growing rate from start`"""

    base: Node
    rate: Node
    start: int
    place: Place


@dataclass(frozen=True, slots=True)
class Every:
    """`doubling every period` (`falling` False) or `halving every period`"""

    falling: bool
    period: Node
    place: Place


@dataclass(frozen=True, slots=True)
class PerYear:
    """`年G`: what is written without a time is meant per year."""

    operand: Node
    place: Place


Node: TypeAlias = (
    Number
    | Name
    | Axis
    | Negative
    | Binary
    | Not
    | If
    | Interval
    | Distribution
    | Mixture
    | Yes
    | ListOf
    | Call
    | Probability
    | First
    | Pick
    | Convert
    | Growing
    | Every
    | PerYear
)


def children(node: Node) -> tuple[Node, ...]:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """The nodes directly below `node`, in the order of reading."""
    match node:
        case Number() | Name() | Axis():
            return ()
        case Binary():
            return node.left, node.right
        case If():
            return node.condition, node.yes, node.no
        case Interval():
            return node.low, node.high
        case Distribution():
            return node.parameters
        case Mixture():
            return node.arms
        case ListOf():
            return node.items
        case Call():
            return node.arguments
        case Yes():
            return (node.chance,)
        case Probability():
            return (node.condition,) if node.given is None else (node.condition, node.given)
        case First():
            return (node.condition,)
        case Growing():
            return node.base, node.rate
        case Every():
            return (node.period,)
        case Negative() | Not() | Pick() | Convert() | PerYear():
            return (node.operand,)


def walk(node: Node) -> list[Node]:
    """`node` and everything below it, parents before children, left before right."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(children(current)))
    return found


def names_in(node: Node) -> tuple[str, ...]:
    """The names that `node` uses, each once, in the order of reading."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))
