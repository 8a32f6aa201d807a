"""Intervals from their two ends: shared units, multipliers that are not shared, and the shape chosen."""

from __future__ import annotations

import re
from dataclasses import replace

from nanashi.estimates.nodes import Distribution, Interval, Node, Number, PerYear, walk
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.units import Unit, factor_to, per_year_unit

_DIGITS = re.compile(r"-?[0-9][0-9.,]*(?:e[+-]?[0-9]+)?")


def build_interval(low: Node, high: Node, level: float, place: Place) -> Interval:
    """The interval from `low` to `high`; a unit or % on the last end serves both, a multiplier does not.

    Raises EstimateError where a multiplier or % stands on one end only and both readings are possible.
    """
    if isinstance(low, Number) and isinstance(high, Number):
        low, high = _with_shared_unit(low, high, place)
    return Interval(low, high, level, "", place)


def _with_shared_unit(low: Number, high: Number, place: Place) -> tuple[Number, Number]:
    if high.scale != 1.0 and low.scale == 1.0 and not low.given and 0 != low.value * high.scale < high.value:
        _refuse_multiplier(low, high, place)
    if low.percent and not high.percent and not high.given:
        last = f"{high.value:g}"
        fail("percent_first", place, f"{low.text} to {last}%", f"{low.value:g} to {last}")
    if not low.given and high.percent:
        low = replace(low, value=low.value / 100.0, percent=True, unit=high.unit, given=True)
    elif not low.given:
        low = replace(low, unit=high.unit, given=high.given)
    elif not high.given:
        high = replace(high, unit=low.unit, given=True)
    elif low.percent and high.percent:
        low = replace(low, unit=high.unit)
    return low, _converted(low, high, place)


def _converted(low: Number, high: Number, place: Place) -> Number:
    """The high end in the unit of the low one."""
    factor = factor_to(high.unit, low.unit)
    if factor is None:
        digits = low.text[: len(low.text.rstrip("".join(c for c in low.text if not c.isdigit())))]
        fail(
            "unlike_ends",
            place,
            f"{digits} to {high.text}",
            left=str(low.unit),
            right=str(high.unit),
        )
    return replace(high, value=high.value * factor, unit=low.unit)


def _refuse_multiplier(low: Number, high: Number, place: Place) -> None:
    """`1〜3万円`: is it 1万円 or 1円?"""
    digits = high.text
    at = next(i for i, char in enumerate(digits) if not (char.isdigit() or char in ".,"))
    ending = digits[at:].strip()
    multiplier = _multiplier_text(ending)
    unit = ending[len(multiplier) :].strip()
    space = " " if multiplier.isascii() and len(multiplier) > 1 else ""
    scaled = f"{low.text}{space}{multiplier} to {high.text}"
    gap = " " if unit.isascii() and unit else ""
    single = f"{low.text}{gap}{unit} to {high.text}" if unit else f"{low.text} to {_whole(high.value)}"
    fail("multiplier_shared", place, scaled, single, multiplier=multiplier)


def _whole(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:g}"


def _multiplier_text(ending: str) -> str:
    for word in ("thousand", "million", "billion", "trillion"):
        if ending.startswith(word):
            return word
    end = 0
    while end < len(ending) and ending[end] in "十百千万億兆京":
        end += 1
    return ending[: end or 1]


def yearly(node: Node, place: Place) -> Node:
    """`年30%`, `年0.4〜0.7桁`: written numbers get `per year` at once, other values when they are known."""
    if isinstance(node, Interval) and isinstance(node.low, Number) and isinstance(node.high, Number):
        return replace(node, low=_number_per_year(node.low), high=_number_per_year(node.high), place=place)
    if isinstance(node, Number):
        return replace(_number_per_year(node), place=place)
    return PerYear(node, place)


def _number_per_year(number: Number) -> Number:
    if number.unit.rate:
        return number
    unit = per_year_unit(number.unit)
    if unit is None:
        fail("growth_per_what", number.place, f"{number.text}%", f"{number.text}倍", written=number.text)
    return replace(number, unit=unit)


def chosen_shape(low: float, high: float, percent: bool, unit: Unit) -> str:
    """The shape of an interval that names none: logit-normal for shares, lognormal for what is above zero.

    Empty where neither fits, which is an end at or below zero.
    """
    if low <= 0:
        return ""
    if percent and unit.plain and low > 0 and high < 1:
        return "share"
    return "lognormal"


def in_percent(interval: Interval) -> bool:
    """Whether both ends were written in %."""
    ends = interval.low, interval.high
    return all(isinstance(end, Number) and end.percent for end in ends)


def check_intervals(root: Node) -> None:
    """Raise EstimateError for the first interval below `root` whose written ends are impossible."""
    for node in walk(root):
        if isinstance(node, Interval) and isinstance(node.low, Number) and isinstance(node.high, Number):
            _check_ends(node, node.low, node.high)
        elif isinstance(node, Distribution):
            _check_parameters(node)


def _check_ends(node: Interval, low: Number, high: Number) -> None:
    level = f" ({node.level * 100:g}%)" if node.level not in (0.9, 1.0) else ""
    written = f"{low.text} to {high.text}{level}"
    if low.value >= high.value:
        turned = _turned(low, high) + level
        same = low.value == high.value
        place = low.place.upto(high.place)
        fail("equal_ends" if same else "ends_order", place, high.text if same else turned, written=written)
    if not node.shape and not chosen_shape(low.value, high.value, in_percent(node), low.unit):
        fail(
            "not_positive",
            node.place,
            f"normal({written})",
            f"uniform({low.text} to {high.text})",
            written=written,
        )
    if node.shape in ("lognormal", "loguniform") and low.value <= 0:
        fail("shape_positive", node.place, "normal(" + written + ")", shape=node.shape, written=written)
    if node.shape == "share" and not 0 < low.value < high.value < 1:
        fail("shape_share", node.place, "share(10% to 90%)", written=written)


def _turned(low: Number, high: Number) -> str:
    """The ends in the other order; a unit that only the last one had is again the last one's."""
    number = _DIGITS.match(high.text)
    unit = high.text[number.end() :] if number is not None else ""
    if number is not None and unit and "%" not in unit and _DIGITS.fullmatch(low.text):
        return f"{number.group()} to {low.text}{unit}"
    return f"{_bare_text(high, low)} to {_bare_text(low, high)}"


def _bare_text(number: Number, other: Number) -> str:
    """The number with the unit that it shared with the other end."""
    return number.text if number.percent == other.percent or "%" in number.text else number.text + "%"


def _check_parameters(node: Distribution) -> None:
    values = [part.value if isinstance(part, Number) else None for part in node.parameters]
    if node.shape in ("normal", "lognormal") and values[1] is not None and values[1] <= 0:
        fail("parameter_positive", node.parameters[1].place, "1", parameter="sd")
    if node.shape == "lognormal" and values[0] is not None and values[0] <= 0:
        fail("parameter_positive", node.parameters[0].place, "1", parameter="median")
    if node.shape in ("exponential", "poisson", "beta"):
        for part, value in zip(node.parameters, values, strict=True):
            if value is not None and value <= 0:
                fail(
                    "parameter_positive",
                    part.place,
                    "1",
                    parameter="mean" if node.shape != "beta" else "a, b",
                )
    if node.shape == "triangular" and None not in values:
        low, mode, high = (value for value in values if value is not None)
        if not (low <= mode <= high and low < high):
            ordered = ", ".join(p.text for p in sorted(_numbers(node), key=lambda p: p.value))
            fail("triangular_order", node.place, f"triangular({ordered})")


def _numbers(node: Distribution) -> list[Number]:
    return [part for part in node.parameters if isinstance(part, Number)]
