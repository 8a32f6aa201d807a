"""How well an estimate fared once the outcome is known. Lower scores are better."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nanashi.estimates.problems import fail
from nanashi.estimates.samples import Sample
from nanashi.estimates.sobol import Floats
from nanashi.estimates.statements import Outcome
from nanashi.estimates.units import factor_to
from nanashi.estimates.world import World

_LEANING = 1.6
_LARGEST = 1e150
_WIDEST, _FEWEST, _TOWARDS_END = 0.1, 40, 0.75


@dataclass(frozen=True, slots=True)
class Score:
    """`crps` and `inside90` for numbers and events, `brier` for yes/no values; `log` is -ln of the density
    (or chance) that the draws give the outcome, None where that cannot be told. `outcome` is None
    for never."""

    outcome: float | None
    crps: float | None = None
    brier: float | None = None
    log: float | None = None
    inside90: bool | None = None


def score(world: World, outcome: Outcome, sample: Sample) -> Score:
    """The score of one outcome. Raises EstimateError where it does not fit the value."""
    if sample.axis == "list":
        fail("outcome_list", replace(outcome.place, start=0), "", name=outcome.name)
    if sample.axis == "years":
        sample = _at_year(world, outcome, sample)
    if sample.kind == "truth" or (sample.kind == "chance" and outcome.value in (0.0, 1.0)):
        return _yes_no(world, outcome, sample)
    if sample.kind == "event":
        return _event(world, outcome, sample)
    if outcome.answer or np.isinf(outcome.value):
        fail("outcome_number", outcome.place, f" {outcome.name} = 1 on {outcome.date}", written=outcome.text)
    return _number(world, outcome, sample)


def _at_year(world: World, outcome: Outcome, sample: Sample) -> Sample:
    row = int(outcome.date.year - world.years[0])
    if not 0 <= row < len(world.years):
        last = int(world.years[-1])
        fail(
            "outcome_series",
            outcome.place,
            f" {outcome.name} = {outcome.text} on {last}-01-01",
            name=outcome.name,
            year=str(outcome.date.year),
        )
    return replace(sample, cells=sample.cells[row : row + 1], axis="")


def _yes_no(world: World, outcome: Outcome, sample: Sample) -> Score:
    """Brier score (G. W. Brier 1950) of the share of draws that say yes, and -ln of the outcome's share."""
    if outcome.value not in (0.0, 1.0):
        fail("outcome_yes", outcome.place, f" {outcome.name} = yes on {outcome.date}", name=outcome.name)
    chance = float(sample.cells.mean())
    given = chance if outcome.value else 1.0 - chance
    return Score(outcome.value, brier=(chance - outcome.value) ** 2, log=_log_of(world, outcome, given))


def _log_of(world: World, outcome: Outcome, chance: float) -> float | None:
    if chance > 0.0:
        return 0.0 if chance == 1.0 else -float(np.log(chance))
    world.notice("score_discrete", outcome.place, name=outcome.name)
    return None


def _event(world: World, outcome: Outcome, sample: Sample) -> Score:
    """An event is scored on whole years; never counts as a year of its own after the last."""
    if outcome.answer or (np.isfinite(outcome.value) and outcome.value != round(outcome.value)):
        fail("outcome_year", outcome.place, f" {outcome.name} = {outcome.date.year} on {outcome.date}")
    after = float(world.years[-1]) + 1.0
    finite = sample.cells[0][np.isfinite(sample.cells[0])]
    after = max(after, float(finite.max()) + 1.0) if finite.size else after
    draws = np.sort(np.where(np.isfinite(sample.cells[0]), sample.cells[0], after))
    known = outcome.value if np.isfinite(outcome.value) else after
    shown = outcome.value if np.isfinite(outcome.value) else None
    log = _log_of(world, outcome, float(np.mean(draws == known)))
    low, high = _whole_interval(draws)
    return Score(shown, crps=crps(draws, known), log=log, inside90=bool(low <= known <= high))


def _whole_interval(ordered: Floats) -> tuple[float, float]:
    count = len(ordered)
    low, high = (max(0, int(np.ceil(level * count - 1e-9)) - 1) for level in (0.05, 0.95))
    return float(ordered[low]), float(ordered[high])


def _number(world: World, outcome: Outcome, sample: Sample) -> Score:
    factor = factor_to(outcome.unit, sample.unit)
    if factor is None:
        remedy = f" {outcome.name} = {outcome.value:g} {sample.unit} on {outcome.date}"
        fail(
            "outcome_unit",
            outcome.place,
            remedy,
            left=str(sample.unit),
            right=str(outcome.unit),
        )
    known = outcome.value * factor
    draws = np.sort(sample.cells[0])
    if max(abs(known), float(np.abs(draws).max())) > _LARGEST:
        fail(
            "overflow",
            outcome.place,
            f" {outcome.name} = 1 {sample.unit} on {outcome.date}",
            share="100%",
            part=outcome.name,
        )
    if len(draws) == 1:
        return Score(known, crps=abs(float(draws[0]) - known), log=None, inside90=bool(draws[0] == known))
    low, high = np.quantile(draws, (0.05, 0.95), method="hazen")
    return Score(
        known,
        crps=crps(draws, known),
        log=_log_score(world, outcome, draws, known),
        inside90=bool(low <= known <= high),
    )


def crps(ordered: Floats, outcome: float) -> float:
    """Continuous ranked probability score of sorted draws: E|X - y| - E|X - X'| / 2.

    T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", J. American
    Statistical Association 102 (2007), equation 21; E|X - X'| from the order statistics.
    """
    count = len(ordered)
    weights = (2.0 * np.arange(1, count + 1) - count - 1.0) / count**2
    return float(np.mean(np.abs(ordered - outcome)) - np.sum(weights * ordered))


def _log_score(world: World, outcome: Outcome, draws: Floats, known: float) -> float | None:
    if len(np.unique(draws)) < len(draws) / 2:
        return _log_of(world, outcome, float(np.mean(draws == known)))
    density = density_at(draws, known)
    if density is None:
        world.notice("score_outside", outcome.place, name=outcome.name)
        return None
    return -float(np.log(density))


def density_at(ordered: Floats, at: float) -> float | None:
    """The density of sorted draws at a point, None where it lies outside them.

    The slope of a local cubic fit to the distribution function over the nearest draws, a tenth of all on
    either side and fewer towards the ends (three quarters of those that are left), with weights that fall to
    the edge (J. Fan and I. Gijbels, "Local Polynomial Modelling and Its Applications",
    1996, section 3.1: the bias is of fourth order). Draws that are all above zero and lean to the right are
    fitted on the log scale, where long tails are short. Tested with normal, lognormal and uniform draws.
    """
    if not ordered[0] <= at <= ordered[-1]:
        return None
    low, middle, high = (ordered[int(share * (len(ordered) - 1))] for share in (0.25, 0.5, 0.75))
    if ordered[0] > 0.0 and high - middle > _LEANING * (middle - low):
        inner = _slope(np.log(ordered), float(np.log(at)))
        return None if inner is None else inner / at
    return _slope(ordered, at)


def _slope(ordered: Floats, at: float) -> float | None:
    count = len(ordered)
    middle = int(np.searchsorted(ordered, at))
    left = min(middle, count - middle)
    half = int(min(max(_TOWARDS_END * left, _FEWEST), max(_WIDEST * count, _FEWEST)))
    low, high = max(0, middle - half), min(count, middle + half)
    x = ordered[low:high] - at
    reach = float(np.abs(x).max())
    if reach <= 0.0:
        return None
    scaled = x / reach
    level = (np.arange(low, high) + 0.5) / count
    weights = np.sqrt(np.maximum(1.0 - scaled**2, 0.0))
    columns = np.stack([np.ones_like(scaled), scaled, scaled**2, scaled**3], axis=1)
    fit, *_ = np.linalg.lstsq(columns * weights[:, np.newaxis], (level - level[0]) * weights, rcond=None)
    slope = float(fit[1]) / reach
    near = 1.0 / (count * max(float(ordered[-1] - ordered[0]), 1e-300))
    return slope if slope > near else near
