"""From a block to its answer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nanashi.estimates.block import Block, with_changes
from nanashi.estimates.dimensions import is_uncertain
from nanashi.estimates.drawing import Points
from nanashi.estimates.evaluating import Evaluator
from nanashi.estimates.limits import DEFAULT_SAMPLES, MAX_WORK
from nanashi.estimates.order import ancestors
from nanashi.estimates.problems import fail
from nanashi.estimates.result import Result, ValueResult
from nanashi.estimates.scoring import score
from nanashi.estimates.sensitivity import first_order_shares, row_for
from nanashi.estimates.shapes import check_budget
from nanashi.estimates.sobol import Floats
from nanashi.estimates.summary import summarise
from nanashi.estimates.world import World

_KINDS = {"years": "series", "list": "list", "": "scalar"}


def evaluate(
    block: Block,
    *,
    samples: int = DEFAULT_SAMPLES,
    seed: int | None = None,
    changes: Mapping[str, str] | None = None,
    max_work: int = MAX_WORK,
) -> Result:
    """Evaluate a block.

    `samples` is the number of draws, `seed` overrides the one made from the base block's text, and `changes`
    replaces assumptions by other expressions, as a reader does. `max_work` bounds draws x years x operations
    before anything is drawn. The same text, seed and count give the same
    figures in every process. Raises EstimateError.
    """
    if changes:
        block = with_changes(block, changes)
    if block.withdrawn and block.base is not None:
        fail("base_withdrawn", block.base.place)
    check_budget(block, samples, max_work)
    used = block.seed if seed is None else seed
    with np.errstate(over="raise", divide="raise", invalid="raise", under="ignore"):
        world = _evaluated(block, used, samples)
        values = {name: _value_result(world, name) for name in block.values}
        scores = {name: score(world, outcome, world.done[name]) for name, outcome in block.outcomes.items()}
        shares = _sensitivity(world)
    return Result(block, used, samples, values, shares, scores, tuple(world.notices))


def _evaluated(block: Block, seed: int, samples: int) -> World:
    first, last = block.years or (0, 0)
    years = np.arange(first, last + 1, dtype=np.float64)
    world = World(block, Points(block, seed, samples), years)
    evaluator = Evaluator(world)
    for name in block.order:
        world.done[name] = evaluator.value(name)
    return world


def _value_result(world: World, name: str) -> ValueResult:
    sample = world.done[name]
    summary = summarise(sample)
    if not summary.stable:
        world.notice("mean_unstable", world.block.values[name].place, name=name)
    event = sample.kind == "event"
    kind = "event" if event else _KINDS[sample.axis]
    years = tuple(int(year) for year in world.years) if sample.axis == "years" else ()
    shape = (sample.shape or "number") if name in world.block.assumptions else ""
    percent = sample.unit.hint == "%" or sample.kind == "chance"
    return ValueResult(
        name, kind, "year" if event else str(sample.unit), summary, shape, percent, years, sample
    )


def _sensitivity(world: World) -> dict[str, list[tuple[str, float]]]:
    """Shares for each uncertain number or event that is a formula, and for each series that is shown."""
    block = world.block
    below = ancestors(block.values, block.order)
    found: dict[str, list[tuple[str, float]]] = {}
    uncertain = [name for name in block.assumptions if is_uncertain(block.values[name].node)]
    for name in block.values:
        row = row_for(world.done[name])
        if row is None or name in block.assumptions or (world.done[name].axis and name not in block.results):
            continue
        points: dict[str, Floats] = {
            other: world.points.of(other)[0] for other in uncertain if other in below[name]
        }
        shares = first_order_shares(row, points)
        if shares:
            found[name] = shares
    return found
