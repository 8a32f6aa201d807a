"""How long somebody has to wait: a bucket that fills with what they do and leaks with time."""

from typing import NamedTuple


class Rate(NamedTuple):
    """What may be done: `burst` at once, then one in `seconds`."""

    burst: float
    seconds: float


class Bucket(NamedTuple):
    """How full it was, and when (seconds of any clock that only goes forward)."""

    level: float
    at: float


EMPTY = Bucket(0.0, 0.0)


def spend(bucket: Bucket, rate: Rate, now: float, cost: float = 1.0) -> tuple[Bucket, float]:
    """The bucket after an attempt, and the seconds to wait before it is allowed; 0 where it is.

    An attempt that has to wait costs nothing: nobody is locked out for trying.
    """
    level = max(0.0, bucket.level - max(0.0, now - bucket.at) / rate.seconds)
    if level + cost > rate.burst:
        return Bucket(level, now), (level + cost - rate.burst) * rate.seconds
    return Bucket(level + cost, now), 0.0
