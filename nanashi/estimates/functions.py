"""The functions of the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import numpy as np

from nanashi.estimates.arithmetic import matched
from nanashi.estimates.nodes import Call, Convert, Node
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.rates import convert_rate
from nanashi.estimates.samples import Sample, joined_axis
from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import OOM_UNIT, PLAIN, Unit, factor_to, multiply, raised, rooted
from nanashi.estimates.world import World, share_text

_REDUCE: dict[str, Callable[..., Floats]] = {"sum": np.sum, "mean": np.mean, "min": np.min, "max": np.max}


def call(world: World, node: Call, arguments: list[Sample]) -> Sample:
    """The value of a function of the language."""
    first = arguments[0]
    if any(argument.kind == "event" for argument in arguments) and node.function not in ("min", "max"):
        fail("event_arithmetic", node.place, node.arguments[0].place.text, written=node.place.text)
    if node.function == "product":
        return _product(world, node, first)
    if node.function in _REDUCE and len(arguments) == 1:
        reduce = _REDUCE[node.function]
        cells = world.checked(lambda: reduce(first.cells, axis=0, keepdims=True), node.place)
        return Sample(cells, _kept(first), "", "event" if first.kind == "event" else "number")
    if node.function in ("min", "max"):
        return _extreme(node, arguments)
    if node.function == "clip":
        return _clip(node, *arguments)
    return _ONE[node.function](world, node, first)


def _kept(sample: Sample) -> Unit:
    return replace(sample.unit, hint=sample.unit.hint if sample.unit.hint == "%" else "")


def _product(world: World, node: Call, sample: Sample) -> Sample:
    cells = world.checked(lambda: np.prod(sample.cells, axis=0, keepdims=True), node.place)
    return Sample(cells, raised(sample.unit, len(sample.cells)))


def _extreme(node: Call, arguments: list[Sample]) -> Sample:
    """The smallest or largest of several values, draw by draw."""
    join = np.minimum if node.function == "min" else np.maximum
    kinds = {argument.kind for argument in arguments}
    result = arguments[0]
    for index, argument in enumerate(arguments[1:], 1):
        if "event" in kinds:
            cells, unit = (
                join(result.cells, argument.cells),
                result.unit if result.kind == "event" else argument.unit,
            )
        else:
            unit, left, right = matched(node, result, argument, (node.arguments[0], node.arguments[index]))
            cells = join(left, right)
        result = Sample(cells, unit, joined_axis(result, argument), "event" if "event" in kinds else "number")
    return replace(result, unit=_kept(result))


def _clip(node: Call, value: Sample, low: Sample, high: Sample) -> Sample:
    """A value moved into the range between two others."""
    unit, cells, bottom = matched(node, value, low, (node.arguments[0], node.arguments[1]))
    above = Sample(np.maximum(cells, bottom), unit, joined_axis(value, low))
    unit, cells, top = matched(node, above, high, (node.arguments[0], node.arguments[2]))
    clipped = Sample(np.minimum(cells, top), unit, joined_axis(above, high))
    return replace(clipped, unit=_kept(clipped))


def _exp(world: World, node: Call, sample: Sample) -> Sample:
    _require_plain(node, sample)
    return Sample(world.checked(lambda: np.exp(sample.cells), node.place), PLAIN, sample.axis)


def _logarithm(world: World, node: Call, sample: Sample) -> Sample:
    """`ln` gives a plain number, `log10` one in OOM; the number counts as written in its unit."""
    bad = world.counted(np.broadcast_to(sample.cells <= 0.0, sample.cells.shape))
    if np.any(bad):
        text = node.arguments[0].place.text
        fail("log_negative", node.arguments[0].place, f"max({text}, 1)", share=share_text(bad), part=text)
    take = np.log if node.function == "ln" else np.log10
    unit = PLAIN if node.function == "ln" else OOM_UNIT
    return Sample(world.checked(lambda: take(sample.cells), node.place), unit, sample.axis)


def _sqrt(world: World, node: Call, sample: Sample) -> Sample:
    bad = world.counted(np.broadcast_to(sample.cells < 0.0, sample.cells.shape))
    if np.any(bad):
        text = node.arguments[0].place.text
        fail("sqrt_negative", node.arguments[0].place, f"max({text}, 0)", share=share_text(bad), part=text)
    unit = rooted(sample.unit)
    if unit is None:
        text = node.arguments[0].place.text
        fail("sqrt_unit", node.arguments[0].place, f"{text} / (1 {sample.unit})", unit=str(sample.unit))
    return Sample(world.checked(lambda: np.sqrt(sample.cells), node.place), unit, sample.axis)


def _simple(function: Callable[[Floats], Floats]) -> Callable[[World, Call, Sample], Sample]:
    def apply(world: World, node: Call, sample: Sample) -> Sample:
        return Sample(function(sample.cells), _kept(sample), sample.axis)

    return apply


def _half_up(cells: Floats) -> Floats:
    """The nearest whole number, halves upwards as people round."""
    return np.floor(cells + 0.5)


_ONE: dict[str, Callable[[World, Call, Sample], Sample]] = {
    "exp": _exp,
    "ln": _logarithm,
    "log10": _logarithm,
    "sqrt": _sqrt,
    "abs": _simple(np.abs),
    "floor": _simple(np.floor),
    "round": _simple(_half_up),
}


def _require_plain(node: Call, sample: Sample) -> None:
    if not sample.unit.plain:
        text = node.arguments[0].place.text
        fail(
            "function_unit",
            node.arguments[0].place,
            f"{text} / (1 {sample.unit})",
            unit=str(sample.unit),
            function=node.function,
        )


def convert(node: Convert, sample: Sample) -> Sample:
    """`x in UNIT`; raises EstimateError where the two units are unlike."""
    target = node.unit
    if sample.kind == "event":
        fail("event_arithmetic", node.place, node.operand.place.text, written=node.place.text)
    loose = _closed_loose(sample)
    if sample.unit.bare and target.words == OOM_UNIT.words and not target.power:
        sample = replace(sample, unit=PLAIN)
    factor = factor_to(sample.unit, target)
    if factor is None and loose is not None:
        factor = factor_to(loose, target)
    if factor is not None:
        return Sample(sample.cells if factor == 1.0 else sample.cells * factor, target, sample.axis, "number")
    cells = convert_rate(sample, target)
    if cells is None:
        _refuse_conversion(node, sample)
    return Sample(cells, target, sample.axis)


def _closed_loose(sample: Sample) -> Unit | None:
    """The unit if a bare numerator had been in the divisor's: [100] / (100 tokens/min) in min."""
    if not sample.unit.loose:
        return None
    unit = sample.unit
    for key, power in sample.unit.loose:
        for _ in range(power):
            unit, _factor = multiply(unit, Unit(((key, 1),)))
    return unit


def _refuse_conversion(node: Convert, sample: Sample) -> NoReturn:
    own = str(sample.unit)
    place: Place = node.place
    keep: Node = node.operand
    fail("unlike_units", place, keep.place.text, left=own, right=str(node.unit))
