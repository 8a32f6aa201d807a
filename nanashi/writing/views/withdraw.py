"""`/e/<id>/withdraw`: asks once, says what stays, and erases."""

from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts.access import ring_of
from nanashi.accounts.pages import page
from nanashi.accounts.slowing import wait_to_revise
from nanashi.identity.entry_keys import BadKeyError
from nanashi.models.turns import BusyError
from nanashi.reading.queries.entries import EntryView, entry_by_id
from nanashi.reading.responses import busy, slowed
from nanashi.reading.views.errors import no_such_entry
from nanashi.writing.revising import NotHolderError
from nanashi.writing.views.edit import key_of, key_problem
from nanashi.writing.views.ring import ring_key
from nanashi.writing.withdrawing import withdraw as erase


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The question, then the erasing, by whoever holds the entry's key."""
    found = entry_by_id(public_id)
    if found is None:
        raise Http404(no_such_entry())
    if request.POST.get("do") != "withdraw":
        return _ask(request, found)
    if wait := wait_to_revise(request):
        problem = _("Too many changes came from here. Try again in a while.")
        return slowed(partial(_ask, request, found, problem=problem), wait)
    try:
        erase(public_id, key_of(request, public_id))
    except (BadKeyError, NotHolderError):
        return _ask(
            request, found, HTTPStatus.FORBIDDEN, problem=key_problem(request.POST.get("entry_key", ""))
        )
    except BusyError as error:
        problem = _("Nobody can write at this moment. Try again in a few seconds.")
        return busy(partial(_ask, request, found, problem=problem), error.retry_after)
    return page(request, "withdrawn.html", _("Withdrawn"), count=1, back="/mine" if ring_of(request) else "/")


def _ask(
    request: HttpRequest, found: EntryView, status: int = HTTPStatus.OK, *, problem: str = ""
) -> HttpResponse:
    return page(
        request,
        "withdraw.html",
        _("Withdraw the entry?"),
        status,
        entry=found,
        needs_key=ring_key(request, found.public_id) is None,
        entry_key=request.POST.get("entry_key", ""),
        signed_in=ring_of(request) is not None,
        problem=problem,
    )
