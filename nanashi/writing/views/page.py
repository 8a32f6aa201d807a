"""The page with the form of an entry, for all that can become of a text."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from nanashi.accounts.access import ring_of
from nanashi.accounts.pages import page
from nanashi.accounts.slowing import wait_to_preview
from nanashi.accounts.views.forgery import unproven
from nanashi.reading.queries.entries import EntryView
from nanashi.reading.responses import slowed
from nanashi.writing.forms import GUEST, RING, EntryForm, Places
from nanashi.writing.posting import guests_may_post, new_token
from nanashi.writing.preview import preview
from nanashi.writing.splitting import MOST_PARTS
from nanashi.writing.views.ring import suspended

LIVE_PREVIEW_CHARACTERS = 20_000
"""Longer texts are not sent at every pause of the fingers; the button shows their preview."""


@dataclass(frozen=True)
class Place:
    """Where a form stands, and what it is for."""

    path: str
    title: str
    answered: EntryView | None = None
    edited: EntryView | None = None
    needs_key: bool = False
    """Whether whoever holds the entry has to show its key."""


def blank(**fields: str) -> EntryForm:
    """A form with nothing but these fields in it."""
    data = QueryDict(mutable=True)
    data.update(fields)
    return EntryForm(data)


def filled(entry: EntryView, title: str, body: str, unlinked: Places) -> EntryForm:
    """A form with what an entry holds."""
    from_source = {f"source_{name}": value for name, value in (entry.quoted_from or {}).items()}
    form = blank(title=title, body=body, **from_source)
    form.off = unlinked
    return form


def opened_otherwise(request: HttpRequest, form: EntryForm) -> bool:
    """Whether somebody signed in or out since this form was opened: what is sent then goes another way than it said."""
    now = GUEST if ring_of(request) is None else RING
    return form.value("opened") not in ("", now)


def show_again(request: HttpRequest, place: Place) -> HttpResponse:
    """The form that came without proof of where it is from, with a token of its own, for whoever looks it over.

    What it was sent with does not count: whoever knows a form's token is shown the key of what it made.
    """
    form = EntryForm(request.POST)
    form.data["token"] = form.data["entry_key"] = ""
    return show_form(request, place, form, HTTPStatus.FORBIDDEN, notice=unproven())


def show_form(
    request: HttpRequest,
    place: Place,
    form: EntryForm,
    status: int = HTTPStatus.OK,
    *,
    previewed: bool = False,
    **notices: Any,
) -> HttpResponse:
    """The form with its text, its errors and whatever else is to be said."""
    ring = ring_of(request)
    shown = None
    if previewed and len(form.typed_body) <= settings.MAX_BODY:
        if wait := wait_to_preview(request):
            notices["notice"] = _(
                "Too many previews were asked for from here. Your text is below; ask again in a while."
            )
            return slowed(partial(show_form, request, place, form, **notices), wait)
        shown = preview(form.value("title"), form.typed_body, form.off)
    content = {
        "place": place,
        "form": form,
        "errors": form.errors if form.is_bound and status == HTTPStatus.UNPROCESSABLE_ENTITY else {},
        "preview": shown,
        "token": form.value("token") or new_token(),
        "signed_in": ring is not None,
        "suspended": ring is not None and suspended(request),
        "closed": ring is None and not guests_may_post(),
        "kept": request.method == "POST",
        "limit": settings.MAX_BODY,
        "split_over": settings.SPLIT_OVER,
        "live_limit": LIVE_PREVIEW_CHARACTERS,
        "notice": "",
        "duplicates": (),
        "splitting": None,
        "stored": None,
        "most_parts": MOST_PARTS,
        "opened": RING if ring else GUEST,
        "moved": opened_otherwise(request, form),
        **notices,
    }
    return page(request, "write.html", place.title, status, **content)
