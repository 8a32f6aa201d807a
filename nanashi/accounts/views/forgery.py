"""A form that did not prove that it came from this diary."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.accounts.pages import page

SHOWN = ("title", "body", "definition", "reason", "note")
"""Fields in which people write; what they typed comes back to be copied."""


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is refused and what to do, with all that was written in it; `reason` is for developers."""
    title = _("This form is too old, or did not come from here")
    return page(request, "forgery.html", title, HTTPStatus.FORBIDDEN, written=written_in(request))


def written_in(request: HttpRequest) -> list[str]:
    """All that somebody wrote in the form that was sent."""
    return [text for field in SHOWN for text in request.POST.getlist(field) if text.strip()]
