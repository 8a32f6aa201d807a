"""Days and quarters of an hour as the moments that feed formats ask for."""

import datetime

from django.utils.timezone import get_default_timezone

from nanashi.models.keys import MINUTES


def moment_of(day: datetime.date, quarter: int | None = None) -> datetime.datetime:
    """The beginning of a quarter of an hour, or of the day where the time is not known, on the diary's clock.

    Its offset is in whole minutes, as RFC 3339 and RFC 822 write it; time zones of long ago had seconds.
    """
    hour, minute = divmod((quarter or 0) * MINUTES, 60)
    clock = datetime.datetime.combine(day, datetime.time(hour, minute))
    offset = get_default_timezone().utcoffset(clock) or datetime.timedelta()
    minutes = datetime.timedelta(minutes=offset // datetime.timedelta(minutes=1))
    return clock.replace(tzinfo=datetime.timezone(minutes))


def updated_of(day: datetime.date, quarter: int | None, edited_on: datetime.date | None) -> datetime.datetime:
    """When an entry changed last: the day of its edit, but never before it was published."""
    published = moment_of(day, quarter)
    return published if edited_on is None else max(published, moment_of(edited_on))
