"""`/mine`: one's own entries, found by the key ring and by nothing that is stored."""

from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nanashi.accounts.access import master_of, needs_ring
from nanashi.accounts.pages import page
from nanashi.accounts.slowing import wait_to_revise
from nanashi.models.turns import BusyError
from nanashi.reading.cursors import before_of
from nanashi.reading.queries.entries import entries_by_id
from nanashi.reading.responses import busy, slowed
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
    before = before_of(request)
    return page(
        request,
        "mine.html",
        _("My entries"),
        page=own_page(master_of(request), before, query),
        query=query,
        before=before,
        all_chosen=request.GET.get("choose") == "all",
    )


@needs_ring
@require_POST
def withdraw_many(request: HttpRequest) -> HttpResponse:
    """Ask about the entries that were chosen, then erase them."""
    chosen = list(dict.fromkeys(request.POST.getlist("id")))[:MOST_AT_ONCE]
    if request.POST.get("do") != "withdraw":
        return _ask(request, chosen)
    if wait := wait_to_revise(request):
        problem = _("Too many changes came from here. Try again in a while.")
        return slowed(partial(_ask, request, chosen, problem=problem), wait)
    try:
        count = withdraw_all(master_of(request), chosen)
    except BusyError as error:
        problem = _("Nobody can write at this moment. Try again in a few seconds.")
        return busy(partial(_ask, request, chosen, problem=problem), error.retry_after)
    return page(request, "withdrawn.html", _("Withdrawn"), count=count, back="/mine")


def _ask(
    request: HttpRequest, chosen: list[str], status: int = HTTPStatus.OK, *, problem: str = ""
) -> HttpResponse:
    entries = entries_by_id(chosen)
    title = _("Withdraw these entries?")
    return page(request, "withdraw_many.html", title, status, entries=entries, problem=problem)
