"""The turn to write, kept by the drill: meanwhile everybody who writes is refused."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TURN = "writing.turn"
"""The file whose lock is the turn to write (models/turns.py)."""


@contextmanager
def turn_held(data: Path) -> Iterator[None]:
    """Let nobody write to this diary."""
    with open(data / TURN, "rb+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)
