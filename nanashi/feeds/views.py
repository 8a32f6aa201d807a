"""Feeds of the whole diary, of a day and of each keyword."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from nanashi.feeds.addresses import absolute
from nanashi.feeds.formats import FORMATS, Feed
from nanashi.feeds.items import item_of
from nanashi.reading.queries.entries import EntryPage, entries_of_day, newest_entries
from nanashi.reading.queries.keywords import entries_with, headword_of, keyword_view
from nanashi.reading.responses import FEED_TYPES, Head, unless_known
from nanashi.reading.site import site_name
from nanashi.reading.views.days import day_head, diary_head
from nanashi.reading.views.keywords import keyword_head

BEGINNING = datetime.date(1970, 1, 1)
"""The "updated" that Atom asks for, of a feed that has never had an entry."""


@dataclass(frozen=True)
class Subject:
    """What a feed follows."""

    head: Head
    """Title, path and description, and where its feeds are."""
    page: EntryPage
    since: datetime.date = BEGINNING


def diary_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest entries of the diary."""
    return _answer(request, form, Subject(diary_head(), newest_entries(settings.FEED_SIZE)))


def day_feed(request: HttpRequest, day: datetime.date, form: str) -> HttpResponse:
    """The newest entries of one day; valid, and empty, where it has none."""
    return _answer(request, form, Subject(day_head(day), entries_of_day(day, size=settings.FEED_SIZE), day))


def keyword_feed(request: HttpRequest, word: str, form: str) -> HttpResponse:
    """The newest entries that contain a keyword.

    Any spelling of it leads to its feed. Raises Http404 for a word that nobody has registered.
    """
    found = keyword_view(word)
    if found is None:
        headword = headword_of(word)
        if headword is None:
            raise Http404(_("“%(word)s” is not a keyword yet") % {"word": word})
        return HttpResponseRedirect(_feed_paths(_keyword_head(headword))[form])
    page = entries_with(found.key, size=settings.FEED_SIZE)
    return _answer(request, form, Subject(_keyword_head(word), page))


def _keyword_head(word: str) -> Head:
    return keyword_head(word, _("Entries with “%(word)s”") % {"word": word})


def _feed_paths(head: Head) -> dict[str, str]:
    """Where the feed of each form is."""
    return dict(zip(FEED_TYPES, (path for _type, path in head.feeds()), strict=True))


def _answer(request: HttpRequest, form: str, subject: Subject) -> HttpResponse:
    """The feed, which is not even put together for a reader who has it."""
    diary = site_name()

    def feed() -> HttpResponse:
        head = subject.head
        document = FORMATS[form](
            Feed(
                diary=diary,
                title=f"{head.title} – {diary}" if head.title else diary,
                description=head.description,
                page=absolute(head.path),
                address=absolute(_feed_paths(head)[form]),
                items=tuple(item_of(entry) for entry in subject.page.entries),
                since=subject.since,
            )
        )
        return HttpResponse(document, content_type=f"{FEED_TYPES[form]}; charset=utf-8")

    return unless_known(request, (form, diary, subject), feed)
