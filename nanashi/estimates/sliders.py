"""Sliders for assumptions: which numbers of an expression can slide, how far, and on what scale."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nanashi.estimates.block import Block, with_changes
from nanashi.estimates.nodes import Every, Interval, Node, Number, PerYear, walk
from nanashi.estimates.printing import print_expression
from nanashi.estimates.problems import EstimateError

_MARKS = (7123457.0, 7123459.0)
"""Numbers that stand in an expression while it is printed, to find where the sliding ones go."""
_TWICE = re.compile(r"\{0\}( ?[^\s{}〜]+)( to |〜)\{1\}\1(?![^\s)])")
"""A unit that stands at both ends of an interval; at the last one it serves both."""
_LEAST_RATIO = 3.0
_LINEAR = frozenset({"normal", "uniform"})


@dataclass(frozen=True, slots=True)
class Slider:
    """`ends` are the one or two numbers as written, in % where they were; `template` is the expression with `{0}`
    and `{1}` in their places; `least` and `most` are how far they slide, on a log scale where `log`."""

    ends: tuple[float, ...]
    least: float
    most: float
    log: bool
    template: str

    def filled(self, *ends: float) -> str:
        """The expression with these numbers."""
        text = self.template
        for place, end in enumerate(ends):
            text = text.replace(f"{{{place}}}", f"{end:.6g}")
        return text


def slider_of(block: Block, name: str, language: str = "en") -> Slider | None:
    """The slider of an assumption: a number or an interval, also as a growth rate; None for other shapes."""
    node = block.values[name].node
    numbers = [part for part in walk(node) if isinstance(part, Number)]
    shapes = (Number, Interval, Every, PerYear)
    if not 1 <= len(numbers) <= 2 or not all(isinstance(part, shapes) for part in walk(node)):
        return None
    factor = 100.0 if all(number.percent for number in numbers) else 1.0
    ends = tuple(float(f"{number.value * factor:.6g}") for number in numbers)
    interval = next((part for part in walk(node) if isinstance(part, Interval)), None)
    log = all(end > 0.0 for end in ends) and factor == 1.0 and (not interval or interval.shape not in _LINEAR)
    template = _template(node, factor, language)
    if template is None:
        return None
    least, most = _reach(ends, log, factor == 100.0)
    slider = Slider(ends, least, most, log, template)
    return slider if _says_the_same(block, name, slider.filled(*ends), numbers) else None


def _template(node: Node, factor: float, language: str) -> str | None:
    """The printed expression with places for its numbers."""
    text = print_expression(_marked(node, factor), language)
    for place, mark in enumerate(_MARKS):
        written = f"{mark:.0f}"
        if text.count(written) > 1:
            return None
        text = text.replace(written, f"{{{place}}}")
    return _TWICE.sub(r"{0}\2{1}\1", text)


def _marked(node: Node, factor: float, place: int = 0) -> Node:
    match node:
        case Number():
            return replace(node, value=_MARKS[place] / factor, text="", scale=1.0)
        case Interval():
            return replace(node, low=_marked(node.low, factor, 0), high=_marked(node.high, factor, 1))
        case Every():
            return replace(node, period=_marked(node.period, factor, place))
        case PerYear():
            return replace(node, operand=_marked(node.operand, factor, place))
        case _:
            return node


def _reach(ends: tuple[float, ...], log: bool, percent: bool) -> tuple[float, float]:
    """How far the ends slide: as far beyond each end as the interval is wide, and at least threefold."""
    low, high = ends[0], ends[-1]
    if log:
        ratio = max(high / low, _LEAST_RATIO)
        return float(f"{low / ratio:.3g}"), float(f"{high * ratio:.3g}")
    width = (high - low) or abs(high) or 1.0
    least, most = low - width, high + width
    if percent and low > 0.0:
        least = max(least, 0.1)
    if percent and high < 100.0:
        most = min(most, 99.9)
    return float(f"{least:.4g}"), float(f"{most:.4g}")


def _says_the_same(block: Block, name: str, written: str, numbers: list[Number]) -> bool:
    """Whether what a slider writes is read as what the author wrote."""
    try:
        node = with_changes(block, {name: written}).values[name].node
    except EstimateError:
        return False
    read = [part for part in walk(node) if isinstance(part, Number)]
    return len(read) == len(numbers) and all(
        abs(one.value - other.value) <= 1e-5 * abs(other.value) and str(one.unit) == str(other.unit)
        for one, other in zip(read, numbers, strict=True)
    )
