"""Whatever is written, feeds stay well-formed and say it."""

import datetime
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from nanashi.feeds.addresses import with_absolute_links
from nanashi.feeds.formats import FORMATS, Feed
from nanashi.feeds.items import item_of
from nanashi.feeds.moments import moment_of, updated_of
from nanashi.reading.queries.entries import EntryView
from nanashi.text.characters import replace_forbidden
from nanashi.text.markup import render
from tests.feeds.formats import FORMS, checked, entries_of, head_of

DAY = datetime.date(2024, 6, 6)
PUBLIC_ID = "20240606-k7m2xq"
PIECES = st.sampled_from(
    [
        "]]>",
        "<![CDATA[",
        "<!--",
        "&amp;",
        "&#0;",
        "<b>",
        '"',
        "'",
        "\r\n",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "שלום",
        "مرحبا",
        "\u202e",
        "ｶﾅ",
        "Ａ",
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.one_of(PIECES, CHARACTERS, st.characters(max_codepoint=0xA0)), max_size=30).map("".join)
DAYS = st.dates()
QUARTERS = st.one_of(st.none(), st.integers(0, 95))


def entry(title: str, body: str) -> EntryView:
    rendered = render(body, anchor=PUBLIC_ID)
    excerpt = " ".join(rendered.plain.split())[:200]
    source = {"url": "https://example.org/", "title": title, "by": title}
    return EntryView(
        1, PUBLIC_ID, DAY, 57, title, rendered.html, excerpt, "", None, None, None, source, (), 0
    )


def document_of(form: str, title: str, body: str) -> bytes:
    item = item_of(entry(title, body))
    feed = Feed(title, title, title, "https://a.example/", f"https://a.example/feed.{form}", (item,), DAY)
    return FORMATS[form](feed).encode()


@pytest.mark.parametrize("form", FORMS)
@given(title=TEXTS, body=TEXTS)
@example(title="]]>", body="]]>")
@example(title="\x00\x0b\x1f\ufffe\x85", body="\x00\x0b\x1f\ufffe\x85")
def test_feeds_stay_well_formed_and_the_text_survives(form: str, title: str, body: str) -> None:
    feed = checked(document_of(form, title, body), form)
    shown = replace_forbidden(title)
    assert head_of(feed, form)[0] == (title if form == "json" else shown)
    (told,) = entries_of(feed, form)
    if title:
        assert told.title == shown
    assert told.content.endswith(render(body, anchor=PUBLIC_ID).html)


@given(body=TEXTS)
def test_absolute_links_change_nothing_but_links(body: str) -> None:
    source = f'[a](/about) {body} [b](https://example.org/) [c](//example.org/x) `<a href="/">`'
    before = render(source, anchor=PUBLIC_ID).html
    page = f"https://a.example/e/{PUBLIC_ID}"
    after = with_absolute_links(before, page)
    assert after == with_absolute_links(after, page)
    hrefs = html.fromstring(f"<div>{after}</div>").xpath("//a/@href")
    assert all(":" in href for href in hrefs)
    assert without_hrefs(before) == without_hrefs(after)


def without_hrefs(text: str) -> str:
    tree = html.fromstring(f"<div>{text}</div>")
    for anchor in tree.xpath("//a[@href]"):
        del anchor.attrib["href"]
    return str(html.tostring(tree, encoding="unicode"))


@given(day=DAYS, quarter=QUARTERS, edited_on=st.one_of(st.none(), DAYS))
def test_moments_are_coarse_and_in_order(
    day: datetime.date, quarter: int | None, edited_on: datetime.date | None
) -> None:
    published = moment_of(day, quarter)
    assert published.date() == day
    assert (published.hour * 60 + published.minute, published.second) == ((quarter or 0) * 15, 0)
    assert len(published.isoformat()) == len("2024-06-06T14:15:00+09:00")
    updated = updated_of(day, quarter, edited_on)
    assert updated >= published
    assert updated in (published, moment_of(edited_on or day))


def test_json_feeds_are_one_object() -> None:
    assert json.loads(document_of("json", "\u2028", "x"))["title"] == "\u2028"
