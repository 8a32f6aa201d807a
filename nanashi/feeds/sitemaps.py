"""What search engines are told: the sitemap, in bounded parts, and robots.txt."""

import datetime
import re
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nanashi.feeds.addresses import absolute
from nanashi.feeds.queries import (
    days_with_entries,
    entry_ids_of,
    keyword_parts,
    months_with_entries,
    words_of_part,
)
from nanashi.reading.responses import unless_known
from nanashi.text.markup import entry_path, keyword_path

MOST_ADDRESSES = 50_000
"""What the protocol allows in one file."""
FRONT_PAGES = ("/", "/keywords", "/about")
NUMBER = re.compile(r"[0-9]{1,5}")
XML = "application/xml; charset=utf-8"
ROBOTS = """\
User-agent: *
Disallow: /search

Sitemap: {sitemap}
"""


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap: keywords, then each month that has entries, newest first."""
    parts = keyword_parts()
    keywords = [_keywords_path(part, parts) for part in range(1, parts + 1)]
    months = [f"/sitemap/{month.isoformat()[:7]}.xml" for month in reversed(months_with_entries())]
    return _answer(request, "feeds/sitemap_index.xml", [*keywords, *months])


def sitemap_month(request: HttpRequest, month: str) -> HttpResponse:
    """The days and entries of a month.

    Of a month that has more than one file can hold, the entries of its last days; its days lead to the
    others. Raises Http404 for a month that has no entry.
    """
    try:
        first = datetime.date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404(_("The calendar has no such month.")) from None
    days = [f"/{day.isoformat()}" for day in days_with_entries(first)]
    if not days:
        raise Http404(_("Nobody wrote anything in this month."))
    entries = map(entry_path, entry_ids_of(first, MOST_ADDRESSES - len(days)))
    return _answer(request, "feeds/sitemap.xml", [*days, *entries])


def sitemap_keywords(request: HttpRequest) -> HttpResponse:
    """The pages of keywords, all or the part ?part= ?of=; the first begins with the pages that always are.

    Raises Http404 for a part that cannot be.
    """
    part, of = (_number(request, name) for name in ("part", "of"))
    if not 1 <= part <= of <= MOST_ADDRESSES:
        raise Http404(_("The sitemap has no such part."))
    front = FRONT_PAGES if part == 1 else ()
    words = words_of_part(part, of, MOST_ADDRESSES - len(front))
    return _answer(request, "feeds/sitemap.xml", [*front, *map(keyword_path, words)])


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the search, which costs more than a page."""
    text = ROBOTS.format(sitemap=absolute("/sitemap.xml"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _keywords_path(part: int, of: int) -> str:
    path = "/sitemap/keywords.xml"
    return path if of == 1 else f"{path}?{urlencode({'part': part, 'of': of})}"


def _number(request: HttpRequest, name: str) -> int:
    """A number in the query, 1 where it is not given and 0 where it is none."""
    text = request.GET.get(name, "1")
    return int(text) if NUMBER.fullmatch(text) else 0


def _answer(request: HttpRequest, template: str, paths: Iterable[str]) -> HttpResponse:
    addresses = [absolute(path) for path in paths][:MOST_ADDRESSES]
    return unless_known(
        request,
        (template, addresses),
        lambda: render(request, template, {"addresses": addresses}, content_type=XML),
    )
