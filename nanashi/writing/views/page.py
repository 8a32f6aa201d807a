"""The page with the form of an entry, for all that can become of a text."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from nanashi.accounts.access import ring_of
from nanashi.accounts.pages import page
from nanashi.reading.queries.entries import EntryView
from nanashi.writing.forms import EntryForm, Places
from nanashi.writing.own import is_suspended
from nanashi.writing.posting import guests_may_post, new_token
from nanashi.writing.preview import preview

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
        shown = preview(form.value("title"), form.typed_body, form.off)
    content = {
        "place": place,
        "form": form,
        "errors": form.errors if form.is_bound and status == HTTPStatus.UNPROCESSABLE_ENTITY else {},
        "preview": shown,
        "token": form.value("token") or new_token(),
        "signed_in": ring is not None,
        "suspended": ring is not None and is_suspended(ring.master),
        "closed": ring is None and not guests_may_post(),
        "kept": request.method == "POST",
        "limit": settings.MAX_BODY,
        "split_over": settings.SPLIT_OVER,
        "live_limit": LIVE_PREVIEW_CHARACTERS,
        "notice": "",
        "duplicates": (),
        "parts": (),
        "asked_to_split": False,
        **notices,
    }
    return page(request, "write.html", place.title, status, **content)
