"""The seal: the diary's files as if everything had been written at once.

A database grows in the order in which people write: pages are given out, segments of the search index are added, freed
pages keep what stood in them. Measured (ANONYMITY): only a checkpoint, a search index filled in the order of keys and
optimised, and a VACUUM give the same file for two orders of publishing. Writing pauses for the VACUUM alone; posts that
cannot wait get their text back. A seal that is cut off leaves a second index behind, which the next one drops.
"""

import datetime

from django.conf import settings
from django.db import connections, transaction

from nanashi.lexicons.weighing import recount
from nanashi.models import bigram_index
from nanashi.models.turns import UNHURRIED, alone
from nanashi.sealing.disk import ROOM, check_room, database_files, remove_leftovers, reset_times, size
from nanashi.sealing.refilling import refill


def seal(day: datetime.date | None = None) -> None:
    """Seal both databases; `day` is the day that the counts are of (default: today).

    Raises SealError where the disk has too little room.
    """
    check_room(settings.NANASHI_DATA, ROOM * size(database_files()))
    remove_leftovers()
    recount(day)
    refill()
    with alone(UNHURRIED):
        with transaction.atomic():
            bigram_index.swap()
        _compact()
    reset_times(settings.NANASHI_DATA)


def _compact() -> None:
    """Write the files anew, in the order of their keys, and empty the log."""
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
