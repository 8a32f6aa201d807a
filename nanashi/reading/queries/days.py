"""Which days have entries."""

import datetime
from typing import NamedTuple

from django.db.models import Max, Min

from nanashi.models import Entry
from nanashi.models.keys import day_of, first_key, key_after


class Neighbours(NamedTuple):
    """The nearest days with entries before and after a day."""

    earlier: datetime.date | None
    later: datetime.date | None


def newest_day() -> datetime.date | None:
    """The last day that has an entry; None in an empty diary."""
    key = Entry.objects.aggregate(newest=Max("key"))["newest"]
    return None if key is None else day_of(key)


def neighbours(day: datetime.date) -> Neighbours:
    """The days to turn to from this one."""
    earlier = Entry.objects.filter(key__lt=first_key(day)).aggregate(key=Max("key"))["key"]
    later = Entry.objects.filter(key__gte=key_after(day)).aggregate(key=Min("key"))["key"]
    return Neighbours(
        None if earlier is None else day_of(earlier),
        None if later is None else day_of(later),
    )
