"""What is not here, and what went wrong, said in the reader's language."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nanashi.reading.edition import EDITION
from nanashi.reading.responses import Head, show


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere; it says what a Http404 was raised with."""
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    head = Head(title=_("Not found"), path=request.path, indexed=False)
    return show(request, "not_found.html", head, HTTPStatus.NOT_FOUND, reason=reason)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours."""
    head = Head(title=_("Something went wrong"), path=request.path, indexed=False)
    context = {"head": head, "edition": EDITION}
    return render(request, "failed.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def no_such_entry() -> str:
    """What the address of an entry that is not here is answered with."""
    return _("No entry has this address. It may have been withdrawn by its writer.")
