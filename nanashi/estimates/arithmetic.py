"""Signs between two values: sums, products, powers, comparisons, with their units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import numpy as np

from nanashi.estimates.nodes import Binary, Node, Number
from nanashi.estimates.problems import fail
from nanashi.estimates.samples import Sample, as_truth, joined_axis
from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import BARE, OOM_UNIT, PLAIN, YEAR, Unit, common, factor_to, multiply, raised
from nanashi.estimates.world import World, share_text

_MAX_POWER = 30
_COMPARE: dict[str, Callable[[Floats, Floats], object]] = {
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
    "==": np.equal,
    "!=": np.not_equal,
}


def apply_sign(world: World, node: Binary, left: Sample, right: Sample) -> Sample:
    """The value of a sign between two values. Raises EstimateError for unlike units and the like."""
    if node.sign in ("and", "or"):
        return _logical(node, left, right)
    if node.sign in _COMPARE:
        return _compared(node, left, right)
    if "event" in (left.kind, right.kind):
        return _shifted_event(world, node, left, right)
    for sample, part in ((left, node.left), (right, node.right)):
        if sample.unit.hint == "halving":
            world.notice("halving_counted", part.place, part=part.place.text)
    if node.sign in "+-":
        return _sum(world, node, left, right)
    if node.sign == "^":
        return _power(world, node, left, right)
    return _product(world, node, left, right)


def unlike(node: Node, left: Node, right: Node, units: tuple[Unit, Unit]) -> NoReturn:
    """Raise EstimateError for two values whose units cannot be made the same."""
    names = {"left": str(units[0]), "right": str(units[1])}
    if isinstance(right, Number):
        fail("unlike_units", right.place, f"{right.value:g} {names['left']}".rstrip(), **names)
    if isinstance(left, Number):
        fail("unlike_units", left.place, f"{left.value:g} {names['right']}".rstrip(), **names)
    sides = [
        f"{part.place.text} / (1 {unit})" if str(unit) and not str(unit).startswith("1/") else part.place.text
        for part, unit in zip((left, right), units, strict=True)
    ]
    between = node.place.source[left.place.end : right.place.start]
    fail("unlike_units", left.place.upto(right.place), between.join(sides), **names)


def matched(node: Node, left: Sample, right: Sample, parts: tuple[Node, Node]) -> tuple[Unit, Floats, Floats]:
    """Two values in one unit; raises EstimateError where they are unlike."""
    found = common(left.unit, right.unit)
    if found is None:
        unlike(node, *parts, (left.unit, right.unit))
    unit, first, second = found
    return (
        unit,
        left.cells if first == 1.0 else left.cells * first,
        right.cells if second == 1.0 else right.cells * second,
    )


def _logical(node: Binary, left: Sample, right: Sample) -> Sample:
    for sample, part in ((left, node.left), (right, node.right)):
        require_truth(sample, part)
    join = np.logical_and if node.sign == "and" else np.logical_or
    cells = join(as_truth(left), as_truth(right)).astype(np.float64)
    return Sample(cells, PLAIN, joined_axis(left, right), "truth")


def require_truth(sample: Sample, node: Node) -> None:
    """Raise EstimateError when a value is no condition."""
    if sample.kind != "truth":
        text = node.place.text
        fail("not_condition", node.place, f"({text} > 0)", written=text)


def _compared(node: Binary, left: Sample, right: Sample) -> Sample:
    for event, other, part in ((left, right, node.right), (right, left, node.left)):
        timeless = not other.unit.plain and factor_to(other.unit, YEAR) is None
        if event.kind == "event" and other.kind != "event" and timeless:
            unlike(node, node.left, node.right, (left.unit, right.unit))
        if event.kind == "event" and other.kind == "truth":
            fail("event_arithmetic", part.place, "2030", written=node.place.text)
    if "event" in (left.kind, right.kind):
        first, second = left.cells, right.cells
    else:
        _, first, second = matched(node, left, right, (node.left, node.right))
    cells = np.asarray(_COMPARE[node.sign](first, second), dtype=np.float64)
    return Sample(cells, PLAIN, joined_axis(left, right), "truth")


def _shifted_event(world: World, node: Binary, left: Sample, right: Sample) -> Sample:
    """An event some time later or earlier, in whole years; no other arithmetic has a meaning for never."""
    event, other = (left, right) if left.kind == "event" else (right, left)
    fits = node.sign == "+" or (node.sign == "-" and event is left)
    factor = factor_to(replace(other.unit, hint=""), YEAR) if other.kind != "event" else None
    if factor is None and other.unit.plain and other.kind == "number":
        factor = 1.0
    if not fits or factor is None or joined_axis(left, right):
        fail(
            "event_arithmetic",
            node.place,
            node.left.place.text if left.kind == "event" else node.right.place.text,
            written=node.place.text,
        )
    shift = other.cells * factor * (1.0 if node.sign == "+" else -1.0)
    cells = world.checked(lambda: np.floor(event.cells + shift), node.place)
    return Sample(cells, YEAR, "", "event")


def _sum(world: World, node: Binary, left: Sample, right: Sample) -> Sample:
    unit, first, second = matched(node, left, right, (node.left, node.right))
    join = np.add if node.sign == "+" else np.subtract
    cells = world.checked(lambda: join(first, second), node.place)
    return Sample(cells, replace(unit, hint=unit.hint if unit.hint == "%" else ""), joined_axis(left, right))


def _product(world: World, node: Binary, left: Sample, right: Sample) -> Sample:
    sign = 1 if node.sign == "*" else -1
    unit, factor = multiply(left.unit, right.unit, sign)
    if sign < 0:
        refuse_zero(world, node.right, right.cells)
    join = np.multiply if sign > 0 else np.divide
    cells = world.checked(lambda: _scaled(join(left.cells, right.cells), factor), node.place)
    return Sample(cells, unit, joined_axis(left, right))


def _scaled(cells: Floats, factor: float) -> Floats:
    return cells if factor == 1.0 else cells * factor


def refuse_zero(world: World, node: Node, cells: Floats) -> None:
    """Raise EstimateError when a divisor has draws on both sides of zero, or on it."""
    if not (cells.min() <= 0.0 <= cells.max()):
        return
    rows = (cells.min(axis=1) <= 0.0) & (cells.max(axis=1) >= 0.0)
    if not rows.any():
        return
    bad = world.counted(np.broadcast_to((cells <= 0.0) & rows[:, np.newaxis], cells.shape))
    good = world.counted(np.broadcast_to((cells >= 0.0) & rows[:, np.newaxis], cells.shape))
    if not bad.any() or not good.any():
        return
    fewer = bad if bad.sum() <= good.sum() else good
    fail(
        "divide_zero",
        node.place,
        f"max({_unwrapped(node)}, 1)",
        share=share_text(fewer),
        part=node.place.text,
    )


def _unwrapped(node: Node) -> str:
    text = node.place.text
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text


def _power(world: World, node: Binary, left: Sample, right: Sample) -> Sample:
    unit = _power_unit(node, left, right)
    base, exponent = left.cells, right.cells
    negative = world.counted(
        np.broadcast_to(
            (base < 0) & (exponent != np.floor(exponent)), np.broadcast_shapes(base.shape, exponent.shape)
        )
    )
    if np.any(negative):
        fail(
            "power_negative", node.left.place, f"max({_unwrapped(node.left)}, 0)", share=share_text(negative)
        )
    if np.any(exponent < 0):
        refuse_zero(world, node.left, base)
    if right.certain and right.cells.size == 1 and float(right.cells[0, 0]) == 2.0:
        cells = world.checked(lambda: np.square(base), node.place)
    elif left.certain and left.cells.size == 1 and base[0, 0] > 0:
        log = float(np.log(base[0, 0]))
        cells = world.checked(lambda: np.exp(exponent * log), node.place)
    else:
        cells = world.checked(lambda: np.power(base, exponent), node.place)
    return Sample(cells, unit, joined_axis(left, right))


def _powers(unit: Unit) -> list[int]:
    return [unit.power, *(power for _, power in unit.words)]


def _power_unit(node: Binary, left: Sample, right: Sample) -> Unit:
    """10^(3 OOM) is plain; a unit may be raised to a whole number only."""
    if right.unit.dimension == OOM_UNIT.dimension and not right.unit.bare:
        if not (left.certain and left.unit.plain and np.all(left.cells == 10.0)):
            fail("power_of_oom", node.left.place, "10", written=node.place.text)
        return PLAIN
    if not right.unit.plain:
        text = node.right.place.text
        fail("exponent_unit", node.right.place, f"({text} / (1 {right.unit}))", unit=str(right.unit))
    if left.unit.plain:
        return BARE if left.unit.bare and right.unit.bare else PLAIN
    value = float(right.cells[0, 0]) if right.cells.size == 1 else float("nan")
    if value != np.floor(value) or abs(value) * max(abs(p) for p in _powers(left.unit)) > _MAX_POWER:
        fail(
            "power_unit", node.left.place, f"({node.left.place.text} / (1 {left.unit}))", unit=str(left.unit)
        )
    return raised(left.unit, int(value))
