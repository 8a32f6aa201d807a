"""`/`: the newest day, or what to do first."""

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


def test_the_newest_day_is_shown(read: Read, write: Write) -> None:
    write("the day before", day=DAY - datetime.timedelta(days=1))
    first, second = write("in the morning", "in the evening")
    page = read("/")
    assert page.status == 200
    assert page.entries == [second, first]
    assert page.text("h1") == "Thursday, 6 June 2024"
    assert page.values("nav.days a[rel=prev]", "href") == ["/2024-06-05"] * 2
    assert page.values("nav.days a[rel=next]", "href") == []


def test_an_empty_diary_says_how_to_begin(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read("/")
    assert page.status == 200
    assert "nanashi import" in page.main
    assert "/about" in page.values("main a", "href")
    check_head(page, path="/", feed="/feed")
    check_conditional(read, "/", monkeypatch)


def test_the_head_names_the_diary(read: Read, write: Write) -> None:
    write("雨")
    page = read("/")
    check_head(page, path="/", feed="/feed")
    assert page.text("title") == "Nanashi"
    assert page.values("meta[name=description]", "content") == [
        "An anonymous diary whose words link themselves."
    ]


def test_older_entries_of_the_day_are_a_page_on(read: Read, write: Write, settings) -> None:  # noqa: ANN001
    settings.PAGE_SIZE = 4
    ids = write(*(f"number {n}" for n in range(10)))
    pages = list(pages_from(read, "/"))
    assert [len(page.entries) for page in pages] == [4, 4, 2]
    assert [one for page in pages for one in page.entries] == ids[::-1]


def test_a_bad_cursor_is_refused(read: Read, write: Write) -> None:
    write("雨")
    check_not_found(read("/?before=!"), "There is no such page.")


def test_conditional_requests(read: Read, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("雨")
    check_conditional(read, "/", monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write) -> None:
    write("雨")
    check_etag_changes(read, "/", lambda: write("晴れ"))


def test_another_name_of_the_diary_changes_every_page(read: Read, write: Write, settings) -> None:  # noqa: ANN001
    write("雨")
    for path in ("/", "/about", "/keywords"):
        settings.SITE_NAME = "Before"
        etag = read(path).response["ETag"]
        assert read(path, If_None_Match=etag).status == 304
        settings.SITE_NAME = "After"
        page = read(path, If_None_Match=etag)
        assert (page.status, page.text("p.name")) == (200, "After")


def test_the_first_entry_changes_the_etag(read: Read, write: Write) -> None:
    check_etag_changes(read, "/", lambda: write("晴れ"))


def test_queries_do_not_grow(read: Read, write: Write) -> None:
    (first,) = write("雨")
    write("a", "b", reply_to=(first,))
    few = queries_of(read, "/")
    write(*"defghijklmnopqrstuvwxyz", reply_to=(first,))
    assert len(read("/").entries) == 25
    assert queries_of(read, "/") == few
