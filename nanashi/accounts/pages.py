"""How the pages about accounts answer: made for one person, kept nowhere, in no search engine."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nanashi.accounts.access import private
from nanashi.reading.edition import EDITION
from nanashi.reading.responses import Head


def page(
    request: HttpRequest, template: str, title: str, status: int = HTTPStatus.OK, **content: Any
) -> HttpResponse:
    """A private page from a template."""
    head = Head(title=title, path=request.path, indexed=False)
    context = {"head": head, "site_url": settings.NANASHI_URL, "edition": EDITION, **content}
    return private(render(request, template, context, status=status))
