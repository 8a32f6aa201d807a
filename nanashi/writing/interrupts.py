"""Ctrl-C that is heard between two turns, never between a commit and its count."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A Ctrl-C in here is heard at the end: what was committed has been counted by then.

    Python raises KeyboardInterrupt as soon as SQLite's COMMIT returns, so without this a report lacks a turn.
    """
    if threading.current_thread() is not threading.main_thread():  # only the main thread hears a Ctrl-C
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt
