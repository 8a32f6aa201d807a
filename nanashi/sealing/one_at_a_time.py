"""One seal or backup at a time, and the mark of a seal that has begun: it stays where one was cut off."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nanashi.models.turns import try_lock
from nanashi.sealing.errors import SealError

LOCK, PENDING = "seal.lock", "seal-pending"
"""Files in the data folder: locked by the one who seals or backs up; there from a seal's first change to its last."""
MODE = 0o600
POLL_SECONDS = 0.1


@contextmanager
def only_one(wait: float = 0.0) -> Iterator[None]:
    """Be the one who seals or backs up; waits up to so many seconds. Raises SealError when another still does."""
    descriptor = os.open(settings.NANASHI_DATA / LOCK, os.O_RDWR | os.O_CREAT, MODE)
    deadline = time.monotonic() + wait
    try:
        while not try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise SealError(_("another seal or backup is going on; wait until it is done"))
            time.sleep(POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)


def mark_begun() -> None:
    """From now on a seal is due until one is done."""
    os.close(os.open(_mark(), os.O_WRONLY | os.O_CREAT, MODE))


def mark_done() -> None:
    """The seal that was begun is done."""
    _mark().unlink(missing_ok=True)


def was_cut_off() -> bool:
    """Whether a seal has begun, is not done and nobody is at it."""
    if not _mark().exists():
        return False
    descriptor = os.open(settings.NANASHI_DATA / LOCK, os.O_RDWR | os.O_CREAT, MODE)
    try:
        return try_lock(descriptor) and _mark().exists()
    finally:
        os.close(descriptor)


def _mark() -> Path:
    return Path(settings.NANASHI_DATA) / PENDING
