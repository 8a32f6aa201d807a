"""One writer at a time, in the order in which they came, each with a bounded wait.

SQLite takes one writer; its own waiting is neither in order nor short. So every transaction that writes to the
diary begins here: in a queue made of two locked files that all processes of the machine share. Whoever holds the
first is next; whoever holds the second writes. A long job (import, relink, seal) that takes its turns batch by
batch lets everybody else in between two of them.

Within a process one thread at a time goes to the files. The others wait behind it, asleep, and never more than
there are places (settings.WRITERS): a server has a thread for each place and some more for its pages
(cli/server.py), so that a request never waits for a thread because others wait for their turn. Whoever finds no
place is refused at once. What a person waits is counted from when the request was here (`arrived`), so that the
answer comes within settings.WRITER_WAIT whatever the request waited for.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

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
ANSWERING_SECONDS = 0.25
"""Of settings.WRITER_WAIT, what is kept for storing the text, or for the page that gives it back."""


class BusyError(Exception):
    """Nobody may write at the moment; the text is to be kept and sent again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"busy; again after {retry_after} s")
        self.retry_after = retry_after


class _Thread(threading.local):
    """What is known of the thread that asks."""

    arrived: tuple[float, float] | None = None
    """Clock and CPU time of the thread when its request was here."""
    placed = False


class _Process:
    """The threads of this process that write or wait."""

    def __init__(self) -> None:
        self.counting = threading.Lock()
        self.placed = 0
        self.first = threading.Lock()
        """Held by the thread that goes to the files."""


_thread = _Thread()
_process = _Process()


@contextmanager
def turn(wait: float | None = None) -> Iterator[None]:
    """Wait for one's turn, then write in one transaction; on leaving, it is committed and the next one has the turn.

    `wait` is in seconds (default: `seconds_left()`, for people). Inside a transaction or a turn this is a
    nested block of it. Raises BusyError when the time is over, or no place is left to wait in.
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
    seconds = seconds_left() if wait is None else wait
    deadline = time.monotonic() + seconds
    pause = _pause()
    if pause > seconds:
        raise BusyError(pause)
    with place(), _first(seconds), _locked(_file(WRITING), deadline, behind=_file(NEXT)):
        yield


@contextmanager
def place() -> Iterator[None]:
    """One of the places of those who write or wait, for whoever makes something that others may wait for too.

    A thread has one at most; within it, turns need no other. Raises BusyError where none is left.
    """
    if _thread.placed:
        yield
        return
    with _process.counting:
        if _process.placed >= settings.WRITERS:
            raise _come_again()
        _process.placed += 1
    _thread.placed = True
    try:
        yield
    finally:
        _thread.placed = False
        with _process.counting:
            _process.placed -= 1


@contextmanager
def arrived() -> Iterator[None]:
    """Answer one request on this thread: what it waits counts from here (or from the latest `arrived_now`)."""
    arrived_now()
    try:
        yield
    finally:
        _thread.arrived = None


def arrived_now() -> None:
    """The request of this thread is here as a whole: what it waits counts from now."""
    _thread.arrived = time.monotonic(), time.thread_time()


def seconds_left() -> float:
    """Seconds that a person may still wait for a turn: what was waited since `arrived` is taken off, work is not."""
    most: float = settings.WRITER_WAIT - ANSWERING_SECONDS
    if _thread.arrived is None:
        return most
    clock, work = _thread.arrived
    waited = (time.monotonic() - clock) - (time.thread_time() - work)
    return max(0.0, most - waited)


def others_wait() -> bool:
    """Whether somebody waits for a turn at this moment."""
    descriptor = os.open(_file(NEXT), os.O_RDWR | os.O_CREAT, 0o600)
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
    descriptor = os.open(_file(PAUSE), os.O_RDWR | os.O_CREAT, 0o600)
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
        descriptor = os.open(_file(PAUSE), os.O_RDONLY)
    except FileNotFoundError:
        return 0
    try:
        return 0 if try_lock(descriptor, shared=True) else int(os.pread(descriptor, 20, 0) or 0)
    finally:
        os.close(descriptor)


def _file(name: str) -> str:
    """Beside the database; without pathlib, as every post needs three of them."""
    return os.path.join(os.path.dirname(connection.settings_dict["NAME"]), name)


@contextmanager
def _first(seconds: float) -> Iterator[None]:
    """Be the one thread of this process that goes to the files."""
    if not _process.first.acquire(timeout=seconds):
        raise _come_again()
    try:
        yield
    finally:
        _process.first.release()


@contextmanager
def _locked(file: str, deadline: float, behind: str | None = None) -> Iterator[None]:
    """Hold this file's lock; `behind` is held while waiting, so that those who wait come in order."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if behind is None:
            _wait_for(descriptor, deadline)
        else:
            with _locked(behind, deadline):
                _wait_for(descriptor, deadline)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, deadline: float) -> None:
    while not try_lock(descriptor):
        if time.monotonic() >= deadline:
            raise _come_again()
        time.sleep(POLL_SECONDS)


def _come_again() -> BusyError:
    return BusyError(settings.WRITER_WAIT)
