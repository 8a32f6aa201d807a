"""What this diary is, what it keeps and what it cannot prevent."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.reading.responses import Head, show


def about(request: HttpRequest) -> HttpResponse:
    """The page that readers and writers are promised things on."""
    head = Head(
        title=_("About this diary"),
        path="/about",
        description=_("How words link themselves, what is kept, and what nobody can promise."),
    )
    return show(request, "about.html", head)
