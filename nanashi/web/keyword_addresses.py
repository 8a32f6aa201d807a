"""`/keyword/<word>` takes any text, so here it is decided what an address means."""

from django.http import HttpRequest, HttpResponse

from nanashi.feeds.views import keyword_feed
from nanashi.reading.queries.keywords import keyword_view
from nanashi.reading.responses import FEED_TYPES
from nanashi.reading.views.keywords import keyword, suffix_of


def keyword_address(request: HttpRequest, word: str) -> HttpResponse:
    """A keyword's page, or one of its feeds.

    A registered word wins over an ending: `package.json` is that word's page where it is registered, and its
    feeds are at `?feed=atom`.
    """
    form = request.GET.get("feed", "")
    if form in FEED_TYPES:
        return keyword_feed(request, word, form)
    stem, ending = suffix_of(word)
    if ending and keyword_view(word) is None:
        return keyword_feed(request, stem, ending)
    return keyword(request, word)
