"""The inverse of the standard normal distribution function, without SciPy (whose import costs 0.25 s)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nanashi.estimates.sobol import Floats

_A = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_B = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_C = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_D = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_E = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_F = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)


def _horner(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """A polynomial, highest power first."""
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += coefficient
    return total


def inverse_normal(p: Floats) -> Floats:
    """Standard normal quantiles of probabilities strictly between 0 and 1, to about 1e-16.

    M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37
    (1988), 477-484, routine PPND16.
    """
    shape = p.shape
    p = p.reshape(-1)
    q = p - 0.5
    r = 0.180625 - q * q
    z = q * _horner(_A, r) / _horner(_B, r)
    tails = np.flatnonzero(r < 0.0)
    if tails.size:
        below = np.minimum(p[tails], 1.0 - p[tails])
        depth = np.sqrt(-np.log(below))
        near = depth - 1.6
        value = _horner(_C, near) / _horner(_D, near)
        far = np.flatnonzero(depth > 5.0)
        if far.size:
            beyond = depth[far] - 5.0
            value[far] = _horner(_E, beyond) / _horner(_F, beyond)
        z[tails] = np.copysign(value, q[tails])
    return z.reshape(shape)


@lru_cache(maxsize=64)
def normal_quantile(p: float) -> float:
    """The standard normal quantile of one probability."""
    return float(inverse_normal(np.array([p]))[0])
