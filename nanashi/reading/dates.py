"""Days and quarters of an hour, as people of either language write them."""

import datetime

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext

from nanashi.models.keys import MINUTES


def long_date(day: datetime.date) -> str:
    """A day with its weekday."""
    # Translators: Django date format of a day with its weekday.
    return format_date(day, gettext("l, j F Y"))


def short_date(day: datetime.date) -> str:
    """A day without its weekday."""
    # Translators: Django date format of a day.
    return format_date(day, gettext("j F Y"))


def clock(quarter: int | None) -> str:
    """The beginning of a quarter of an hour; nothing where the time is not known."""
    return "" if quarter is None else f"{quarter * MINUTES // 60:02}:{quarter * MINUTES % 60:02}"


def machine_time(day: datetime.date, quarter: int | None) -> str:
    """A day, or a day and quarter, for `<time datetime>`."""
    return day.isoformat() if quarter is None else f"{day.isoformat()}T{clock(quarter)}"
