"""Requests that no view saw to the end: too large, or a fault of ours. What was typed is on the page if it can be."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.accounts.pages import page
from nanashi.reading.views import errors
from nanashi.web.typed import written_in

CHUNK = 65_536
MOST_READ_OFF = 64_000_000
"""Bytes of a form too large that are read and dropped, so that its sender sees the page that says so."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too large a request says so; the text stayed in the browser, since nobody read it."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        _read_off(request)
        title, status = _("This is too large to be taken"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return page(request, "write_refused.html", title, status, large=True, written=[])
    title = _("This request cannot be read")
    return page(request, "write_refused.html", title, HTTPStatus.BAD_REQUEST, large=False, written=[])


def _read_off(request: HttpRequest) -> None:
    """Take what the browser still sends, within bounds: cut off, it would show an error of its own."""
    left = MOST_READ_OFF
    try:
        while left > 0 and (read := len(request.read(CHUNK))):
            left -= read
    except OSError:
        return


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; with the text, where there was one."""
    written = _written(request) if request.method == "POST" else []
    if not written:
        return errors.failed(request)
    title, status = _("Something went wrong"), HTTPStatus.INTERNAL_SERVER_ERROR
    return page(request, "write_refused.html", title, status, large=False, written=written)


def _written(request: HttpRequest) -> list[str]:
    try:
        return written_in(request)
    except (OSError, RequestDataTooBig, TooManyFieldsSent):
        return []
