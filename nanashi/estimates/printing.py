"""Expressions and blocks as text again, in English or Japanese; read again, they evaluate the same."""

from __future__ import annotations

from nanashi.estimates.block import Block
from nanashi.estimates.nodes import (
    Axis,
    Binary,
    Call,
    Convert,
    Distribution,
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
    PerYear,
    Pick,
    Probability,
    Yes,
)
from nanashi.estimates.units import TIMES, Unit
from nanashi.estimates.words import FUNCTIONS, PARAMETERS, SHAPES

_NAMED = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd"),
    "exponential": ("mean",),
    "poisson": ("mean",),
}
_JOINERS = {"and": ("and", "かつ"), "or": ("or", "または")}
_JAPANESE_UNITS = {
    "s": "秒",
    "min": "分",
    "hour": "時間",
    "day": "日",
    "week": "週",
    "month": "か月",
    "year": "年",
    "yr": "年",
    "OOM": "桁",
    "x": "倍",
}


class Printer:
    """Prints nodes in one language (`en` or `ja`); brackets are put wherever they could be needed."""

    def __init__(self, language: str = "en") -> None:
        self.ja = language == "ja"

    def of(self, node: Node) -> str:  # noqa: C901, PLR0911 - one case for each kind of node
        """A node that stands alone."""
        match node:
            case Number():
                return self._number(node)
            case Name():
                return node.name
            case Axis():
                return "year"
            case Negative():
                return f"-{self._operand(node.operand, '^')}"
            case Binary():
                sign = _JOINERS[node.sign][self.ja] if node.sign in _JOINERS else node.sign
                return f"{self._operand(node.left, sign)} {sign} {self._operand(node.right, sign)}"
            case Not():
                return f"{self.inner(node.operand)} でない" if self.ja else f"not {self.inner(node.operand)}"
            case If():
                return self._if(node)
            case Interval():
                return self._interval(node)
            case Distribution():
                return self._distribution(node)
            case Mixture():
                return self._mixture(node)
            case Yes():
                chance = self.end(node.chance)
                return f"{chance}で はい" if self.ja else f"yes with {chance}"
            case _:
                return self._rest(node)

    def _rest(self, node: Node) -> str:  # noqa: C901, PLR0911 - one case for each kind of node
        match node:
            case ListOf():
                return f"[{', '.join(self.of(item) for item in node.items)}]"
            case Call():
                arguments = ", ".join(self.of(part) for part in node.arguments)
                return f"{FUNCTIONS[node.function][self.ja]}({arguments})"
            case Probability():
                return self._probability(node)
            case First():
                condition = self.inner(node.condition)
                return f"{condition} になる最初の年" if self.ja else f"first year when {condition}"
            case Pick():
                operand = self.inner(node.operand)
                return f"{node.year}年の {operand}" if self.ja else f"{operand} in {node.year}"
            case Convert():
                operand, unit = self.inner(node.operand), self.unit(node.unit)
                return f"{operand} を {unit} で" if self.ja else f"{operand} in {unit}"
            case Growing():
                base, rate = self.inner(node.base), self.inner(node.rate)
                if self.ja:
                    return f"{node.start}年の {base} から 年{rate}"
                return f"{base} growing {rate} from {node.start}"
            case Every():
                return self._every(node)
            case PerYear():
                return f"年{self.end(node.operand)}"
            case _:
                raise TypeError(type(node).__name__)

    def inner(self, node: Node) -> str:
        """A node inside another one, in brackets unless it cannot be torn apart."""
        text = self.of(node)
        if isinstance(node, Name | Axis | Call | ListOf) or (
            isinstance(node, Probability) and not (self.ja and node.given)
        ):
            return text
        if isinstance(node, Number) and node.value >= 0:
            return text
        if isinstance(node, Distribution) or (
            isinstance(node, Interval) and node.shape and not text[0].isdigit()
        ):
            return text
        return f"({text})"

    def _operand(self, node: Node, sign: str) -> str:
        """A side of a sign; a number does not stand bare beside `^` and unary minus."""
        return f"({self.of(node)})" if sign == "^" and isinstance(node, Number) else self.inner(node)

    def end(self, node: Node) -> str:
        """What stands where an interval may stand unbracketed: periods and chances."""
        return self.of(node) if isinstance(node, Interval | Number) else self.inner(node)

    def unit(self, unit: Unit) -> str:
        """A unit in the language's spelling; empty for plain numbers."""
        if unit.plain and unit.hint == TIMES:
            return "倍" if self.ja else "times"
        if unit.plain and unit.hint == "%":
            return "%"
        text = str(unit)
        if not self.ja:
            return text
        parts = text.split("/")
        return "/".join(
            "*".join(_JAPANESE_UNITS.get(word, word) for word in part.split("*")) for part in parts
        )

    def _number(self, node: Number) -> str:
        if node.percent:
            below = self.unit(Unit((), node.unit.time, node.unit.power)) if node.unit.power else ""
            others = self.unit(node.unit)[1:] if not node.unit.plain else ""
            return f"{_digits(_hundredfold(node.value))}%{others or below[1:]}"
        unit = self.unit(node.unit)
        if not unit:
            return _digits(node.value)
        if unit.startswith("1/"):
            return f"{_digits(node.value)}{unit[1:]}"
        return f"{_digits(node.value)} {unit}"

    def _interval(self, node: Interval) -> str:
        between = "〜" if self.ja else " to "
        low, high = (self._interval_end(part) for part in (node.low, node.high))
        level = "" if node.level in (0.9, 1.0) else f" ({node.level * 100:.10g}%)"
        text = f"{low}{between}{high}{level}"
        if not node.shape or node.shape not in SHAPES:
            return text
        return f"{SHAPES[node.shape][self.ja]}({text})"

    def _interval_end(self, node: Node) -> str:
        return self._number(node) if isinstance(node, Number) else f"({self.of(node)})"

    def _distribution(self, node: Distribution) -> str:
        names = _NAMED.get(node.shape, ("",) * len(node.parameters))
        parts = [
            f"{PARAMETERS[name][self.ja]}={self.of(part)}" if name else self.of(part)
            for name, part in zip(names, node.parameters, strict=True)
        ]
        return f"{SHAPES[node.shape][self.ja]}({', '.join(parts)})"

    def _mixture(self, node: Mixture) -> str:
        if not node.weighted:
            items = ", ".join(self.of(arm) for arm in node.arms)
            return f"{'どれか' if self.ja else 'one of'}({items})"
        arms = [
            f"{_digits(w * 100.0)}%: {self._arm(arm)}" for w, arm in zip(node.weights, node.arms, strict=True)
        ]
        return (" または " if self.ja else " or ").join(arms)

    def _arm(self, arm: Node) -> str:
        return self.of(arm) if isinstance(arm, Interval) else self.inner(arm)

    def _if(self, node: If) -> str:
        condition, yes, no = (self.inner(part) for part in (node.condition, node.yes, node.no))
        if self.ja:
            return f"もし {condition} なら {yes} でなければ {no}"
        return f"if {condition} then {yes} else {no}"

    def _probability(self, node: Probability) -> str:
        condition = self.of(node.condition)
        if node.given is None:
            return f"{'確率' if self.ja else 'P'}({condition})"
        if self.ja:
            return f"{self.inner(node.given)} のときの 確率({condition})"
        return f"P({condition} given {self.of(node.given)})"

    def _every(self, node: Every) -> str:
        period = self.end(node.period)
        if self.ja:
            return f"{period}で{'半分' if node.falling else '2倍'}"
        return f"{'halving' if node.falling else 'doubling'} every {period}"


def _hundredfold(value: float) -> float:
    """A share as its per cent, without the last bit that multiplication leaves."""
    return float(f"{value * 100.0:.15g}")


def _digits(value: float) -> str:
    """The shortest digits that are read as the same number."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def print_expression(node: Node, language: str = "en") -> str:
    """The expression of a tree, in English (`en`) or Japanese (`ja`)."""
    return Printer(language).of(node)


def print_block(block: Block, language: str = "en") -> str:
    """A block as text, with what it is based on already in place; notes and sources are kept."""
    ja = language == "ja"
    lines: list[str] = []
    if block.title:
        lines.append(f"{'題' if ja else 'title'}: {block.title}")
    if block.years is not None:
        first, last = block.years
        lines.append(f"期間: {first}〜{last}年" if ja else f"years: {first} to {last}")
    for value in block.values.values():
        note = " ".join(
            part for part in (value.note, f"source: {value.source}" if value.source else "") if part
        )
        lines.append(
            f"{value.name} = {print_expression(value.node, language)}" + (f" # {note}" if note else "")
        )
    lines.extend(_statement_lines(block, ja))
    return "\n".join(lines) + "\n"


def _statement_lines(block: Block, ja: bool) -> list[str]:
    lines = [
        f"{'相関' if ja else 'correlate'} {c.first}, {c.second} = {c.rank!r}" for c in block.correlations
    ]
    if block.shown is not None:
        lines.append(f"{'表示' if ja else 'show'} {', '.join(block.shown)}")
    for chart in block.charts or ():
        scale = {"log": "対数", "linear": "線形"}.get(chart.scale, "") if ja else chart.scale
        lines.append(f"{'図' if ja else 'chart'} {chart.name} {scale}".rstrip())
    for outcome in block.outcomes.values():
        if ja:
            lines.append(f"実績 {outcome.name} = {outcome.text}({outcome.date})")
        else:
            lines.append(f"outcome {outcome.name} = {outcome.text} on {outcome.date}")
    return lines
