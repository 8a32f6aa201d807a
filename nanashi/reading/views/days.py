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
        head = Head(title="", path="/", description=_site_description(), feed="/feed")
        return show(request, "first_run.html", head)
    head = Head(title="", path="/", description=_site_description(), feed="/feed")
    return _show_day(request, head, day)


def day(request: HttpRequest, day: datetime.date) -> HttpResponse:
    """One day's entries, newest first; also a day without any."""
    path = f"/{day.isoformat()}"
    date = long_date(day)
    head = Head(
        title=_("Entries of %(date)s") % {"date": date},
        path=path,
        description=_("What was written on %(date)s.") % {"date": date},
        feed=path,
    )
    return _show_day(request, head, day)


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


def _site_description() -> str:
    return _("An anonymous diary whose words link themselves.")
