"""`/mine`: one's own entries, found by the key ring and by nothing that is stored."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nanashi.accounts.access import master_of, needs_ring
from nanashi.accounts.pages import page
from nanashi.models.turns import BusyError
from nanashi.reading.cursors import before_of
from nanashi.reading.queries.entries import EntryView, entry_by_id
from nanashi.reading.responses import again_after
from nanashi.reading.views.search import MAX_QUERY
from nanashi.writing.own_pages import own_page
from nanashi.writing.withdrawing import withdraw_all

MOST_AT_ONCE = 100
"""Entries that one form withdraws."""


@needs_ring
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A page of one's entries, or of those that hold some words."""
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    found = own_page(master_of(request), before_of(request), query)
    return page(request, "mine.html", _("My entries"), page=found, query=query)


@needs_ring
@require_POST
def withdraw_many(request: HttpRequest) -> HttpResponse:
    """Ask about the entries that were chosen, then erase them."""
    chosen = list(dict.fromkeys(request.POST.getlist("id")))[:MOST_AT_ONCE]
    if request.POST.get("do") != "withdraw":
        return _ask(request, chosen)
    try:
        count = withdraw_all(master_of(request), chosen)
    except BusyError as error:
        problem = _("Nobody can write at this moment. Try again in a few seconds.")
        busy = _ask(request, chosen, HTTPStatus.SERVICE_UNAVAILABLE, problem=problem)
        return again_after(busy, error.retry_after)
    return page(request, "withdrawn.html", _("Withdrawn"), count=count, back="/mine")


def _ask(
    request: HttpRequest, chosen: list[str], status: int = HTTPStatus.OK, *, problem: str = ""
) -> HttpResponse:
    entries: list[EntryView] = [entry for entry in map(entry_by_id, chosen) if entry is not None]
    title = _("Withdraw these entries?")
    return page(request, "withdraw_many.html", title, status, entries=entries, problem=problem)
