"""One entry with its replies, its source, its series, and its old address."""

from http import HTTPStatus
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from nanashi.lexicons.estimate_figures import plain_table
from nanashi.lexicons.estimating import FENCE
from nanashi.reading.dates import long_date
from nanashi.reading.headings import contents_of
from nanashi.reading.queries.entries import (
    EntryView,
    entry_by_id,
    public_id_of_old,
    source_of,
    stump_by_id,
)
from nanashi.reading.queries.estimates import comparisons_of, records_of
from nanashi.reading.queries.trees import count_of, parts_of, replies_to
from nanashi.reading.responses import Head, show, unless_known
from nanashi.reading.views.errors import no_such_entry
from nanashi.reading.views.estimates import asks_for_numbers, numbers, reader_language

FIGURES = "-" * 40
"""Between a text as typed and the figures of its estimates."""


def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """An entry, what it answers, its series and the whole tree of replies to it.

    With `?set.NAME=EXPRESSION` in the address, the entry's estimate with these numbers.
    """
    if asks_for_numbers(request):
        return numbers(request, public_id)
    found = entry_by_id(public_id)
    if found is None:
        return _withdrawn(request, public_id)
    head = Head(
        title=_name_of(found),
        path=f"/e/{public_id}",
        description=found.excerpt,
        feed="/feed",
        kind="article",
    )
    parts = parts_of(found.series) if found.series else ()
    replies = replies_to(found.key)
    return show(
        request,
        "entry.html",
        head,
        entry=found,
        parts=parts,
        replies=replies,
        reply_count=count_of(replies),
        contents=contents_of(found.body),
        comparisons=comparisons_of(found, reader_language()),
    )


def _withdrawn(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is left of an entry on which replies hang. Raises Http404 where nothing is."""
    key = stump_by_id(public_id)
    if key is None:
        raise Http404(no_such_entry())
    head = Head(title=_("This entry was withdrawn"), path=f"/e/{public_id}", indexed=False)
    replies = replies_to(key)
    return show(
        request,
        "stump.html",
        head,
        HTTPStatus.GONE,
        replies=replies,
        reply_count=count_of(replies),
    )


def source(request: HttpRequest, public_id: str) -> HttpResponse:
    """An entry's text as it was typed, and under it the figures of its estimates."""
    found = source_of(public_id)
    if found is None:
        raise Http404(no_such_entry())
    title, text = found
    typed = f"{title}\n\n{text}" if title else text
    if FENCE.search(text):
        tables = "\n".join(map(plain_table, records_of(public_id)))
        typed = f"{typed.rstrip()}\n\n{FIGURES}\n\n{tables}"
    return unless_known(request, typed, lambda: HttpResponse(typed, content_type="text/plain; charset=utf-8"))


def old_entry(request: HttpRequest, old_id: str) -> HttpResponse:
    """The address that an imported entry had in its first diary leads to it."""
    public_id = public_id_of_old(old_id)
    if public_id is None:
        raise Http404(_("No entry with this number was imported."))
    return HttpResponsePermanentRedirect(f"/e/{public_id}")


def series(request: HttpRequest, series: str) -> HttpResponse:
    """The contents of a series."""
    parts = parts_of(series)
    if not parts:
        raise Http404(_("There is no such series."))
    name = parts[0].title or parts[0].excerpt
    head = Head(
        title=_("Series: %(name)s") % {"name": name},
        path=f"/series/{quote(series, safe='')}",
        description=parts[0].excerpt,
    )
    return show(request, "series.html", head, parts=parts, name=name)


def _name_of(entry: EntryView) -> str:
    """Its title, or where it has none the day and its beginning."""
    if entry.title:
        return entry.title
    if not entry.excerpt:
        return _("Entry of %(date)s") % {"date": long_date(entry.day)}
    return _("Entry of %(date)s: %(beginning)s") % {
        "date": long_date(entry.day),
        "beginning": entry.excerpt[:40],
    }
