"""What the writing page asks for while somebody writes: a preview, and a pasted table as Markdown."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from nanashi.accounts.access import private
from nanashi.accounts.rates import address_of
from nanashi.accounts.views.waiting import too_many
from nanashi.accounts.volatile import spend
from nanashi.text.pasted import TableTooLargeError, table_to_markdown
from nanashi.writing.forms import EntryForm
from nanashi.writing.preview import preview as previewed


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The preview of what the form holds, for the place below the text."""
    if wait := spend("preview from", address_of(request)):
        return private(too_many(HttpResponse(), wait))
    form = EntryForm(request.POST)
    made = None
    if len(form.typed_body) <= settings.MAX_BODY:
        made = previewed(form.value("title"), form.typed_body, form.off)
    return private(render(request, "preview.html", {"preview": made, "limit": settings.MAX_BODY}))


@require_POST
def table(request: HttpRequest) -> HttpResponse:
    """What was on the clipboard as a Markdown table; nothing (204) where it is none, or too large."""
    if wait := spend("preview from", address_of(request)):
        return private(too_many(HttpResponse(), wait))
    try:
        made = table_to_markdown(request.POST.get("pasted", ""))
    except TableTooLargeError:
        made = ""
    if not made:
        return private(HttpResponse(status=HTTPStatus.NO_CONTENT))
    return private(HttpResponse(made, content_type="text/plain; charset=utf-8"))
