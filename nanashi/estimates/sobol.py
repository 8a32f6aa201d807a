"""Low-discrepancy points: Sobol' sequences with an Owen scramble of each dimension.

One dimension is made at a time and depends on nothing but the seed, its number and the count, so an
assumption keeps its draws whatever else a block holds.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nanashi.estimates.directions import JOE_KUO

Floats = npt.NDArray[np.float64]
_Words = npt.NDArray[np.uint32]
_BITS = 32


@lru_cache(maxsize=256)
def _directions(dimension: int) -> tuple[int, ...]:
    """The 32 direction numbers of a dimension (Joe and Kuo 2008, equation 2), as 32-bit fractions."""
    if dimension == 0:
        return tuple(1 << (_BITS - 1 - k) for k in range(_BITS))
    degree, inner, *start = (int(word) for word in JOE_KUO.splitlines()[dimension - 1].split())
    numbers = [m << (_BITS - 1 - k) for k, m in enumerate(start)]
    for k in range(degree, _BITS):
        value = numbers[k - degree] ^ (numbers[k - degree] >> degree)
        for j in range(1, degree):
            if (inner >> (degree - 1 - j)) & 1:
                value ^= numbers[k - j]
        numbers.append(value)
    return tuple(numbers)


@lru_cache(maxsize=128)
def _sequence(dimension: int, count: int) -> _Words:
    """The first `count` points of a dimension before scrambling, in the order of van der Corput."""
    points = np.zeros(count, dtype=np.uint32)
    filled = 1
    for direction in _directions(dimension):
        if filled >= count:
            break
        more = min(filled, count - filled)
        np.bitwise_xor(points[:more], np.uint32(direction), out=points[filled : filled + more])
        filled += more
    points.setflags(write=False)
    return points


def _reversed_bits(words: _Words) -> _Words:
    """Each word with its 32 bits in the opposite order."""
    words = words.byteswap()
    for shift, mask in ((4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        words = ((words >> np.uint32(shift)) & np.uint32(mask)) | (
            (words & np.uint32(mask)) << np.uint32(shift)
        )
    return words


def _scrambled(words: _Words, key: int) -> _Words:
    """Nested uniform (Owen) scramble by a hash.

    S. Laine and T. Karras, "Stratified sampling for stochastic transparency" (2011), with the constants of
    B. Burley, "Practical hash-based Owen scrambling", JCGT 9(4), 2020, listing 2.
    """
    x = _reversed_bits(words) + np.uint32(key & 0xFFFFFFFF)
    x ^= x * np.uint32(0x6C50B47C)
    x ^= x * np.uint32(0xB82F1E52)
    x ^= x * np.uint32(0xC7AFE638)
    x ^= x * np.uint32(0x8D22F6E6)
    return _reversed_bits(x)


def dimension_key(seed: int, dimension: int) -> int:
    """The 32-bit key that scrambles a dimension."""
    return int.from_bytes(hashlib.blake2b(f"{seed}/{dimension}".encode(), digest_size=4).digest(), "big")


def uniforms(seed: int, dimension: int, count: int) -> Floats:
    """`count` points strictly between 0 and 1 of `dimension` (from 0), shape (count,)."""
    words = _scrambled(_sequence(dimension, count), dimension_key(seed, dimension))
    return (words.astype(np.float64) + 0.5) * (1.0 / 2.0**_BITS)
