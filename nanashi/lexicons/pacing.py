"""Long work in turns of about 0.3 s: it is rendered before each turn, and within the turn only written.

What a text takes to render (seconds, for an entry of many estimates) so keeps nobody else from writing, however many
texts there are.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from nanashi.models.turns import UNHURRIED, turn

FEWEST, FIRST, MOST = 1, 50, 400
"""Texts in one batch: at least, at first, at most."""
SECONDS = 0.3
"""How long a batch means to take; also what may be rendered within the turn of somebody who changes a text."""

Rendered = TypeVar("Rendered")


def paced(
    take: Callable[[int], list[int]],
    render: Callable[[list[int]], Rendered],
    write: Callable[[list[int], Rendered], bool],
    wait: float | None = UNHURRIED,
) -> bool:
    """Take up to so many keys, render them, and write them in a turn, until none are left.

    `write` sees whether what was rendered still holds, and may end it all by False, which is given back. `wait` is the
    time in which each turn has to come. Raises BusyError.
    """
    size = FIRST
    while keys := take(size):
        began = time.monotonic()
        rendered = render(keys)
        took = time.monotonic() - began
        with turn(wait):
            began = time.monotonic()
            if not write(keys, rendered):
                return False
        size = fitting(size, took + time.monotonic() - began)
    return True


def fitting(size: int, took: float) -> int:
    """The size of the next batch, after one of this size took so many seconds."""
    if took > SECONDS:
        return max(FEWEST, min(size // 2, int(size * SECONDS / took)))
    return min(MOST, size * 2) if took < SECONDS / 2 else size
