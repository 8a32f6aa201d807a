"""Quantile functions: from points between 0 and 1 to draws."""

from __future__ import annotations

import numpy as np

from nanashi.estimates.inverse_normal import inverse_normal, normal_quantile
from nanashi.estimates.sobol import Floats


def _normal(u: Floats, low: Floats, high: Floats, z: float) -> Floats:
    middle, spread = (low + high) / 2.0, (high - low) / (2.0 * z)
    return middle + spread * inverse_normal(u)


def from_interval(shape: str, u: Floats, low: Floats, high: Floats, level: float) -> Floats:
    """Draws of `shape` whose central share `level` lies between `low` and `high`, at the points `u`.

    The normal has mean (low + high) / 2 and sd (high - low) / (2 z), z the quantile at (1 + level) / 2; the
    lognormal and logit-normal are that on the log and logit scale. `uniform` and `loguniform` end there.
    """
    if shape == "uniform":
        return low + (high - low) * u
    if shape == "loguniform":
        return np.exp(np.log(low) + np.log(high / low) * u)
    z = normal_quantile((1.0 + level) / 2.0)
    if shape == "lognormal":
        return np.exp(_normal(u, np.log(low), np.log(high), z))
    if shape == "share":
        odds = np.exp(_normal(u, np.log(low / (1.0 - low)), np.log(high / (1.0 - high)), z))
        return odds / (1.0 + odds)
    return _normal(u, low, high, z)


def from_parameters(shape: str, u: Floats, parameters: tuple[Floats, ...]) -> Floats:
    """Draws of `shape` by its parameters (mean and sd, median and sd of the natural log, low mode high,
    alpha and beta, or the mean) at the points `u`."""
    match shape:
        case "normal":
            return parameters[0] + parameters[1] * inverse_normal(u)
        case "lognormal":
            return parameters[0] * np.exp(parameters[1] * inverse_normal(u))
        case "triangular":
            return _triangular(u, *parameters)
        case "exponential":
            return -parameters[0] * np.log1p(-u)
        case "beta":
            return _beta(u, *parameters)
        case _:
            return _poisson(u, parameters[0])


def _triangular(u: Floats, low: Floats, mode: Floats, high: Floats) -> Floats:
    """Inverse of the triangular distribution function."""
    width = high - low
    split = (mode - low) / width
    left = low + np.sqrt(u * width * (mode - low))
    right = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u < split, left, right)


def _beta(u: Floats, a: Floats, b: Floats) -> Floats:
    """Inverse of the regularised incomplete beta function; the only shape that needs SciPy at hand."""
    from scipy.special import betaincinv  # type: ignore[import-untyped] # noqa: PLC0415 - slow to import

    return np.asarray(betaincinv(a, b, u), dtype=np.float64)


def _poisson(u: Floats, mean: Floats) -> Floats:
    """The smallest count whose distribution function reaches `u`.

    One mean: the sum of the probabilities (by logarithms, from ten spreads below the mean). Several: SciPy.
    """
    if mean.size > 1:
        from scipy.special import pdtr, pdtrik  # noqa: PLC0415

        guess = np.maximum(np.ceil(pdtrik(u, mean) - 1e-9), 0.0)
        return np.asarray(
            np.where((guess > 0) & (pdtr(guess - 1, mean) >= u), guess - 1, guess), dtype=np.float64
        )
    m = float(mean.reshape(-1)[0])
    if m > 1e6:
        return np.asarray(np.round(m + np.sqrt(m) * inverse_normal(u)), dtype=np.float64)
    spread = 10.0 * np.sqrt(m) + 20.0
    counts = np.arange(max(0.0, np.floor(m - spread)), np.ceil(m + spread) + 1.0)
    steps = np.log(m) - np.log(np.maximum(counts[1:], 1.0))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    below = np.cumsum(chances / chances.sum())
    return np.asarray(counts[np.minimum(np.searchsorted(below, u), len(counts) - 1)], dtype=np.float64)
