"""Plain search."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.reading.cursors import before_of
from nanashi.reading.passages import places_in
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
        return show(request, "search.html", head, query="", found=None, places=(), headword=None)
    found = search(query, before_of(request))
    return show(
        request,
        "search.html",
        head,
        query=query,
        found=found._replace(sources=()),
        places=places_in(found.entries, found.sources, found.terms),
        headword=headword_of(query),
    )
