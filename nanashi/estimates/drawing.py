"""The points that assumptions are drawn from, correlated where the block says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from nanashi.estimates.block import Block
from nanashi.estimates.inverse_normal import inverse_normal
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.sobol import Floats, uniforms

_TOLERANCE = 1e-9


class Points:
    """Points between 0 and 1 by value and ordinal, made when they are asked for."""

    def __init__(self, block: Block, seed: int, count: int) -> None:
        self.seed = seed
        self.count = count
        self._dimensions: Mapping[tuple[str, int], int] = block.dimensions
        self._made: dict[tuple[str, int], Floats] = {}
        if block.correlations:
            self._correlate(block)

    def of(self, name: str, ordinal: int = 0) -> Floats:
        """The points of one drawn part, shape (1, count)."""
        key = (name, ordinal)
        if key not in self._made:
            self._made[key] = uniforms(self.seed, self._dimensions[key], self.count)[np.newaxis]
        return self._made[key]

    def _correlate(self, block: Block) -> None:
        """Reorder the points of correlated assumptions after a Gaussian copula.

        A Spearman correlation r is that of normals with a Pearson one of 2 sin(pi r / 6) (K. Pearson 1907).
        Each assumption keeps its set of points, so what it shows alone does not change.
        """
        names = [
            name for name in block.values if any(name in (c.first, c.second) for c in block.correlations)
        ]
        for correlation in block.correlations:
            for name in (correlation.first, correlation.second):
                if name not in block.assumptions:
                    whole = replace(correlation.place, start=0)
                    fail("correlate_formula", whole, "", name=name)
        ranks = _matrix(block, names)
        lower = _lower_factor(2.0 * np.sin(np.pi * ranks / 6.0))
        own = np.concatenate([self.of(name) for name in names])
        mixed = lower @ inverse_normal(own)
        for row, name in enumerate(names):
            if np.count_nonzero(lower[row]) > 1 or lower[row, row] <= 0.0:
                order = np.argsort(mixed[row], kind="stable")
                points = np.empty(self.count)
                points[order] = np.sort(own[row])
                self._made[name, 0] = points[np.newaxis]


def _matrix(block: Block, names: list[str]) -> Floats:
    """The matrix of rank correlations; raises EstimateError where no world can have it."""
    ranks = np.eye(len(names))
    place = block.correlations[0].place
    for correlation in block.correlations:
        i, j = names.index(correlation.first), names.index(correlation.second)
        ranks[i, j] = ranks[j, i] = correlation.rank
        place = correlation.place
    if np.linalg.eigvalsh(ranks)[0] < -_TOLERANCE:
        _refuse(block, names, ranks, place)
    return ranks


def _refuse(block: Block, names: list[str], ranks: Floats, place: Place) -> None:
    """Offer the nearest value for the last line that is possible, in steps of 0.05."""
    last = block.correlations[-1]
    i, j = names.index(last.first), names.index(last.second)
    possible = [step / 20.0 for step in range(-20, 21) if _possible(ranks, i, j, step / 20.0)]
    written = f" {last.first}, {last.second} = "
    close = min(possible, key=lambda value: abs(value - last.rank)) if possible else None
    remedies = () if close is None else (f"{written}{close:g}",)
    fail("correlate_impossible", place, *remedies, names=", ".join(names))


def _possible(ranks: Floats, i: int, j: int, value: float) -> bool:
    trial = ranks.copy()
    trial[i, j] = trial[j, i] = value
    return bool(np.linalg.eigvalsh(trial)[0] >= -_TOLERANCE)


def _lower_factor(correlations: Floats) -> Floats:
    """A lower triangular L with L L' = `correlations`, also where that is singular or, after the change from
    ranks to normals, slightly impossible (negative eigenvalues count as 0)."""
    values, vectors = np.linalg.eigh(correlations)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    _, upper = np.linalg.qr(root.T)
    lower = upper.T * np.where(np.diag(upper) < 0, -1.0, 1.0)
    lower /= np.sqrt((lower**2).sum(axis=1, keepdims=True))
    lower[np.abs(lower) < 1e-12] = 0.0
    return np.asarray(lower, dtype=np.float64)
