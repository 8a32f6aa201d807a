"""Feeds read back: well-formed, valid by schemas that others wrote, understood by feedparser."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
from jsonschema import Draft4Validator
from lxml import etree
from referencing import Registry, Resource

from nanashi.reading.responses import FEED_TYPES
from tests.reading.pages import Page, Read

SCHEMAS = Path(__file__).parents[1] / "corpora" / "feeds"
FORMS = tuple(FEED_TYPES)
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Told(NamedTuple):
    """What a feed tells of one entry, in the words of all formats."""

    id: str
    title: str
    content: str
    published: str
    lang: str


def feed_of(read: Read, path: str, form: str, language: str = "en") -> Any:
    """The feed at this path, valid in its format: the root element, or the JSON object."""
    page = read(path, language)
    assert page.status == 200, path
    assert page.response["Content-Type"] == f"{FEED_TYPES[form]}; charset=utf-8"
    return checked(page.response.content, form)


def checked(document: bytes, form: str) -> Any:
    """A document that is valid in its format."""
    if form == "json":
        feed = json.loads(document)
        assert [error.message for error in _json_schema().iter_errors(feed)] == []
        return feed
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    schema = _relax_ng() if form == "atom" else _xml_schema()
    empty = form == "rss" and root.find("channel/item") is None
    assert empty or schema.validate(root), schema.error_log
    check_by_feedparser(document, form)
    if form == "atom":
        check_schematron(root)
    return root


def check_by_feedparser(document: bytes, form: str) -> None:
    parsed = feedparser.parse(
        document, response_headers={"content-type": f"{FEED_TYPES[form]}; charset=utf-8"}
    )
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == {"atom": "atom10", "rss": "rss20"}[form]


def check_schematron(feed: Any) -> None:
    """The rules of RFC 4287 that its schema states in Schematron."""
    assert feed.find(f"{ATOM}author") is not None
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}content") is not None


def entries_of(feed: Any, form: str) -> list[Told]:
    """What a feed tells of its entries, in order."""
    if form == "json":
        names = ("id", "title", "content_html", "date_published", "language")
        return [Told(*(item.get(name, "") for name in names)) for item in feed["items"]]
    if form == "rss":
        names = ("guid", "title", f"{CONTENT}encoded", "pubDate", f"{DC}language")
        items = feed.iter("item")
        return [Told(*(item.findtext(name, "") for name in names)) for item in items]
    names = ("id", "title", "content", "published")
    return [
        Told(*(entry.findtext(ATOM + name, "") for name in names), entry.get(XML_LANG, ""))
        for entry in feed.iter(f"{ATOM}entry")
    ]


def head_of(feed: Any, form: str) -> tuple[str, str, str, str]:
    """A feed's title, language, own address and the page that it follows."""
    if form == "json":
        return feed["title"], feed["language"], feed["feed_url"], feed["home_page_url"]
    top = feed if form == "atom" else feed.find("channel")
    links = {link.get("rel"): link.get("href") for link in top.findall(f"{ATOM}link")}
    if form == "rss":
        assert links["alternate"] == top.findtext("link")
        return top.findtext("title"), top.findtext("language"), links["self"], links["alternate"]
    return feed.findtext(f"{ATOM}title"), feed.get(XML_LANG), links["self"], links["alternate"]


def parsed_by_feedparser(page: Page) -> Any:
    """What a reader's library makes of it."""
    headers = {"content-type": page.response["Content-Type"]}
    return feedparser.parse(page.response.content, response_headers=headers)


@cache
def _relax_ng() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(SCHEMAS / "atom.rng"))


@cache
def _xml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "rss-2.0.xsd"))


@cache
def _json_schema() -> Draft4Validator:
    first, second = (
        json.loads((SCHEMAS / f"json-feed-{version}.schema.json").read_text(encoding="utf-8"))
        for version in ("1", "1.1")
    )
    registry = Registry().with_resource("https://json.schemastore.org/feed-1", Resource.from_contents(first))
    return Draft4Validator(second, registry=registry)
