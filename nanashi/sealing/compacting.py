"""The part of a seal for which writing pauses: the new search index takes over, and the files are written anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from nanashi.models import bigram_index
from nanashi.sealing.errors import SealError

TRIES, TRY_MILLISECONDS = 5, 2_000
"""How often, and how long each time, a checkpoint waits for those who still read an older state: 10 s in all."""
DAY_ALONE = "UPDATE django_migrations SET applied = strftime('%Y-%m-%d 00:00:00', applied)"
"""When this was installed, to the day; in the databases and in copies of them."""


def compact() -> None:
    """Swap the search indexes and write all files anew, in the order of their keys. For whoever has the turn alone.

    Raises SealError when somebody reads the database without end. The databases are whole whenever this ends.
    """
    for alias in connections:
        with connections[alias].cursor() as cursor:
            _empty_log(cursor)
    _swap()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute(DAY_ALONE)
            with _copy_on_disk(cursor):
                cursor.execute("VACUUM")
            _empty_log(cursor)


def _swap() -> None:
    """Drop the old index without overwriting its pages, since the VACUUM that follows leaves none of them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        try:
            with transaction.atomic():
                bigram_index.swap()
        finally:
            cursor.execute("PRAGMA secure_delete=ON")


def _empty_log(cursor: CursorWrapper) -> None:
    """Bring the write-ahead log into the file and cut it to nothing; where there is none, nothing happens."""
    usual = int(cursor.db.settings_dict["OPTIONS"]["timeout"] * 1_000)
    cursor.execute(f"PRAGMA busy_timeout={TRY_MILLISECONDS}")
    try:
        for _attempt in range(TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
    finally:
        cursor.execute(f"PRAGMA busy_timeout={usual}")
    raise SealError(
        _("somebody reads the database without end; stop other programs that have it open, and seal again")
    )


@contextmanager
def _copy_on_disk(cursor: CursorWrapper) -> Iterator[None]:
    """Let VACUUM keep its copy in a nameless file in the data folder: the usual place may be memory, or small.

    The environment variable for this is read once, when SQLite starts, so it is set by PRAGMA.
    """
    folder = str(settings.NANASHI_DATA).replace("'", "''")
    cursor.execute("PRAGMA temp_store")
    (usual,) = cursor.fetchone()
    cursor.execute(f"PRAGMA temp_store_directory='{folder}'")
    cursor.execute("PRAGMA temp_store=FILE")
    try:
        yield
    finally:
        cursor.execute("PRAGMA temp_store_directory=''")
        cursor.execute(f"PRAGMA temp_store={usual}")
