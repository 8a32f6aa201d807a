"""`/key`: what somebody can do who holds the key of an entry."""

from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts.access import ring_of
from nanashi.accounts.pages import page
from nanashi.identity.entry_keys import BadKeyError, key_words, locator_of, read_key
from nanashi.models import Entry
from nanashi.models.turns import BusyError
from nanashi.reading.queries.entries import entry_by_id
from nanashi.reading.responses import busy
from nanashi.writing.holding import NotHolderError
from nanashi.writing.own import adopt
from nanashi.writing.views.key_shown import mistyped, nothing_found


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Find the entry of a key; edit it, withdraw it, or take it into one's ring."""
    title = _("Entry key")
    if request.method != "POST":
        return page(request, "key.html", title, **nothing_found(""))
    try:
        held = read_key(request.POST.get("entry_key", ""))
    except BadKeyError:
        return page(request, "key.html", title, HTTPStatus.UNPROCESSABLE_ENTITY, **nothing_found(mistyped()))
    public_id = Entry.objects.filter(locator=locator_of(held)).values_list("public_id", flat=True).first()
    if public_id is None:
        problem = _("No entry has this key. It may have been withdrawn, or taken into a key ring.")
        return page(request, "key.html", title, HTTPStatus.NOT_FOUND, **nothing_found(problem))
    if request.POST.get("do") == "adopt":
        return _adopt(request, title, public_id, held)
    return _found(request, title, public_id, held)


def _adopt(request: HttpRequest, title: str, public_id: str, held: bytes) -> HttpResponse:
    ring = ring_of(request)
    if ring is None:
        problem = _("Sign in first: an entry is taken into a key ring.")
        return _found(request, title, public_id, held, HTTPStatus.FORBIDDEN, problem=problem)
    try:
        adopt(public_id, held, ring.master)
    except BusyError as error:
        problem = _("Nobody can write at this moment. Try again in a few seconds.")
        return busy(partial(_found, request, title, public_id, held, problem=problem), error.retry_after)
    except NotHolderError:
        return page(request, "key.html", title, HTTPStatus.CONFLICT, **nothing_found(mistyped()))
    return _found(request, title, public_id, None, adopted=True)


def _found(  # noqa: PLR0913 - all but the entry and its key have a default
    request: HttpRequest,
    title: str,
    public_id: str,
    held: bytes | None,
    status: int = HTTPStatus.OK,
    *,
    problem: str = "",
    adopted: bool = False,
) -> HttpResponse:
    return page(
        request,
        "key.html",
        title,
        status,
        entry=entry_by_id(public_id),
        entry_key="" if held is None else key_words(held),
        problem=problem,
        adopted=adopted,
    )
