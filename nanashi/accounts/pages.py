"""How the pages about accounts answer: made for one person, kept nowhere, in no search engine."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from nanashi.accounts.access import private
from nanashi.reading.responses import Head, drawn


def page(
    request: HttpRequest, template: str, title: str, status: int = HTTPStatus.OK, **content: Any
) -> HttpResponse:
    """A private page from a template."""
    head = Head(title=title, path=request.path, indexed=False)
    return private(drawn(request, template, head, status, **content))
