"""A form that did not prove that it came from here: where somebody writes or signs in, it stands on the page again.

Only shown, never carried out: its button is pressed once more, on a page of ours with a token of its own.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.accounts.pages import page
from nanashi.accounts.views import sign_in, sign_up
from nanashi.editing.views import edit as keyword
from nanashi.web.typed import typed_in
from nanashi.writing.views import edit, write

Again = Callable[..., HttpResponse | None]

AGAIN: dict[str, Again] = {
    "new": write.again,
    "e/<entry_id:public_id>/reply": write.again,
    "e/<entry_id:public_id>/edit": edit.again,
    "keyword/<path:word>/edit": keyword.again,
    "sign-in": sign_in.again,
    "sign-up": sign_up.again,
}
"""By route, what shows its form again; None where that cannot be."""

LEADING_BACK = {
    "/sign-out": "/account",
    "/account/everywhere": "/account",
    "/mine/withdraw": "/mine",
    "/key/file": "/key",
}
"""By address that only takes forms, the page on which its form stands."""


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again, filled in, or else what was typed in it to copy; `reason` is for developers."""
    match = request.resolver_match
    again = None if match is None else AGAIN.get(match.route)
    shown = None if again is None or match is None else again(request, **match.kwargs)
    return shown or _to_copy(request)


def _to_copy(request: HttpRequest) -> HttpResponse:
    """Say that the form is refused and what to do, with all that was typed in it."""
    title = _("This form is too old, or did not come from here")
    back = LEADING_BACK.get(request.path, request.path)
    return page(request, "forgery.html", title, HTTPStatus.FORBIDDEN, typed=typed_in(request), back=back)
