"""Physical keys that say nothing about the order of writing.

Two kinds, both 62-bit integers (ANONYMITY.md, item 7):

- a plain random key, for keywords, aliases and references;
- an entry's key: the day and quarter of an hour that are stored and shown anyway, then the random letters of
  its public id as a number.

Entries are listed everywhere by (day, quarter hour or none, key), so a key that begins with the moment makes
that order the order of the table: one integer is the whole sort key, the cursor of every page, and the rowid
of the search index. Within a quarter of an hour the order is that of random letters, so two orders of
publishing leave the same file after VACUUM, and an export that is imported again gives the same pages.
"""

import datetime
import secrets

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

KEY_BITS = 62
QUARTERS = 96
"""Quarters of an hour in a day."""
MINUTES = 24 * 60 // QUARTERS
"""Minutes in a quarter of an hour."""
SLOTS = QUARTERS + 1
"""Places for a moment in a day: 0 where the time is not known, then the quarters."""
LETTER_BITS = 33
"""9999-12-31 times 97 slots takes 29 bits, which leaves 33 of 62: six letters or digits take 31.1."""


class KeyField(models.BigIntegerField):
    """A 62-bit key column: `integer` on SQLite, where any other type would keep a hidden rowid."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)


def random_key() -> int:
    """A random key of 62 bits, never 0."""
    return secrets.randbits(KEY_BITS) or 1


def quarter_of(hour: int, minute: int) -> int:
    """The quarter of an hour, 0 to 95, in which a time of the day falls."""
    return (hour * 60 + minute) // MINUTES


def entry_key(day: datetime.date, quarter: int | None, public_id: str) -> int:
    """The key of an entry of this day and quarter of an hour (0 to 95, None when not known).

    No two ids of a day have the same letters, so no two entries have the same key.
    """
    return _moment(day, quarter) << LETTER_BITS | int(public_id.rpartition("-")[2], 36)


def first_key(day: datetime.date) -> int:
    """The smallest key that an entry of this day can have."""
    return _moment(day, None) << LETTER_BITS


def key_after(day: datetime.date) -> int:
    """The smallest key beyond this day (also where the calendar ends)."""
    return (day.toordinal() + 1) * SLOTS << LETTER_BITS


def day_of(key: int) -> datetime.date:
    """The day that an entry's key begins with."""
    return datetime.date.fromordinal((key >> LETTER_BITS) // SLOTS)


def _moment(day: datetime.date, quarter: int | None) -> int:
    return day.toordinal() * SLOTS + (0 if quarter is None else quarter + 1)
