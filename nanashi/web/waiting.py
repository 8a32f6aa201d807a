"""How long a request waits for its turn to write is counted from when it is here, whatever it waits for."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nanashi.models import turns


class WaitingMiddleware:
    """Starts the clock of a request; once more when its form was read, as that takes as long as its sender takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with turns.arrived():
            return self.get_response(request)

    def process_view(self, _request: HttpRequest, _view: object, _arguments: object, _named: object) -> None:
        """The check against forgery, which stands before this one, has read the form by now."""
        turns.arrived_now()
