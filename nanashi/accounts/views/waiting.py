"""Attempts that have to wait."""

import math
from http import HTTPStatus

from django.http import HttpResponse


def too_many(response: HttpResponse, seconds: float) -> HttpResponse:
    """The same page, said to be one that was asked for too often (RFC 6585), with the seconds to wait."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(math.ceil(seconds))
    return response
