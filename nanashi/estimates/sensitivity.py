"""What matters most: first-order shares of the variance of a result's ranks, by assumption."""

from __future__ import annotations

import numpy as np

from nanashi.estimates.samples import Sample
from nanashi.estimates.sobol import Floats

_BINS = 32


def mean_ranks(cells: Floats) -> Floats:
    """Ranks from 0 of one row of draws; equal draws (and *never*) share the middle of their ranks."""
    order = np.argsort(cells)
    ordered = cells[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ranks = np.empty(len(cells))
    if len(starts) == len(cells):
        ranks[order] = np.arange(len(cells), dtype=np.float64)
        return ranks
    ends = np.append(starts[1:], len(cells))
    ranks[order] = np.repeat((starts + ends - 1) / 2.0, ends - starts)
    return ranks


def first_order_shares(cells: Floats, points: dict[str, Floats]) -> list[tuple[str, float]]:
    """Name and share, largest first, of the variance of the ranks of `cells` (one row of draws).

    Var(E[R | X]) / Var(R) by the means of R in 32 equal slices of X's points, less what slices of this size
    show by chance: the given-data estimator of E. Plischke, E. Borgonovo and C. L. Smith, "Global sensitivity
    measures from given data", European J. of Operational Research 226 (2013), 536-550, with the bias term of
    one-way analysis of variance; what varies inside the slices falls with the square of their width and is
    taken off by comparison with slices twice as wide (Richardson). Shares
    that add up to more than 1, as those of correlated assumptions may, are scaled to 1.
    """
    ranks = mean_ranks(cells)
    ranks -= ranks.mean()
    total = float(ranks @ ranks)
    if total <= 0.0:
        return []
    bins = _BINS if len(ranks) >= 32 * _BINS else 2 * max(1, int(np.sqrt(len(ranks)) / 4))
    shares = {name: _share(ranks, total, row, bins) for name, row in points.items()}
    scale = max(1.0, sum(shares.values()))
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return [(name, share / scale) for name, share in ranked]


def _share(ranks: Floats, total: float, points: Floats, bins: int) -> float:
    slices = (points * bins).astype(np.intp)
    counts = np.bincount(slices, minlength=bins).astype(np.float64)
    sums = np.bincount(slices, weights=ranks, minlength=bins).astype(np.float64)
    fine = _between(sums, counts, total)
    coarse = _between(sums.reshape(-1, 2).sum(axis=1), counts.reshape(-1, 2).sum(axis=1), total)
    return min(1.0, max(0.0, (4.0 * fine - coarse) / 3.0))


def _between(sums: Floats, counts: Floats, total: float) -> float:
    """The share of variance between slices, less what slices of this size show by chance."""
    between = float(np.sum(sums**2 / np.maximum(counts, 1.0)))
    bins, count = len(sums), float(counts.sum())
    return (between - (total - between) * (bins - 1) / max(count - bins, 1.0)) / total


def row_for(sample: Sample) -> Floats | None:
    """The row of draws whose sensitivity is told: the value itself, the last year of a series, no list."""
    if sample.certain or sample.axis == "list":
        return None
    return np.asarray(sample.cells[-1])
