"""`/e/<id>`: one entry, what it answers, and what is shown around it."""

import datetime

import pytest

from tests.reading.conftest import DAY, Define, Write
from tests.reading.ladder import (
    check_conditional,
    check_etag_changes,
    check_head,
    check_not_found,
    queries_of,
)
from tests.reading.pages import Read

MISSING = "/e/20240606-zzzzzz"
SENTENCE = "No entry has this address. It may have been withdrawn by its writer."


def test_an_entry_has_a_page(read: Read, write: Write, define: Define) -> None:
    define("雨")
    (one,) = write("**雨**が降る。", title="梅雨", quarter=30)
    page = read(f"/e/{one}")
    assert page.status == 200
    assert page.entries == [one]
    assert page.text("article .title") == "梅雨"
    assert page.text("article .body") == "雨が降る。"
    assert page.value("article .body", "lang") == "ja"
    assert page.values("article .body a.k", "href") == ["/keyword/%E9%9B%A8"]
    assert page.text("h1") == "Entry of Thursday, 6 June 2024"
    assert page.value("h1 a", "href") == "/2024-06-06"
    assert f"/e/{one}.txt" in page.values("article footer a", "href")
    assert page.text("#replies") == "No replies"


@pytest.mark.parametrize("ending", ["", ".txt"])
def test_no_such_entry(read: Read, write: Write, ending: str) -> None:
    write("雨")
    check_not_found(read(MISSING + ending), SENTENCE)


@pytest.mark.parametrize(
    "path", ["/e/", "/e/20240606", "/e/20240606-00001", "/e/20240606-ABCDEF", "/e/x.txt"]
)
def test_what_is_no_id_is_not_found(read: Read, path: str) -> None:
    check_not_found(read(path), "There is nothing at this address")


def test_the_head_of_an_entry_with_a_title(read: Read, write: Write) -> None:
    (one,) = write("雨が <b>降る</b>。", title="梅雨 & 傘")
    page = read(f"/e/{one}")
    check_head(page, path=f"/e/{one}", feed="/feed")
    assert page.text("title") == "梅雨 & 傘 – Nanashi"
    assert page.value("meta[name=description]", "content") == "雨が <b>降る</b>。"
    assert page.value("meta[property='og:type']", "content") == "article"


def test_an_entry_without_a_title_is_named_by_its_beginning(read: Read, write: Write) -> None:
    (one,) = write("雨が降る。" * 20)
    title = read(f"/e/{one}").text("title")
    assert title == f"Entry of Thursday, 6 June 2024: {('雨が降る。' * 20)[:40]} – Nanashi"


def test_an_entry_without_visible_text_still_has_a_name(read: Read, write: Write) -> None:
    (one,) = write("---")
    (answer,) = write("what?", reply_to=(one,))
    page = read(f"/e/{one}")
    assert page.text("title") == "Entry of Thursday, 6 June 2024 – Nanashi"
    (name,) = read(f"/e/{answer}").texts(".answers a")
    assert name == one


def test_the_text_as_typed(read: Read, write: Write) -> None:
    typed = "　雨が  **降る**。\n\n\n[[傘]] & <b>\u200b㍿　ｶﾞ\n"
    bare, titled = write(typed)[0], write(typed, title="梅雨")[0]
    page = read(f"/e/{bare}.txt")
    assert page.response["Content-Type"] == "text/plain; charset=utf-8"
    assert page.html == typed
    assert read(f"/e/{titled}.txt").html == f"梅雨\n\n{typed}"


def test_conditional_requests(read: Read, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = write("雨")
    write("答え", reply_to=(one,))
    check_conditional(read, f"/e/{one}", monkeypatch)
    check_conditional(read, f"/e/{one}.txt", monkeypatch)


def test_a_missing_entry_is_never_not_modified(read: Read, write: Write) -> None:
    write("雨")
    for path in (MISSING, f"{MISSING}.txt"):
        etag = read(path).response.get("ETag", "*")
        for known in ("*", etag):
            check_not_found(read(path, If_None_Match=known), SENTENCE)


def test_the_etag_changes_with_replies_and_links(read: Read, write: Write, define: Define) -> None:
    (one,) = write("雨")
    check_etag_changes(read, f"/e/{one}", lambda: write("答え", reply_to=(one,)))
    check_etag_changes(read, f"/e/{one}", lambda: define("雨"))


def test_an_answered_entry_that_comes_later_is_named_then(read: Read, write: Write) -> None:
    (answer,) = write("答え", reply_to=("20240601-00000a",))
    page = read(f"/e/{answer}")
    assert page.text(".answers li") == "↳ in reply to an entry that is not here (20240601-00000a)"
    write("問い", public_id="20240601-00000a", day=datetime.date(2024, 6, 1))
    page = read(f"/e/{answer}")
    assert page.text(".answers li") == "↳ in reply to 問い"
    assert page.value(".answers a", "href") == "/e/20240601-00000a"


def test_an_entry_that_answers_several_names_each(read: Read, write: Write) -> None:
    asked = write("一つ", "二つ", "三つ")
    (answer,) = write("答え", reply_to=tuple(asked))
    page = read(f"/e/{answer}")
    assert page.values(".answers a", "href") == [f"/e/{one}" for one in asked]
    for one in asked:
        assert read(f"/e/{one}").entries == [one, answer]


def test_a_mention_is_no_reply(read: Read, write: Write) -> None:
    (named,) = write("雨")
    (naming,) = write(f">>{named} を読んだ。")
    assert read(f"/e/{named}").entries == [named]
    page = read(f"/e/{naming}")
    assert page.values(".answers", "class") == []
    assert page.value(".body a.ref", "href") == f"/e/{named}"


def test_the_old_number_leads_to_the_entry(read: Read, write: Write) -> None:
    (one,) = write("雨", old_id="20240606080455")
    answer = read("/20240606080455").response
    assert (answer.status_code, answer["Location"]) == (301, f"/e/{one}")
    check_not_found(read("/20240606080456"), "No entry with this number was imported.")


@pytest.mark.parametrize("path", ["/2024060608045", "/202406060804555"])
def test_other_numbers_are_no_addresses(read: Read, path: str) -> None:
    check_not_found(read(path), "There is nothing at this address")


def test_queries_do_not_grow(read: Read, write: Write) -> None:
    (one,) = write("雨", series="梅雨", part=1)
    (reply, _second, _third) = write("a", "b", "c", reply_to=(one,))
    few = queries_of(read, f"/e/{one}")
    write(*"defghijklm", reply_to=(one,))
    write(*"nopqrstuvwxy", reply_to=(reply,))
    for part in range(2, 12):
        write("つづき", series="梅雨", part=part, day=DAY.replace(day=9))
    assert len(read(f"/e/{one}").entries) == 26
    assert queries_of(read, f"/e/{one}") == few
