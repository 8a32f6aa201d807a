"""Quantiles, means and spreads of draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nanashi.estimates.samples import Sample
from nanashi.estimates.sobol import Floats

Indices = npt.NDArray[np.intp]

LEVELS: tuple[tuple[str, float], ...] = (
    ("p5", 0.05),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p95", 0.95),
)
"""The quantiles that are printed."""

_EXTREME = 1024
_MEAN_SHARE = 0.1
_SPREAD_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Summary:
    """`quantiles` has shape (5, K), NaN where a quantile of an event is never; `mean` and `sd` are None where
    they are not stable or mean nothing; `never` is the share of draws in which an event does not come."""

    quantiles: Floats
    mean: float | None = None
    sd: float | None = None
    never: float | None = None
    stable: bool = True


def summarise(sample: Sample) -> Summary:
    """The figures of a sample."""
    if sample.kind == "event":
        return _event(sample.cells)
    if sample.certain:
        quantiles = np.repeat(sample.cells.T, len(LEVELS), axis=0)
        return Summary(quantiles, float(sample.cells[0, 0]), 0.0)
    if sample.axis:
        return Summary(_quantiles(np.sort(sample.cells, axis=1)))
    return _scalar(np.sort(sample.cells[0]))


def _quantiles(ordered: Floats) -> Floats:
    """Quantiles of sorted rows, shape (5, K): R. J. Hyndman and Y. Fan, "Sample quantiles in statistical
    packages", The American Statistician 50 (1996), definition 5, in which draw i of n stands for
    (i - 1/2) / n, as low-discrepancy points do. Sorting is cheapest: 12 rows of 8,192 take 0.3 ms, parting
    them 1.7 ms."""
    below, above, weights = _positions(ordered.shape[1])
    low, high = ordered[:, below], ordered[:, above]
    return np.ascontiguousarray((low + (high - low) * weights).T)


@lru_cache(maxsize=16)
def _positions(count: int) -> tuple[Indices, Indices, Floats]:
    """The draws between which each quantile of `count` lies, and the weight of the upper one."""
    places = np.clip(np.array([level for _, level in LEVELS]) * count - 0.5, 0.0, count - 1.0)
    below = places.astype(np.intp)
    return below, np.minimum(below + 1, count - 1), places - below


def _scalar(ordered: Floats) -> Summary:
    quantiles = _quantiles(ordered[np.newaxis])
    largest = float(np.abs(ordered).max()) or 1.0
    scaled = ordered / largest
    mean = float(scaled.mean())
    if not _settled(np.abs(scaled - quantiles[2, 0] / largest), _MEAN_SHARE):
        return Summary(quantiles, None, None, None, False)
    squares = np.square(scaled - mean)
    spread = float(np.sqrt(squares.mean())) * largest if _settled(squares, _SPREAD_SHARE) else None
    return Summary(quantiles, mean * largest, spread)


def _settled(parts: Floats, limit: float) -> bool:
    """Whether the 1 in 1024 draws at the two ends of sorted ones make up at most `limit` of a sum.

    A lognormal of 1 to 100 passes, 1 to 1000 does not: there a tenth and more of the mean lies beyond what
    8,192 draws reach often enough.
    """
    count = max(1, len(parts) // _EXTREME)
    if len(parts) < 4 * count:
        return True
    total = float(parts.sum())
    ends = max(float(parts[:count].sum()), float(parts[-count:].sum()))
    return total == 0.0 or ends <= limit * total + 3.0 * count / len(parts) * total


def _event(cells: Floats) -> Summary:
    """Whole years over all draws, never interpolated; the smallest year that a share of the draws reaches."""
    ordered = np.sort(cells[0])
    count = len(ordered)
    years = [ordered[max(0, int(np.ceil(level * count - 1e-9)) - 1)] for _, level in LEVELS]
    quantiles = np.array(years)[:, np.newaxis]
    quantiles[~np.isfinite(quantiles)] = np.nan
    return Summary(quantiles, never=float(np.mean(~np.isfinite(ordered))))
