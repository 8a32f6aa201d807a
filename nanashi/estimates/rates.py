"""Growth rates: so many orders of magnitude, per cent or times per time, and doubling or halving times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nanashi.estimates.nodes import Axis, Name, Node, Number
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.samples import Sample, signed
from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import OOM, OOM_A_YEAR, OOM_UNIT, PLAIN, SECONDS, Unit, per_year_unit


def yearly_factor(rate: Sample, node: Node) -> Floats:
    """What a year of growth at `rate` multiplies by; `rate` is per any time and compounds.

    Raises EstimateError when it is no rate (per what?) or falls by all there is.
    """
    if not rate.unit.rate:
        _refuse(rate, node)
    cells = signed(rate).cells
    years = SECONDS["year"] / SECONDS[rate.unit.time]
    if rate.unit.words == ((OOM, 1),):
        return np.asarray(np.exp(cells * (years * np.log(10.0))))
    factor = cells if rate.unit.words else 1.0 + cells
    if np.any(factor <= 0.0):
        share = float(np.mean(np.any(factor <= 0.0, axis=0)))
        fail("growth_below", node.place, "10%/yr", share=f"{share:.2%}")
    return factor if years == 1.0 else np.power(factor, years)


def _refuse(rate: Sample, node: Node) -> None:
    place = node.place
    hint = rate.unit.hint
    text = place.text
    spaced = f"{text}/yr" if isinstance(node, Number) and (node.given or hint) else f"{text} %/yr"
    if isinstance(node, Number) or (rate.unit.plain or rate.unit.words == ((OOM, 1),)):
        wrapped = spaced if isinstance(node, Number) else _wrapped(node)
        fail("growth_of_name" if isinstance(node, Name) else "growth_per_what", place, wrapped, written=text)
    fail("growth_unit", place, "10%/yr", unit=str(rate.unit))


def _wrapped(node: Node) -> str:
    text = node.place.text
    ends_unit = text[-1:] == "%" or text[-1:].isalpha()
    if not text.startswith("(") and ends_unit and any(char.isdigit() for char in text):
        return f"{text}/yr"
    return f"({text} / (1 year))"


def per_year(sample: Sample, place: Place) -> Sample:
    """`年G`: `G` per year unless it is per some time already."""
    if sample.unit.rate:
        return sample
    unit = per_year_unit(sample.unit)
    if unit is None:
        fail("growth_per_what", place, "10%", written=place.text)
    return replace(sample, unit=unit)


def doubling(period: Sample, falling: bool, node: Node) -> Sample:
    """The rate of doubling (or halving, if `falling`) every `period`, in OOM/yr: log10(2) / period in years.

    A halving keeps its speed as a positive number and falls where something grows by it.
    """
    unit = period.unit
    if unit.words or unit.power != 1:
        text = node.place.text
        remedy = "1 year" if isinstance(node, Axis) else f"{text} month" if unit.plain else "6 month"
        fail("period_unit", node.place, remedy, written=text)
    years = period.cells * (SECONDS[unit.time] / SECONDS["year"])
    if np.any(years <= 0.0):
        fail("period_positive", node.place, "6 month", share=f"{float(np.mean(years <= 0.0)):.2%}")
    rate = replace(OOM_A_YEAR, hint="halving" if falling else "")
    return Sample(np.log10(2.0) / years, rate, period.axis, "number", period.shape)


def convert_rate(sample: Sample, target: Unit) -> Floats | None:
    """The cells of a rate in another kind of rate (30%/yr is 1.3 x/yr is 0.114 OOM/yr), None if it is none.

    From plain numbers to OOM it is the logarithm, and back the power of ten.
    """
    source = sample.unit
    if source.plain and target.dimension == OOM_UNIT.dimension:
        return np.log10(sample.cells) if np.all(sample.cells > 0) else None
    if source.dimension == OOM_UNIT.dimension and target.plain:
        return np.power(10.0, sample.cells)
    if not source.rate or not target.rate:
        return None
    if source.words == target.words and source.words == ((OOM, 1),):
        return sample.cells * (SECONDS[target.time] / SECONDS[source.time])
    factor = np.power(
        yearly_factor(sample, Number(0.0, PLAIN, Place(1, 0, 0))), SECONDS[target.time] / SECONDS["year"]
    )
    if target.words == ((OOM, 1),):
        return np.asarray(np.log10(factor))
    return factor if target.words else factor - 1.0
