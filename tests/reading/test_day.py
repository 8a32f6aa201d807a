"""`/YYYY-MM-DD`: one day, and the way to the days beside it."""

import datetime

import pytest

from tests.reading.conftest import DAY, Write
from tests.reading.ladder import (
    check_conditional,
    check_etag_changes,
    check_head,
    check_not_found,
    queries_of,
)
from tests.reading.pages import Read, pages_from

PATH = "/2024-06-06"


def test_a_day_shows_its_entries_newest_first(read: Read, write: Write) -> None:
    write("yesterday", day=DAY - datetime.timedelta(days=1))
    write("tomorrow", day=DAY + datetime.timedelta(days=1))
    evening, morning, unknown = (write("rain", quarter=quarter)[0] for quarter in (88, 20, None))
    page = read(PATH)
    assert page.status == 200
    assert page.entries == [evening, morning, unknown]
    assert page.texts("a.time") == ["22:00", "05:00", "time unknown"]
    assert page.values("a.time time", "datetime") == ["2024-06-06T22:00", "2024-06-06T05:00", "2024-06-06"]
    assert page.values("a.time", "href") == [f"/e/{one}" for one in page.entries]
    assert page.text("h1") == "Thursday, 6 June 2024"
    assert page.value("h1 time", "datetime") == "2024-06-06"


def test_days_without_entries_are_passed_over(read: Read, write: Write) -> None:
    for day in (1, 4, 9):
        write("雨", day=datetime.date(2024, 6, day))
    beside = {
        path: [read(path).values(f"nav.days a[rel={way}]", "href") for way in ("prev", "next")]
        for path in ("/2024-06-01", "/2024-06-04", "/2024-06-05", "/2024-06-09", "/2024-06-20")
    }
    first, middle, last = "/2024-06-01", "/2024-06-04", "/2024-06-09"
    assert beside == {
        first: [[], [middle] * 2],
        middle: [[first] * 2, [last] * 2],
        "/2024-06-05": [[middle] * 2, [last] * 2],
        last: [[middle] * 2, []],
        "/2024-06-20": [[last] * 2, []],
    }


def test_an_empty_day_between_says_so_and_leads_on(read: Read, write: Write) -> None:
    write("a", day=DAY - datetime.timedelta(days=2))
    write("b", day=DAY + datetime.timedelta(days=2))
    page = read(PATH)
    assert page.status == 200
    assert page.entries == []
    assert "Nobody wrote anything on this day." in page.text(".empty")
    assert page.values("main a", "href") == ["/2024-06-04", "/2024-06-08"] * 2


def test_a_day_of_an_empty_diary_leads_nowhere_and_says_so(read: Read) -> None:
    page = read(PATH)
    assert page.status == 200
    assert "Nobody wrote anything on this day." in page.text(".empty")
    assert "nearest days" not in page.main


@pytest.mark.parametrize("path", ["/0001-01-01", "/9999-12-31"])
def test_the_calendar_has_ends(read: Read, write: Write, path: str) -> None:
    write("雨")
    page = read(path)
    assert page.status == 200
    assert set(page.values("main a", "href")) == {PATH}


@pytest.mark.parametrize("path", ["/2026-13-01", "/2026-02-30", "/0000-01-01"])
def test_no_such_day(read: Read, path: str) -> None:
    check_not_found(read(path), "The calendar has no such day.")


@pytest.mark.parametrize(
    "path", ["/2026-1-1", "/20260101", "/２０２６-０１-０１", "/2024-06-06/", "/2024-06-06%0A"]
)
def test_what_is_no_day_is_not_found(read: Read, write: Write, path: str) -> None:
    write("雨")
    check_not_found(read(path), "There is nothing at this address")


def test_paging_loses_nothing_and_shows_nothing_twice(read: Read, write: Write) -> None:
    ids = write(*(f"number {n}" for n in range(60)))
    pages = list(pages_from(read, PATH))
    assert [len(page.entries) for page in pages] == [25, 25, 10]
    assert [one for page in pages for one in page.entries] == ids[::-1]
    assert PATH in pages[1].values(".note a", "href")


def test_a_full_last_page_leads_nowhere(read: Read, write: Write, settings) -> None:  # noqa: ANN001
    settings.PAGE_SIZE = 3
    write("a", day=DAY - datetime.timedelta(days=1))
    write("b", "c", "d", "e", "f", "g")
    assert [len(page.entries) for page in pages_from(read, PATH)] == [3, 3]


def test_a_cursor_beyond_the_day_shows_nothing_of_other_days(read: Read, write: Write) -> None:
    write("a", day=DAY - datetime.timedelta(days=1))
    ids = write("b")
    write("c", day=DAY + datetime.timedelta(days=1))
    page = read(f"{PATH}?before=1")
    assert page.status == 200
    assert page.entries == []
    assert "Nothing older was written on this day." in page.text(".empty")
    assert read(f"{PATH}?before=zzzzzzzzzzzz").entries == ids


@pytest.mark.parametrize(
    "cursor", ["!", "-1", "%00", "1_0", "%E3%81%82", "%EF%BC%91", "+1", "z" * 13, "1" * 99]
)
def test_a_bad_cursor_is_refused(read: Read, write: Write, cursor: str) -> None:
    write("雨")
    check_not_found(read(f"{PATH}?before={cursor}"), "There is no such page.")


def test_an_empty_cursor_is_the_first_page(read: Read, write: Write) -> None:
    ids = write("雨")
    assert read(f"{PATH}?before=").entries == ids


def test_the_head(read: Read, write: Write) -> None:
    write("雨")
    page = read(PATH)
    check_head(page, path=PATH, feed=PATH)
    assert page.text("title") == "Entries of Thursday, 6 June 2024 – Nanashi"
    assert page.value("meta[name=description]", "content") == "What was written on Thursday, 6 June 2024."
    check_head(read(f"{PATH}?before=zzzzzzzzzzzz"), path=PATH, feed=PATH)


def test_entries_say_their_language(read: Read, write: Write) -> None:
    write("雨が降っている。", "It rains.", "1 + 1 = 2")
    write("Il pleut.", lang="fr", title="Pluie")
    page = read(PATH)
    assert page.values("article .body", "lang") == ["fr", "", "en", "ja"]
    assert page.value("article .title", "lang") == "fr"
    assert page.value("html", "lang") == "en"
    assert read(PATH, language="ja").value("html", "lang") == "ja"


def test_an_entry_says_what_it_answers_and_how_many_answer_it(read: Read, write: Write) -> None:
    (asked,) = write("どこへ？", title="問い")
    (answer,) = write("西へ。", reply_to=(asked, "20200101000000"))
    write("again", reply_to=(asked,))
    page = read(PATH)
    article = f"article[id='{answer}']"
    assert page.texts(f"{article} .answers li") == [
        "↳ in reply to an entry that is not here (20200101000000)",
        "↳ in reply to 問い",
    ]
    assert page.values(f"{article} .answers a", "href") == [f"/e/{asked}"]
    assert "2 replies" in page.text(f"article[id='{asked}'] footer")


def test_a_translation_names_its_source(read: Read, write: Write) -> None:
    source = {"url": "https://example.org/草枕?a=1&b=2", "title": "草枕", "lang": "ja", "by": "<漱石>"}
    write("Going up a mountain track", quoted_from=source)
    page = read(PATH)
    assert page.text(".quoted") == "Source: 草枕 translated by <漱石>"
    assert page.value(".quoted a", "href") == source["url"]
    assert "noreferrer" in page.value(".quoted a", "rel")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"url": "https://example.org/"}, "Source: https://example.org/"),
        ({"title": "草枕"}, "Source: 草枕"),
        ({"by": "漱石"}, "translated by 漱石"),
        ({"lang": "ja"}, ""),
    ],
)
def test_a_source_may_say_little(read: Read, write: Write, source: dict[str, str], said: str) -> None:
    write("Going up a mountain track", quoted_from=source)
    assert read(PATH).text(".quoted") == said


def test_an_edited_entry_says_when(read: Read, write: Write) -> None:
    write("雨", edited_on=datetime.date(2024, 6, 7))
    assert "edited on 7 June 2024" in read(PATH).text("article footer")


def test_a_title_is_text(read: Read, write: Write) -> None:
    write("x", title="<b>&amp; \"'")
    assert read(PATH).text("article .title") == "<b>&amp; \"'"


def test_conditional_requests(read: Read, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("雨")
    check_conditional(read, PATH, monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write) -> None:
    (asked,) = write("雨")
    check_etag_changes(read, PATH, lambda: write("晴れ"))
    check_etag_changes(read, PATH, lambda: write("a reply", day=DAY.replace(day=9), reply_to=(asked,)))
    check_etag_changes(read, PATH, lambda: write("later", day=DAY.replace(day=8)))


def test_queries_do_not_grow(read: Read, write: Write) -> None:
    (first,) = write("雨", day=DAY.replace(day=1))
    write("a", "b", "c", reply_to=(first,))
    few = queries_of(read, PATH)
    write(*"defghijklmnopqrstuvwxyz", reply_to=(first, "20200101000000"))
    assert len(read(PATH).entries) == 25
    assert queries_of(read, PATH) == few
