"""Who may see what: pages for people with a key ring, and pages that nobody else may keep."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from nanashi.identity.ring import Ring

HOME = "/mine"
"""Where somebody who signs in without going anywhere arrives."""
Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def ring_of(request: HttpRequest) -> Ring | None:
    """The key ring that a request carries."""
    ring: Ring | None = getattr(request, "ring", None)
    return ring


def master_of(request: HttpRequest) -> bytes:
    """The master secret of a request that has passed `needs_ring`. Raises LookupError for any other."""
    ring = ring_of(request)
    if ring is None:
        raise LookupError("ring")
    return ring.master


def needs_ring(view: View[Rest]) -> View[Rest]:
    """Send strangers to sign in, and back to where they were going."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Rest.args, **named: Rest.kwargs) -> HttpResponseBase:
        if ring_of(request) is None:
            back = request.get_full_path() if request.method == "GET" else request.path
            return HttpResponseRedirect("/sign-in?" + urlencode({"next": back}))
        return private(view(request, *arguments, **named))

    return guarded


def private(response: Answer) -> Answer:
    """An answer for one person: kept nowhere.

    Its forms tell our own server which page they stand on, since a browser that may not sends `Origin: null`,
    which no check against forgery can accept.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


class PrivacyMiddleware:
    """Marks as private what answers a form, and each page that holds a form with a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            private(response)
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses public pages alone.

    A page that holds a secret beside text that somebody else chose can be guessed from its compressed size (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave alone what is sent to somebody who is signed in, and what holds a form's token."""
        if settings.SESSION_COOKIE in request.COOKIES or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)  # type: ignore[no-any-return, arg-type]
