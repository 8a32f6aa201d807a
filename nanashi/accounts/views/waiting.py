"""Attempts that have to wait."""

from http import HTTPStatus

from django.http import HttpResponse

from nanashi.reading.responses import again_after


def too_many(response: HttpResponse, seconds: float) -> HttpResponse:
    """The same page, said to be one that was asked for too often (RFC 6585), with the seconds to wait."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return again_after(response, seconds)
