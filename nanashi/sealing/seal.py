"""The seal: the diary's files as if everything had been written at once.

A database grows in the order in which people write: pages are given out, segments of the search index are added, freed
pages keep what stood in them. Measured (ANONYMITY): only a checkpoint, a search index filled in the order of keys and
optimised, and a VACUUM give the same file for two orders of publishing. Writing pauses for the VACUUM alone; posts that
cannot wait get their text back at once. A seal that is cut off leaves a mark, so that it is due again, and a second
index, which the next one drops.
"""

import datetime

from django.conf import settings

from nanashi.lexicons.weighing import recount
from nanashi.models.turns import UNHURRIED, alone, pausing
from nanashi.sealing.compacting import compact
from nanashi.sealing.disk import (
    ROOM,
    check_room,
    database_files,
    expected_pause,
    remove_leftovers,
    reset_times,
    size,
)
from nanashi.sealing.one_at_a_time import mark_begun, mark_done, only_one
from nanashi.sealing.refilling import refill

SECONDS_FOR_A_LOOK = 1.0
"""Whoever looks whether a seal was cut off holds the lock for a moment."""


def seal(day: datetime.date | None = None) -> None:
    """Seal both databases; `day` is the day that the counts are of (default: today).

    Raises SealError where another seal or a backup is going on, the disk has too little room, or somebody reads the
    database without end; BusyError where others write without end.
    """
    with only_one(SECONDS_FOR_A_LOOK):
        remove_leftovers(settings.NANASHI_DATA, settings.BACKUPS)
        check_room(settings.NANASHI_DATA, ROOM * size(database_files()))
        mark_begun()
        recount(day)
        refill()
        with alone(UNHURRIED), pausing(expected_pause()):
            compact()
        mark_done()
        reset_times(settings.NANASHI_DATA)
