"""Locking and unlocking by people: a few at a time, since each takes 64 MiB; and as long for nobody as for somebody."""

import threading

from nanashi.identity import ring
from nanashi.identity.ring import Lock, WrongSecretError

AT_ONCE = 2
"""Argon2id runs of one process at a time: 128 MiB at most. Others wait for their turn."""
_places = threading.BoundedSemaphore(AT_ONCE)


def lock(master: bytes, secret: str) -> Lock:
    """Lock a master secret under a password or recovery code."""
    with _places:
        return ring.lock(master, secret)


def unlock(locked: Lock | None, secret: str) -> bytes:
    """The master secret; without a lock, as for a name that nobody has, the same work for nothing.

    Raises WrongSecretError.
    """
    with _places:
        if locked is None:
            ring.spend_as_long(secret)
            raise WrongSecretError
        return ring.unlock(locked, secret)
