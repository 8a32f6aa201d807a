"""One writer at a time, in the order in which they came, each with a bounded wait.

SQLite takes one writer; its own waiting is neither in order nor short. So every transaction that writes to the
diary begins here: in a queue made of two locked files that all processes of the machine share. Whoever holds the
first is next; whoever holds the second writes. A long job (import, relink, seal) that takes its turns batch by
batch lets everybody else in between two of them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

POLL_SECONDS = 0.002
"""How often the one that is next looks whether the writer is done."""
WRITING, NEXT = "writing.turn", "writing.next"
"""Files beside the database: held by whoever writes, and by whoever is next."""
PAUSE = "writing.pause"
"""The file that says how long the pause is for which it is locked."""
UNHURRIED = 600.0
"""Seconds that a command or the worker waits: nobody sits before it."""


class BusyError(Exception):
    """Nobody may write at the moment; the text is to be kept and sent again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"busy; again after {retry_after} s")
        self.retry_after = retry_after


@contextmanager
def turn(wait: float | None = None) -> Iterator[None]:
    """Wait for one's turn, then write in one transaction; on leaving, it is committed and the next one has the turn.

    `wait` is in seconds (default: settings.WRITER_WAIT, for people). Inside a transaction or a turn this is a
    nested block of it. Raises BusyError when the time is over.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with alone(wait), transaction.atomic():
        yield


@contextmanager
def alone(wait: float | None = None) -> Iterator[None]:
    """A turn without a transaction, for what SQLite does outside of one (VACUUM, checkpoints)."""
    seconds = settings.WRITER_WAIT if wait is None else wait
    deadline = time.monotonic() + seconds
    pause = _pause()
    if pause > seconds:
        raise BusyError(pause)
    with _locked(_folder() / WRITING, deadline, seconds, behind=_folder() / NEXT):
        yield


def others_wait() -> bool:
    """Whether somebody waits for a turn at this moment."""
    descriptor = os.open(_folder() / NEXT, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Lock an open file if nobody holds it, without waiting; whether it is locked now, until it is closed."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def pausing(seconds: int) -> Iterator[None]:
    """Tell everybody that writing pauses for about so long: who would not wait that long is not let wait at all.

    For whoever has the turn already. The mark holds as long as its file is locked, so none outlives its maker.
    """
    descriptor = os.open(_folder() / PAUSE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(seconds).encode(), 0)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _pause() -> int:
    """Seconds of the pause that is going on; 0 where there is none."""
    try:
        descriptor = os.open(_folder() / PAUSE, os.O_RDONLY)
    except FileNotFoundError:
        return 0
    try:
        return 0 if try_lock(descriptor, shared=True) else int(os.pread(descriptor, 20, 0) or 0)
    finally:
        os.close(descriptor)


def _folder() -> Path:
    return Path(connection.settings_dict["NAME"]).parent


@contextmanager
def _locked(file: Path, deadline: float, seconds: float, behind: Path | None = None) -> Iterator[None]:
    """Hold this file's lock; `behind` is held while waiting, so that those who wait come in order."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if behind is None:
            _wait_for(descriptor, deadline, seconds)
        else:
            with _locked(behind, deadline, seconds):
                _wait_for(descriptor, deadline, seconds)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, deadline: float, seconds: float) -> None:
    while not try_lock(descriptor):
        if time.monotonic() >= deadline:
            raise BusyError(max(1, round(seconds)))
        time.sleep(POLL_SECONDS)
