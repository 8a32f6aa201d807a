"""Keyword pages and the keyword index."""

from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from http import HTTPStatus
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nanashi.lexicons.progress import progress_of
from nanashi.models.keyword import WORD_LENGTH
from nanashi.reading.cursors import before_of
from nanashi.reading.queries.estimates import has_estimates
from nanashi.reading.queries.keywords import (
    IndexedWord,
    KeywordView,
    entries_with,
    headword_of,
    index_page,
    is_proposed,
    keyword_view,
    shelves,
    words_starting_with,
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
    return show(
        request,
        "keyword.html",
        _page_head(found),
        keyword=found,
        page=page,
        before=before,
        progress=progress_of(found.key),
        proposed=is_proposed(found.key),
        estimated=has_estimates(found.key),
    )


def index(request: HttpRequest) -> HttpResponse:
    """All keywords by reading and alphabet, a page at a time; `?q=` those that begin so."""
    shelf, after = request.GET.get("shelf", "")[:2], request.GET.get("after", "")
    query, language = request.GET.get("q", "")[:WORD_LENGTH].strip(), get_language() or "en"
    page = words_starting_with(query) if query else index_page(shelf, after, language)
    head = Head(
        title=_("Keywords"),
        path="/keywords",
        description=_("All keywords of this diary, by reading and alphabet."),
        indexed=not query,
    )
    return show(
        request,
        "keywords.html",
        head,
        page=page,
        groups=_groups(page.words, query),
        shelves=shelves(language),
        shelf=shelf,
        query=query,
    )


def _groups(words: Sequence[IndexedWord], query: str) -> list[tuple[str, tuple[IndexedWord, ...]]]:
    """Words by shelf, in their order; what was looked for is one group."""
    return [(shelf, tuple(one)) for shelf, one in groupby(words, lambda word: "" if query else word.shelf)]


def suffix_of(word: str) -> tuple[str, str]:
    """A word and the feed format that its address asks for by its ending, or ""."""
    stem, dot, ending = word.rpartition(".")
    return (stem, ending) if dot and stem and ending in FEED_TYPES else (word, "")


def keyword_head(word: str, title: str, description: str = "") -> Head:
    """What the head of a keyword's page, and of its feeds, says."""
    path = keyword_path(word)
    return Head(
        title=title,
        path=path,
        description=description or _("Every entry with “%(word)s”, day by day.") % {"word": word},
        feed=path,
        feed_query=bool(suffix_of(word)[1]),
    )


def _page_head(found: KeywordView) -> Head:
    title = _("What is %(word)s? Entries with “%(word)s”") % {"word": found.word}
    head = keyword_head(found.word, title, _in_one_line(found.definition_html)[:DESCRIPTION_LENGTH])
    return replace(head, indexed=not found.retired)


def _in_one_line(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def _unknown(request: HttpRequest, word: str) -> HttpResponse:
    head = Head(
        title=_("“%(word)s” is not a keyword yet") % {"word": word},
        path=keyword_path(word),
        indexed=False,
    )
    return show(request, "keyword_unknown.html", head, HTTPStatus.NOT_FOUND, word=word)
