"""The three formats: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1. One feed says the same in each."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime

from django.template.loader import render_to_string
from django.utils.translation import get_language

from nanashi.feeds.items import Item
from nanashi.feeds.moments import moment_of
from nanashi.text.characters import replace_forbidden

JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Feed:
    """What every format says of a feed."""

    diary: str
    """The diary's name, which is all that is known of who writes."""
    title: str
    description: str
    page: str
    """Address of the page that it follows, which is also its id."""
    address: str
    """Its own address, in the format asked for."""
    items: tuple[Item, ...]
    since: datetime.date
    """The day that it has been as it is while there is no item."""

    @property
    def updated(self) -> datetime.datetime:
        """When an item changed last."""
        return max((item.updated for item in self.items), default=moment_of(self.since))


def atom(feed: Feed) -> str:
    """Atom, with what an entry answers (RFC 4685) and what it quotes (rel="via")."""
    return _xml("feeds/atom.xml", feed)


def rss(feed: Feed) -> str:
    """RSS 2.0, the whole text as content:encoded."""
    return _xml("feeds/rss.xml", feed)


def json_feed(feed: Feed) -> str:
    """JSON Feed 1.1; entries without a title have none here."""
    document = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": get_language(),
        "authors": [{"name": feed.diary}],
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False)


def _json_item(item: Item) -> dict[str, str]:
    fields = {
        "id": item.url,
        "url": item.url,
        "external_url": item.source["url"],
        "title": item.title,
        "content_html": item.content,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat() if item.updated > item.published else "",
        "language": item.lang,
    }
    return {name: value for name, value in fields.items() if value or name == "content_html"}


def _xml(template: str, feed: Feed) -> str:
    """The document, without any character that XML forbids, wherever it came from."""
    return replace_forbidden(render_to_string(template, {"feed": feed, "rfc822": format_datetime}))


FORMATS: dict[str, Callable[[Feed], str]] = {"atom": atom, "rss": rss, "json": json_feed}
