"""Plain search."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.reading.cursors import before_of
from nanashi.reading.passages import passage
from nanashi.reading.queries.keywords import headword_of
from nanashi.reading.queries.search import search
from nanashi.reading.responses import Head, show

MAX_QUERY = 200
"""Characters of a query that are looked at."""


def find(request: HttpRequest) -> HttpResponse:
    """Entries that hold every word of a query, newest first, each with the place."""
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    title = _("Search: %(query)s") % {"query": query} if query else _("Search")
    head = Head(title=title, path="/search", indexed=False)
    if not query:
        return show(request, "search.html", head, query="", found=None, passages=(), headword=None)
    found = search(query, before_of(request))
    passages = tuple(passage(source, found.terms) for source in found.sources)
    page = found._replace(sources=())
    return show(
        request, "search.html", head, query=query, found=page, passages=passages, headword=headword_of(query)
    )
