"""One attack: what it is called, who could make it, and how it goes."""

from collections.abc import Callable
from typing import NamedTuple

from drills.joins.scores import Score
from drills.stage.week import Week


class Attack(NamedTuple):
    """A join that somebody tries."""

    number: str
    """Row of the table in ANONYMITY.md."""
    name: str
    run: Callable[[Week], Score]
    statistical: bool = False
    planted: bool = True
    """Whether the leaky build has its leak."""
