"""What sitemaps ask of the tables: by index seeks, so that it costs the same at any size of the diary.

Entries of a month are read from the index of public ids, which begin with the day and hold nothing else.
"""

import calendar
import datetime
from collections.abc import Iterator, Sequence
from math import ceil

from django.db import connection
from django.db.models import Max, Min

from nanashi.models import Entry, Keyword
from nanashi.models.chunks import chunks
from nanashi.models.keys import KEY_BITS, day_of, first_key, key_after

CHUNK = 400
"""Stretches of time that one query looks into."""
WORDS_IN_A_PART = 25_000
"""Keywords that one part of their sitemap is meant to hold; keys are random, so parts differ by some 1 %."""

WITH_ENTRIES = """
SELECT stretch.column1 FROM (VALUES {stretches}) AS stretch
WHERE EXISTS (SELECT 1 FROM nanashi_entry WHERE key >= stretch.column1 AND key < stretch.column2)
ORDER BY stretch.column1"""

Stretch = tuple[int, int]
"""Keys from the first on, and below the second."""


def months_with_entries() -> list[datetime.date]:
    """The first day of each month that has an entry, oldest first."""
    oldest, newest = (_end(extreme) for extreme in (Min, Max))
    if oldest is None or newest is None:
        return []
    months = list(_months(day_of(oldest), day_of(newest)))
    found: list[datetime.date] = []
    for chunk in chunks(months, CHUNK):
        found += _with_entries(chunk)
    return found


def days_with_entries(month: datetime.date) -> list[datetime.date]:
    """The days of a month, given by its first, that have an entry."""
    return _with_entries([(first_key(day), key_after(day)) for day in _days_of(month)])


def entry_ids_of(month: datetime.date, most: int) -> list[str]:
    """Public ids of a month's entries, the last days first."""
    prefix = month.isoformat().replace("-", "")[:6]
    rows = Entry.objects.filter(public_id__gt=prefix, public_id__lt=f"{prefix}99")
    return list(rows.order_by("-public_id").values_list("public_id", flat=True)[:most])


def keyword_parts() -> int:
    """How many parts the sitemap of keywords has, at least one."""
    return max(1, ceil(Keyword.objects.count() / WORDS_IN_A_PART))


def words_of_part(part: int, of: int, most: int) -> list[str]:
    """The keywords of one part of several, from 1: those whose random keys lie in that part of all keys."""
    low, high = ((number << KEY_BITS) // of for number in (part - 1, part))
    rows = Keyword.objects.filter(key__gte=low, key__lt=high, retired=False).order_by("key")
    return list(rows.values_list("word", flat=True)[:most])


def _end(extreme: type[Min | Max]) -> int | None:
    """The first or last key; SQLite seeks one of them, and scans the table where both are asked at once."""
    key: int | None = Entry.objects.aggregate(key=extreme("key"))["key"]
    return key


def _months(first: datetime.date, last: datetime.date) -> Iterator[Stretch]:
    """Each month of the calendar from that of one day to that of another."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        month = datetime.date(number // 12, number % 12 + 1, 1)
        yield first_key(month), key_after(_days_of(month)[-1])


def _days_of(month: datetime.date) -> list[datetime.date]:
    length = calendar.monthrange(month.year, month.month)[1]
    return [month.replace(day=number) for number in range(1, length + 1)]


def _with_entries(stretches: Sequence[Stretch]) -> list[datetime.date]:
    """The first day of each stretch in which there is an entry."""
    places = ", ".join(["(%s, %s)"] * len(stretches))
    with connection.cursor() as cursor:
        cursor.execute(
            WITH_ENTRIES.format(stretches=places), [key for stretch in stretches for key in stretch]
        )
        return [day_of(key) for (key,) in cursor.fetchall()]
