"""Keyword pages and the keyword index."""

from html import unescape
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from nanashi.reading.cursors import before_of
from nanashi.reading.queries.keywords import (
    KeywordView,
    entries_with,
    headword_of,
    index_page,
    keyword_view,
    shelves,
)
from nanashi.reading.responses import FEED_TYPES, Head, show
from nanashi.text.markup import keyword_path

DESCRIPTION_LENGTH = 160


def keyword(request: HttpRequest, word: str) -> HttpResponse:
    """What a word means, and every entry that contains it, day by day.

    Any spelling of it leads to its page; a word that nobody has registered says so.
    """
    found = keyword_view(word)
    if found is None:
        headword = headword_of(word)
        return HttpResponseRedirect(keyword_path(headword)) if headword else _unknown(request, word)
    before = before_of(request)
    page = entries_with(found.key, before)
    return show(request, "keyword.html", _head(found), keyword=found, page=page, before=before)


def index(request: HttpRequest) -> HttpResponse:
    """All keywords by reading and alphabet, a page at a time."""
    shelf, after = request.GET.get("shelf", "")[:2], request.GET.get("after", "")
    page = index_page(shelf, after)
    head = Head(
        title=_("Keywords"),
        path="/keywords",
        description=_("All keywords of this diary, by reading and alphabet."),
    )
    limit = settings.COUNT_LIMIT
    return show(request, "keywords.html", head, page=page, shelves=shelves(), shelf=shelf, limit=limit)


def suffix_of(word: str) -> tuple[str, str]:
    """A word and the feed format that its address asks for by its ending, or ""."""
    stem, dot, ending = word.rpartition(".")
    return (stem, ending) if dot and stem and ending in FEED_TYPES else (word, "")


def _head(found: KeywordView) -> Head:
    path = keyword_path(found.word)
    return Head(
        title=_("What is %(word)s? Entries with “%(word)s”") % {"word": found.word},
        path=path,
        description=_in_one_line(found.definition_html)[:DESCRIPTION_LENGTH]
        or _("Every entry with “%(word)s”, day by day.") % {"word": found.word},
        feed=path,
        feed_query=bool(suffix_of(found.word)[1]),
    )


def _in_one_line(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def _unknown(request: HttpRequest, word: str) -> HttpResponse:
    head = Head(
        title=_("“%(word)s” is not a keyword yet") % {"word": word},
        path=keyword_path(word),
        indexed=False,
    )
    return show(request, "keyword_unknown.html", head, HTTPStatus.NOT_FOUND, word=word)
