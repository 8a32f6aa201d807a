"""The front page and each day."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.reading.cursors import before_of
from nanashi.reading.dates import long_date
from nanashi.reading.queries.days import neighbours, newest_day
from nanashi.reading.queries.entries import entries_of_day
from nanashi.reading.responses import Head, show


def front(request: HttpRequest) -> HttpResponse:
    """The newest day; a page for the first reader where there is no entry yet."""
    day = newest_day()
    if day is None:
        return show(request, "first_run.html", diary_head())
    return _show_day(request, diary_head(), day)


def day(request: HttpRequest, day: datetime.date) -> HttpResponse:
    """One day's entries, newest first; also a day without any."""
    return _show_day(request, day_head(day), day)


def diary_head() -> Head:
    """The head of the diary's front page, and what its feed says of itself."""
    description = _("An anonymous diary whose words link themselves.")
    return Head(title="", path="/", description=description, feed="/feed")


def day_head(day: datetime.date) -> Head:
    """The head of a day's page, and what its feed says of itself."""
    path, date = f"/{day.isoformat()}", long_date(day)
    return Head(
        title=_("Entries of %(date)s") % {"date": date},
        path=path,
        description=_("What was written on %(date)s.") % {"date": date},
        feed=path,
    )


def _show_day(request: HttpRequest, head: Head, day: datetime.date) -> HttpResponse:
    before = before_of(request)
    page = entries_of_day(day, before)
    return show(
        request,
        "day.html",
        head,
        day=day,
        page=page,
        before=before,
        neighbours=neighbours(day),
        today=timezone.localdate() == day,
    )
