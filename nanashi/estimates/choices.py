"""Draws, mixtures, yes and no, and branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nanashi.estimates.arithmetic import matched, require_truth, unlike
from nanashi.estimates.dimensions import is_single_draw
from nanashi.estimates.distributions import from_interval, from_parameters
from nanashi.estimates.intervals import chosen_shape, in_percent
from nanashi.estimates.nodes import Distribution, If, Interval, Mixture, Node, Yes
from nanashi.estimates.problems import fail
from nanashi.estimates.samples import Sample, as_truth, joined_axis, signed
from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import PLAIN, Unit, common
from nanashi.estimates.world import World, share_text

Evaluate = Callable[[Node], Sample]
_EDGE = 1e-12


def draw_interval(world: World, node: Interval, evaluate: Evaluate) -> Sample:
    """The draws of an interval."""
    low, high = evaluate(node.low), evaluate(node.high)
    unit, bottom, top = matched(node, low, high, (node.low, node.high))
    bad = world.counted(np.broadcast_to(bottom >= top, np.broadcast_shapes(bottom.shape, top.shape)))
    low_text, high_text = node.low.place.text, node.high.place.text
    if np.any(bad):
        fail("ends_order", node.place, f"{high_text} to {low_text}", written=node.place.text)
    shape = node.shape or chosen_shape(float(bottom.min()), float(top.max()), in_percent(node), unit)
    if not shape or (shape in ("lognormal", "loguniform") and bottom.min() <= 0):
        ends = f"{low_text} to {high_text}"
        fail("not_positive", node.place, f"normal({ends})", f"uniform({ends})", written=node.place.text)
    if shape == "share" and (bottom.min() <= 0 or top.max() >= 1):
        fail("shape_share", node.place, "share(10% to 90%)", written=node.place.text)
    points = world.points_of(node)
    cells = world.checked(lambda: from_interval(shape, points, bottom, top, node.level), node.place)
    shown = "logit-normal" if shape == "share" else shape
    return Sample(cells, unit, joined_axis(low, high), "number", shown)


def draw_distribution(world: World, node: Distribution, evaluate: Evaluate) -> Sample:
    """The draws of a distribution given by its parameters."""
    samples = [evaluate(part) for part in node.parameters]
    unit = samples[0].unit
    cells = [samples[0].cells]
    for part, sample in zip(node.parameters[1:], samples[1:], strict=True):
        if node.shape in ("lognormal", "beta"):
            cells.append(sample.cells)
            continue
        found = common(unit, sample.unit)
        if found is None:
            unlike(node, node.parameters[0], part, (unit, sample.unit))
        unit = found[0]
        cells.append(sample.cells * found[2])
    _check_parameters(world, node, cells)
    points = world.points_of(node)
    drawn = world.checked(lambda: from_parameters(node.shape, points, tuple(cells)), node.place)
    return Sample(drawn, unit, joined_axis(*samples), "number", node.shape)


def _check_parameters(world: World, node: Distribution, cells: list[Floats]) -> None:
    """Spreads, means and medians must be above zero in every draw, and low, mode and high in order."""
    positive = {"normal": (1,), "triangular": ()}.get(node.shape, range(len(cells)))
    for index in positive:
        bad = world.counted(np.broadcast_to(cells[index] <= 0.0, cells[index].shape))
        if np.any(bad):
            part = node.parameters[index].place
            fail("parameter_draws", part, f"max({part.text}, 1)", share=share_text(bad), part=part.text)
    if node.shape == "poisson" and np.any(cells[0] > 1e12):
        fail("parameter_draws", node.parameters[0].place, "1e6", share="100%", part=node.place.text)
    if node.shape == "triangular":
        low, mode, high = cells
        if np.any(low > mode) or np.any(mode > high) or np.any(low >= high):
            fail("triangular_order", node.place, "triangular(1, 2, 4)")


def draw_yes(world: World, node: Yes, evaluate: Evaluate) -> Sample:
    """1 with a chance, else 0; high points are yes, so that correlations have the sign that is meant."""
    chance = evaluate(node.chance)
    if not chance.unit.plain:
        fail("function_unit", node.chance.place, "50%", unit=str(chance.unit), function="yes with")
    if np.any(chance.cells < 0.0) or np.any(chance.cells > 1.0):
        text = node.chance.place.text
        fail("chance", node.chance.place, f"(clip({text}, 0, 1))", written=text)
    cells = (world.points_of(node) >= 1.0 - chance.cells).astype(np.float64)
    return Sample(cells, PLAIN, chance.axis, "truth", "yes/no")


def draw_mixture(world: World, node: Mixture, evaluate: Evaluate) -> Sample:
    """One arm a draw, with chances in proportion to the weights."""
    weights = np.array(node.weights) / sum(node.weights)
    if node.weighted and abs(sum(node.weights) - 1.0) > 1e-9:
        world.notice("weights_sum", node.place, sum=f"{100 * sum(node.weights):g}%")
    points = world.points_of(node)
    ends = np.concatenate([[0.0], np.cumsum(weights)])
    ends[-1] = 1.0
    single = is_single_draw(node)
    chosen = [(points >= ends[i]) & (points < ends[i + 1]) for i in range(len(weights))]
    arms: list[Sample] = []
    for index, arm in enumerate(node.arms):
        with world.only_where(chosen[index]):
            if single:
                inside = (points - ends[index]) / max(weights[index], _EDGE)
                with world.drawing_at(np.clip(inside, _EDGE, 1.0 - _EDGE)):
                    arms.append(signed(evaluate(arm)))
            else:
                arms.append(signed(evaluate(arm)))
    unit, cells = _in_one_unit(node, arms, node.arms)
    result = np.broadcast_to(cells[0], np.broadcast_shapes(points.shape, *(c.shape for c in cells)))
    for mask, other in zip(chosen[1:], cells[1:], strict=True):
        result = np.where(mask, other, result)
    if single:
        result = _monotone(points, result)
    shape = "mixture" if node.weighted else "choice"
    return Sample(result, unit, joined_axis(*arms), _kind(arms), shape)


def _monotone(points: Floats, cells: Floats) -> Floats:
    """The same draws, rising with the points, so that rank correlations mean what they say."""
    ranks = np.empty(points.shape[1], dtype=np.intp)
    ranks[np.argsort(points[0], kind="stable")] = np.arange(points.shape[1])
    return np.sort(cells[0])[ranks][np.newaxis]


def choose(world: World, node: If, evaluate: Evaluate) -> Sample:
    """`if c then a else b`; errors count only in the branch that is taken."""
    condition = evaluate(node.condition)
    require_truth(condition, node.condition)
    held = as_truth(condition)
    with world.only_where(held):
        yes = signed(evaluate(node.yes))
    with world.only_where(~held):
        no = signed(evaluate(node.no))
    unit, cells = _in_one_unit(node, [yes, no], (node.yes, node.no))
    return Sample(np.where(held, *cells), unit, joined_axis(condition, yes, no), _kind([yes, no]))


def _kind(samples: list[Sample]) -> str:
    kinds = {sample.kind for sample in samples}
    if "event" in kinds:
        return "event"
    return "truth" if kinds == {"truth"} else "number"


def _in_one_unit(node: Node, samples: list[Sample], parts: tuple[Node, ...]) -> tuple[Unit, list[Floats]]:
    """The cells of several values in the unit of the first that has one."""
    unit = samples[0].unit
    lead = 0
    for index, sample in enumerate(samples):
        if unit.bare and not sample.unit.bare:
            unit, lead = sample.unit, index
    cells: list[Floats] = []
    for index, sample in enumerate(samples):
        found = common(unit, sample.unit)
        if found is None:
            unlike(node, parts[lead], parts[index], (unit, sample.unit))
        cells.append(sample.cells if found[2] == 1.0 else sample.cells * found[2])
    hints = {sample.unit.hint for sample in samples}
    return replace(unit, hint=unit.hint if len(hints) == 1 else ""), cells


def gather(node: Node, samples: list[Sample], parts: tuple[Node, ...]) -> Sample:
    """A list of values, in one unit."""
    unit, cells = _in_one_unit(node, [signed(sample) for sample in samples], parts)
    width = max(c.shape[1] for c in cells)
    return Sample(np.concatenate([np.broadcast_to(c, (1, width)) for c in cells]), unit, "list")
