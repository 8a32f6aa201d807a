"""What feeds say, in each format."""

import datetime
from urllib.parse import quote

import pytest
from django.conf import settings
from lxml import html

from tests.feeds.formats import ATOM, DC, FORMS, THREAD, entries_of, feed_of, head_of, parsed_by_feedparser
from tests.reading.conftest import DAY, Define, Write
from tests.reading.ladder import check_not_found
from tests.reading.pages import Read

SITE = settings.NANASHI_URL
RAIN = "/keyword/" + quote("雨")
PATHS = {"the diary": "/feed", "a day": "/2024-06-06", "a keyword": RAIN}
each_form = pytest.mark.parametrize("form", FORMS)
each_feed = pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)


def links_in(content: str) -> list[str]:
    return [str(href) for href in html.fromstring(f"<div>{content}</div>").xpath("//a/@href")]


@each_form
@each_feed
def test_each_feed_lists_its_entries_newest_first(
    read: Read, write: Write, define: Define, path: str, form: str
) -> None:
    define("雨")
    ids = write("朝の雨", "夜の雨", title="天気")
    feed = feed_of(read, f"{path}.{form}", form)
    told = entries_of(feed, form)
    assert [one.id for one in told] == [f"{SITE}/e/{one}" for one in reversed(ids)]
    assert [one.title for one in told] == ["天気"] * 2
    assert [one.lang for one in told] == ["ja"] * 2
    page = "/" if path == "/feed" else path
    assert head_of(feed, form)[1:] == ("en", f"{SITE}{path}.{form}", f"{SITE}{page}")


@each_form
def test_a_feed_holds_the_whole_body(read: Read, write: Write, define: Define, form: str) -> None:
    define("雨")
    write("今日は雨。\n\n" + "晴れ、" * 2000 + "end")
    (told,) = entries_of(feed_of(read, f"/feed.{form}", form), form)
    shown = read("/").tree.css_first("article .body").inner_html.strip()
    assert told.content.strip() == shown.replace('href="/', f'href="{SITE}/')
    assert f'<a class="k kn" href="{SITE}{RAIN}">雨</a>' in told.content


@each_form
def test_links_lead_somewhere_from_outside(read: Read, write: Write, define: Define, form: str) -> None:
    define("雨")
    (first,) = write("雨")
    ours, theirs = f"雨 >>{first} [about](/about)", "[out](https://example.org/?a=1&b=2) [c](//example.org/c)"
    (second,) = write(f'{ours} {theirs} [^1]\n\n[^1]: below `<a href="/x">` href="/y"')
    told = entries_of(feed_of(read, f"/feed.{form}", form), form)[0]
    page = f"{SITE}/e/{second}"
    assert links_in(told.content) == [
        f"{SITE}{RAIN}",
        f"{SITE}/e/{first}",
        f"{SITE}/about",
        "https://example.org/?a=1&b=2",
        "http://example.org/c",
        f"{page}#fn-{second}-1",
        f"{page}#fnref-{second}-1",
    ]
    assert '<code>&lt;a href="/x"&gt;</code> href="/y"' in told.content


@each_form
def test_an_entry_without_a_title_has_none_or_its_beginning(read: Read, write: Write, form: str) -> None:
    write("とても長い話。" * 20)
    (told,) = entries_of(feed_of(read, f"/feed.{form}", form), form)
    assert told.title == ("" if form == "json" else ("とても長い話。" * 20)[:59] + "…")


@each_form
def test_a_title_is_text(read: Read, write: Write, form: str) -> None:
    title = "<b>&amp; \"' ]]> 👩‍👩‍👧 שלום ｶﾅ"
    write("x", title=title)
    (told,) = entries_of(feed_of(read, f"/feed.{form}", form), form)
    assert told.title == title


def test_the_summary_in_rss_is_html_and_says_the_text(read: Read, write: Write) -> None:
    write("1 < 2 & `<i>`")
    summary = feed_of(read, "/feed.rss", "rss").findtext(".//item/description")
    assert summary == "1 &lt; 2 &amp; &lt;i&gt;"


def test_times_are_no_finer_than_a_quarter_of_an_hour(read: Read, write: Write) -> None:
    write("x", quarter=57)
    assert told_times(read) == {
        "atom": "2024-06-06T14:15:00+09:00",
        "rss": "Thu, 06 Jun 2024 14:15:00 +0900",
        "json": "2024-06-06T14:15:00+09:00",
    }


def test_an_unknown_time_is_the_beginning_of_the_day(read: Read, write: Write) -> None:
    write("x")
    assert told_times(read) == {
        "atom": "2024-06-06T00:00:00+09:00",
        "rss": "Thu, 06 Jun 2024 00:00:00 +0900",
        "json": "2024-06-06T00:00:00+09:00",
    }


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(1887, 12, 31), datetime.date(1950, 7, 1)])
def test_days_of_long_ago_have_times_too(read: Read, write: Write, day: datetime.date) -> None:
    """The offset of a zone has had seconds, and summer time, which the formats must bear."""
    write("x", day=day)
    times = told_times(read)
    assert times["atom"] == times["json"]
    assert times["atom"].startswith(f"{day.isoformat()}T00:00:00+")


def told_times(read: Read) -> dict[str, str]:
    found = {form: entries_of(feed_of(read, f"/feed.{form}", form), form) for form in FORMS}
    return {form: told[0].published for form, told in found.items()}


def test_an_edit_is_told_by_its_day(read: Read, write: Write) -> None:
    write("x", quarter=57, edited_on=DAY + datetime.timedelta(days=2))
    midnight = "2024-06-08T00:00:00+09:00"
    atom = feed_of(read, "/feed.atom", "atom")
    assert [one.text for one in atom.iter(f"{ATOM}updated")] == [midnight, midnight]
    rss = feed_of(read, "/feed.rss", "rss")
    assert rss.findtext(f".//item/{ATOM}updated") == midnight
    assert rss.findtext("channel/lastBuildDate") == "Sat, 08 Jun 2024 00:00:00 +0900"
    assert feed_of(read, "/feed.json", "json")["items"][0]["date_modified"] == midnight


def test_an_edit_on_the_same_day_is_not_before_the_entry(read: Read, write: Write) -> None:
    write("x", quarter=57, edited_on=DAY)
    atom = feed_of(read, "/feed.atom", "atom")
    assert atom.findtext(f"{ATOM}entry/{ATOM}updated") == "2024-06-06T14:15:00+09:00"
    assert "date_modified" not in feed_of(read, "/feed.json", "json")["items"][0]


@each_form
def test_a_reply_says_what_it_answers(read: Read, write: Write, form: str) -> None:
    (asked,) = write("どこへ？", title="<問い>")
    write("西へ。", reply_to=(asked, "20200101000000"))
    content = entries_of(feed_of(read, f"/feed.{form}", form), form)[0].content
    assert links_in(content) == [f"{SITE}/e/{asked}"]
    assert "&lt;問い&gt;" in content
    assert "20200101000000" in content
    assert content.endswith("<p>西へ。</p>\n")


def test_threads_are_marked_in_atom(read: Read, write: Write) -> None:
    (asked,) = write("どこへ？")
    write("西へ。", reply_to=(asked, "20200101000000"))
    atom = feed_of(read, "/feed.atom", "atom")
    first, second = atom.findall(f"{ATOM}entry")
    address = f"{SITE}/e/{asked}"
    replies = [dict(one.attrib) for one in first.findall(f"{THREAD}in-reply-to")]
    assert replies == [{"ref": address, "href": address, "type": "text/html"}]
    assert second.findtext(f"{ATOM}id") == address
    assert second.find(f"{THREAD}in-reply-to") is None


def test_a_quoted_source_is_named(read: Read, write: Write) -> None:
    source = {"url": "https://example.org/草枕?a=1&b=2", "title": "<草枕>", "lang": "ja", "by": "漱石"}
    write("Going up a mountain track", quoted_from=source)
    for form in FORMS:
        content = entries_of(feed_of(read, f"/feed.{form}", form), form)[0].content
        assert links_in(content) == [source["url"]]
        assert "&lt;草枕&gt;" in content
        assert "漱石" in content
    (via,) = feed_of(read, "/feed.atom", "atom").findall(f".//{ATOM}link[@rel='via']")
    assert (via.get("href"), via.get("title"), via.get("hreflang")) == (source["url"], "<草枕>", "ja")
    assert feed_of(read, "/feed.rss", "rss").findtext(f".//{DC}source") == source["url"]
    assert feed_of(read, "/feed.json", "json")["items"][0]["external_url"] == source["url"]


@each_form
@pytest.mark.parametrize("source", [{"title": "草枕"}, {"url": "https://example.org/"}, {"by": "漱石"}])
def test_a_source_that_is_half_known_is_named_as_far(
    read: Read, write: Write, source: dict[str, str], form: str
) -> None:
    write("Going up a mountain track", quoted_from=source)
    content = entries_of(feed_of(read, f"/feed.{form}", form), form)[0].content
    assert all(value in content for value in source.values())


@pytest.mark.parametrize("language", ["en", "ja"])
@each_form
def test_titles_follow_the_reader_s_language(
    read: Read, write: Write, define: Define, language: str, form: str
) -> None:
    define("雨")
    write("雨")
    for path in PATHS.values():
        title, lang, *_ = head_of(feed_of(read, f"{path}.{form}", form, language), form)
        assert lang == language
        page = read("/" if path == "/feed" else path, language)
        diary = page.value("meta[property='og:site_name']", "content")
        assert title.endswith(diary)
        assert path != RAIN or page.text("#entries-heading").startswith(title.removesuffix(f" – {diary}"))


@each_form
def test_feeds_without_entries_are_valid(read: Read, write: Write, define: Define, form: str) -> None:
    define("雨")
    for path in PATHS.values():
        assert entries_of(feed_of(read, f"{path}.{form}", form), form) == []
    write("晴れ", day=DAY + datetime.timedelta(days=1))
    assert entries_of(feed_of(read, f"/2024-06-06.{form}", form), form) == []
    assert entries_of(feed_of(read, f"{RAIN}.{form}", form), form) == []


@each_form
def test_a_feed_is_bounded(read: Read, write: Write, define: Define, settings, form: str) -> None:  # noqa: ANN001
    settings.FEED_SIZE = 3
    define("雨")
    ids = write(*["雨"] * 5)
    for path in PATHS.values():
        told = entries_of(feed_of(read, f"{path}.{form}", form), form)
        assert [one.id for one in told] == [f"{SITE}/e/{one}" for one in ids[:1:-1]]


@each_form
def test_an_unknown_word_has_no_feed(read: Read, form: str) -> None:
    check_not_found(read(f"{RAIN}.{form}"), "“雨” is not a keyword yet")


@each_form
@pytest.mark.parametrize("spelling", ["rain", "RAIN", "ＲＡＩＮ"])
def test_another_spelling_leads_to_the_feed(read: Read, define: Define, spelling: str, form: str) -> None:
    define("雨", aliases=["rain"])
    page = read(f"/keyword/{quote(spelling)}.{form}")
    assert (page.status, page.response["Location"]) == (302, f"{RAIN}.{form}")


@each_form
def test_a_word_that_ends_like_a_feed_has_its_own(
    read: Read, write: Write, define: Define, form: str
) -> None:
    word = f"package.{form}"
    define(word, aliases=["manifest"])
    (written,) = write(f"see {word} first")
    path = f"/keyword/{word}?feed={form}"
    feed = feed_of(read, path, form)
    assert [one.id for one in entries_of(feed, form)] == [f"{SITE}/e/{written}"]
    assert head_of(feed, form)[2:] == (SITE + path, f"{SITE}/keyword/{word}")
    assert read(f"/keyword/manifest?feed={form}").response["Location"] == path


def test_pages_lead_to_their_feeds(read: Read, write: Write, define: Define) -> None:
    define("雨", "package.json")
    write("雨 and package.json")
    for path in ("/", "/2024-06-06", RAIN, "/keyword/package.json"):
        feeds = read(path).values("link[rel=alternate]", "href")
        assert len(feeds) == len(FORMS)
        for form, address in zip(FORMS, feeds, strict=True):
            feed = feed_of(read, address, form)
            assert head_of(feed, form)[2:] == (SITE + address, SITE + path)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_reader_understands(read: Read, write: Write, form: str) -> None:
    (written,) = write("雨が**降る**", title="天気", quarter=57)
    (entry,) = parsed_by_feedparser(read(f"/feed.{form}")).entries
    assert (entry.id, entry.link, entry.title) == (*[f"{SITE}/e/{written}"] * 2, "天気")
    assert entry.content[0].value.strip() == "<p>雨が<strong>降る</strong></p>"
    assert tuple(entry.published_parsed)[:6] == (2024, 6, 6, 5, 15, 0)
