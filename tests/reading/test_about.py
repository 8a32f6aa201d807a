"""`/about`, in both languages."""

import pytest

from tests.reading.ladder import check_conditional, check_head, queries_of, tags_of
from tests.reading.pages import Read


def test_it_says_what_is_kept_and_what_nobody_can_promise(read: Read) -> None:
    page = read("/about")
    assert page.status == 200
    assert page.text("h1") == "About this diary"
    assert page.texts("h2") == [
        "Reading",
        "Writing",
        "What is kept, and what is not",
        "What whoever holds something can learn",
        "What nobody can promise",
    ]
    assert "a copy of the disk, or two from different days" in page.texts("dt")


def test_it_is_written_in_japanese_too(read: Read) -> None:
    page = read("/about", language="ja")
    assert page.text("h1") == "この日記について"
    assert page.value("html", "lang") == "ja"
    assert len(page.texts("h2")) == 5
    assert len(page.texts("dt")) == len(read("/about").texts("dt"))


def test_it_leads_to_pages_that_are_there(read: Read) -> None:
    for language in ("en", "ja"):
        for path in read("/about", language=language).values("main a", "href"):
            answer = read(path)
            assert answer.status == 200 or answer.response["Location"].startswith("/sign-in?"), path


def test_the_head(read: Read) -> None:
    page = read("/about")
    check_head(page, path="/about")
    assert page.text("title") == "About this diary – Nanashi"


def test_conditional_requests(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    check_conditional(read, "/about", monkeypatch)


def test_each_language_has_its_etag(read: Read) -> None:
    assert tags_of(read("/about")) != tags_of(read("/about", language="ja"))


def test_it_asks_nothing_of_the_database(read: Read) -> None:
    assert queries_of(read, "/about") == 0
