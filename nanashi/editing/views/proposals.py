"""`/keywords/proposals`: what is proposed, how to propose, and how to object."""

from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import volatile
from nanashi.accounts.access import master_of, needs_ring
from nanashi.accounts.pages import page
from nanashi.accounts.rates import address_of
from nanashi.editing.proposals import listed, object_to, objection_told, propose
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Proposal
from nanashi.models.turns import BusyError
from nanashi.reading.responses import Head, busy, see_other, show, slowed

PATH = "/keywords/proposals"


class Shown(NamedTuple):
    """A proposal as the page shows it."""

    key: int
    word: str
    kind: str
    into: str
    day: object
    editor: str
    reason: str
    objection: str
    objector: str


@require_http_methods(["GET", "HEAD"])
def proposals(request: HttpRequest) -> HttpResponse:
    """All proposals, the open ones first."""
    head = Head(title=_("Proposals"), path=PATH, indexed=False)
    hours = settings.PROPOSAL_HOURS
    return show(request, "keyword_proposals.html", head, proposals=_shown(listed()), hours=hours)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_ring
def propose_form(request: HttpRequest) -> HttpResponse:
    """Propose to retire a keyword or to merge it into another."""
    given = request.POST if request.method == "POST" else request.GET
    typed = {name: given.get(name, "") for name in ("word", "kind", "into", "reason")}
    if request.method != "POST":
        return _form(request, typed, {})
    wait = volatile.spend("edit from", address_of(request))
    if wait > 0:
        return slowed(partial(_form, request, typed, {"reason": _too_many()}), wait)
    if typed["kind"] not in (Proposal.RETIRE, Proposal.MERGE):
        return _form(request, typed, {"kind": _("Choose one of the two.")}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        propose(typed["word"], typed["kind"], typed["into"], typed["reason"], master_of(request))
    except RefusedError as error:
        return _form(request, typed, {error.field: error.message}, HTTPStatus.UNPROCESSABLE_ENTITY)
    except BusyError as error:
        return busy(partial(_form, request, typed, {"reason": _busy()}), error.retry_after)
    return _see_proposals()


@require_http_methods(["GET", "HEAD", "POST"])
@needs_ring
def object_form(request: HttpRequest, key: int) -> HttpResponse:
    """Stop a proposal, saying why."""
    reason = request.POST.get("objection", "")
    if request.method != "POST":
        return _objection(request, key, reason, "")
    wait = volatile.spend("edit from", address_of(request))
    if wait > 0:
        return slowed(partial(_objection, request, key, reason, _too_many()), wait)
    try:
        object_to(key, reason, master_of(request))
    except RefusedError as error:
        return _objection(request, key, reason, error.message, HTTPStatus.UNPROCESSABLE_ENTITY)
    except BusyError as error:
        return busy(partial(_objection, request, key, reason, _busy()), error.retry_after)
    return _see_proposals()


def _form(
    request: HttpRequest, typed: dict[str, str], wrong: dict[str, str], status: int = HTTPStatus.OK
) -> HttpResponse:
    hours = settings.PROPOSAL_HOURS
    title = _("Propose to retire or merge a keyword")
    return page(request, "keyword_propose.html", title, status, typed=typed, wrong=wrong, hours=hours)


def _objection(
    request: HttpRequest, key: int, reason: str, wrong: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    found = _shown(list(Proposal.objects.select_related("keyword", "into").filter(key=key)))
    shown = found[0] if found else None
    title = _("Object to a proposal")
    return page(request, "keyword_object.html", title, status, proposal=shown, reason=reason, wrong=wrong)


def _shown(rows: list[Proposal]) -> list[Shown]:
    return [
        Shown(
            one.key, one.keyword.word, one.kind, one.into.word if one.into else "", one.day, one.editor,
            one.reason, objection_told(one), one.objector,
        )
        for one in rows
    ]  # fmt: skip


def _see_proposals() -> HttpResponse:
    return see_other(PATH)


def _too_many() -> str:
    return _("Too many edits at once. Wait a little and send it again.")


def _busy() -> str:
    return _("The diary is busy at this moment. Send it again; nothing is lost.")
