"""The steps that every page has to climb; each page's tests call them with its own address."""

import json
from collections.abc import Callable

import jinja2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nanashi.reading.responses import FEED_TYPES
from tests.reading.pages import Page, Read

VARY = {"Accept-Language", "Cookie"}
OTHER_ETAG = '"0123456789abcdef"'


def tags_of(page: Page) -> tuple[str, str]:
    """The ETag in its strong and its weak form."""
    tag = page.response["ETag"].removeprefix("W/")
    return tag, f"W/{tag}"


def check_conditional(read: Read, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who has the page is told so, by If-None-Match alone and before any template is touched."""
    page = read(path)
    assert page.status == 200
    check_caching_headers(page)
    strong, weak = tags_of(page)
    rendered = count_rendered(monkeypatch)
    for known in (strong, weak, f"{OTHER_ETAG}, {weak}", f"{strong},{OTHER_ETAG}", "*"):
        again = read(path, If_None_Match=known)
        assert (again.status, again.response.content) == (304, b""), known
        assert again.response["ETag"] == strong
        check_caching_headers(again)
    assert rendered == []
    for unknown in (OTHER_ETAG, strong.strip('"'), "", "nonsense"):
        assert read(path, If_None_Match=unknown).status == 200, unknown
    assert read(path, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status == 200


def check_caching_headers(page: Page) -> None:
    vary = {one.strip() for one in page.response["Vary"].split(",")}
    assert vary >= VARY
    assert "Last-Modified" not in page.response
    assert page.response["Cache-Control"] == "no-cache"


def count_rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that names every template that is rendered from now on."""
    rendered: list[str] = []
    render = jinja2.Template.render

    def watched(template: jinja2.Template, *arguments: object, **named: object) -> str:
        rendered.append(template.name or "")
        return render(template, *arguments, **named)

    monkeypatch.setattr(jinja2.Template, "render", watched)
    return rendered


def check_etag_changes(read: Read, path: str, change: Callable[[], object]) -> None:
    """Another language or encoding is another page; so is the same page after a change."""
    first = read(path)
    assert read(path).response["ETag"] == first.response["ETag"]
    tags = {
        tags_of(one)[0]
        for one in (
            first,
            read(path, language="ja"),
            read(path, Accept_Encoding="gzip"),
            read(path, language="ja", Accept_Encoding="gzip"),
        )
    }
    assert len(tags) == 4
    change()
    changed = read(path, If_None_Match=", ".join(tags))
    assert changed.status == 200
    assert tags_of(changed)[0] not in tags


def check_head(page: Page, *, path: str, feed: str = "", glue: str = ".") -> None:
    """What the head says agrees with itself; `path` is canonical, `feed` where its feeds begin."""
    address = settings.NANASHI_URL + path
    assert page.value("link[rel=canonical]", "href") == address
    assert page.value("meta[property='og:url']", "content") == address
    title = page.text("title")
    own = page.value("meta[property='og:title']", "content")
    site = page.value("meta[property='og:site_name']", "content")
    assert title in (own, f"{own} – {site}")
    described = page.values("meta[name=description]", "content")
    assert page.values("meta[property='og:description']", "content") == described
    feeds = [(kind, f"{feed}{glue}{form}") for form, kind in FEED_TYPES.items()] if feed else []
    links = "link[rel=alternate]"
    assert list(zip(page.values(links, "type"), page.values(links, "href"), strict=True)) == feeds
    assert page.values(".feeds a", "href") == [address for _kind, address in feeds]
    assert len(page.tree.css("h1")) == 1


def check_not_found(page: Page, sentence: str) -> None:
    """A missing page says what is not there, and where to go on; it is never "not modified"."""
    assert page.status == 404
    assert sentence in page.main
    assert page.value("meta[name=robots]", "content") == "noindex"
    assert page.values("main a", "href")


def queries_of(read: Read, path: str) -> int:
    """How many questions a page asks of the database."""
    with CaptureQueriesContext(connection) as captured:
        assert read(path).status == 200
    return len(captured)


def json_line(**fields: object) -> str:
    """One line of a list of keywords."""
    return json.dumps(fields, ensure_ascii=False)
