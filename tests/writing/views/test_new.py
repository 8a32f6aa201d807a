"""`/new`: one form, one way in; whatever is wrong, the text is on the page that says so."""

from collections.abc import Callable
from typing import Any

import pytest

from nanashi.models import Entry
from tests.reading.conftest import Define, Write
from tests.reading.pages import Read
from tests.writing.views.conftest import Writer, id_of, key_of

TEXT = "雨の日に長い日記を書く。\n\n  二行目 & <b>"


def typed(page: Any) -> str:
    return str(page.tree.css_first("textarea[name=body]").text())


def test_the_form(guest: Writer) -> None:
    page = guest.get("/new")
    assert page.status == 200
    assert page.response["Cache-Control"] == "private, no-store"
    assert page.value("form#write", "action") == "/new"
    for name in ("title", "body", "source_url", "source_title", "source_lang", "source_by", "also"):
        assert page.tree.css(f"[name={name}]"), name
    buttons = page.values("form#write button", "value")
    assert (buttons[0], buttons[-1]) == ("preview", "publish")


def test_a_guest_posts_and_gets_the_key_once(guest: Writer, read: Read) -> None:
    page = guest.post(TEXT, title=" 梅雨  の ")
    one = id_of(page)
    assert page.response["Cache-Control"] == "private, no-store"
    assert len(key_of(page).replace(" ", "")) == 56
    entry = Entry.objects.get(public_id=one)
    assert (entry.title, entry.source_text) == ("梅雨 の", TEXT)
    assert read(f"/e/{one}").status == 200


def test_with_a_ring_one_is_led_to_the_entry(writer: Writer) -> None:
    one = writer.entry(TEXT)
    assert one in writer.get("/mine").values("[data-id]", "data-id")


def test_line_ends_are_those_that_were_typed(guest: Writer) -> None:
    one = id_of(guest.post("一\r\n二\r\n"))
    assert Entry.objects.get(public_id=one).source_text == "一\n二\n"


@pytest.mark.parametrize("body", ["", " \n　\n"])
def test_no_text(guest: Writer, body: str) -> None:
    page = guest.post(body, title="題")
    assert page.status == 422
    assert "An entry needs a text" in page.text("#body-problem")
    assert page.value("#title", "value") == "題"
    assert not Entry.objects.exists()


def test_too_long(guest: Writer, settings: Any) -> None:
    settings.MAX_BODY = 10
    page = guest.post("あ" * 12)
    assert page.status == 422
    assert page.text("#body-problem") == "12 characters are too many: at most 10 are taken, so take out 2."
    assert typed(page).strip() == "あ" * 12


@pytest.mark.parametrize(
    ("field", "value"),
    [("source_url", "javascript:x"), ("source_lang", "日本語"), ("also", "それ"), ("title", "x" * 301)],
)
def test_a_field_that_is_wrong_is_named(guest: Writer, field: str, value: str) -> None:
    page = guest.post(TEXT, **{field: value})
    assert page.status == 422
    assert page.text(f"#{field}-problem")
    assert page.value(f"#{field}", "value") == value
    assert typed(page) == TEXT


def test_nobody_can_write_now(writer: Writer, busy: Callable[[], Any]) -> None:
    with busy():
        page = writer.post(TEXT)
    assert page.status == 503
    assert int(page.response["Retry-After"]) >= 1
    assert typed(page) == TEXT
    writer.entry(TEXT)


def test_a_double_click_makes_one_entry(writer: Writer, guest: Writer) -> None:
    token = writer.token()
    assert writer.entry(TEXT, token=token) == writer.entry(TEXT, token=token)
    token = guest.token()
    first, second = (guest.post("別の文を書いた。" * 5, token=token) for _click in range(2))
    assert (id_of(first), key_of(first)) == (id_of(second), key_of(second))
    assert Entry.objects.count() == 2


def test_nearly_the_same_text_is_asked_about(guest: Writer) -> None:
    body = "今日は朝から雨が降っていて、傘を持って出かけたら風で壊れてしまった。" * 3
    first = id_of(guest.post(body))
    page = guest.post(body + "あ")
    assert page.status == 409
    assert page.value(".notice li a", "href") == f"/e/{first}"
    assert typed(page) == body + "あ"
    assert id_of(guest.send("/new", body=body + "あ", anyway="1")) != first


def test_links_to_sources_do_not_count_against_an_entry(writer: Writer, read: Read) -> None:
    body = "\n".join(f"https://example.org/{number}" for number in range(200))
    one = writer.entry(body, source_url="https://example.org/", source_title="出典", source_lang="en")
    assert read(f"/e/{one}").value(".quoted a", "href") == "https://example.org/"


def test_a_link_is_switched_off(writer: Writer, define: Define, read: Read) -> None:
    define("雨", "傘")
    one = writer.entry("雨と雨と傘と傘。", off=["雨|2", "傘"])
    assert read(f"/e/{one}").texts(".body a.k") == ["雨"]
    assert Entry.objects.get(public_id=one).source_text == "雨と雨と傘と傘。"


def test_the_preview_without_a_script(guest: Writer, define: Define) -> None:
    define("雨")
    page = guest.send("/new", do="preview", body="雨と雨", title="題", off="雨|2")
    assert page.status == 200
    assert page.values("input.switch", "value") == ["雨|1", "雨|2"]
    assert [node.attributes.get("checked", "no") for node in page.tree.css("input.switch")] == ["no", None]
    assert typed(page) == "雨と雨"


def test_tables_are_made_of_tabs(guest: Writer) -> None:
    page = guest.send("/new", do="table", body="a\tb\n1\t2")
    assert typed(page).splitlines() == ["| a | b |", "| ---: | ---: |", "| 1 | 2 |"]


def test_a_text_is_split_into_a_series(writer: Writer, read: Read, settings: Any) -> None:
    settings.SPLIT_OVER = 60
    body = "\n\n".join(f"# 第{number}章\n\n" + "長い話。" * 10 for number in range(1, 4))
    page = writer.send("/new", do="split", body=body, title="話")
    assert [one.split(" ")[0] for one in page.texts("section.notice li")] == ["話", "第2章", "第3章"]
    assert typed(page) == body
    one = writer.send("/new", do="series", body=body, title="話").response["Location"].removeprefix("/e/")
    series = Entry.objects.get(public_id=one).series
    assert len(read(f"/series/{series}").values(".contents a", "href")) == 3
    more = writer.entry("続きの部分をここに書く。", series=series)
    assert Entry.objects.get(public_id=more).part == 4


def test_only_its_writer_goes_on_with_a_series(guest: Writer, write: Write) -> None:
    write("一", series="rain", part=1)
    page = guest.post(TEXT, series="rain")
    assert page.status == 403
    assert typed(page) == TEXT


def test_a_closed_diary_takes_no_guests(guest: Writer, settings: Any) -> None:
    settings.GUESTS = "closed"
    assert guest.get("/new").values(".notice a", "href")[0].startswith("/sign-in?next=")
    page = guest.post(TEXT)
    assert page.status == 403
    assert typed(page) == TEXT


def test_a_suspended_ring_is_told_so(writer: Writer, settings: Any) -> None:
    settings.STRIKES = 0
    page = writer.post(TEXT)
    assert page.status == 403
    assert "were struck" in page.text(".notice[role=alert]")
    assert typed(page) == TEXT


def test_too_many_posts(guest: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    from nanashi.accounts import rates  # noqa: PLC0415

    monkeypatch.setattr(rates, "SHARED", 1)
    monkeypatch.setitem(rates.RATES, "post from", rates.Rate(1, 1000))
    guest.post("最初の一つをここに書く。")
    page = guest.post(TEXT)
    assert page.status == 429
    assert int(page.response["Retry-After"]) > 900
    assert typed(page) == TEXT


def test_a_forged_form_is_refused_with_its_text(diary: object) -> None:
    from django.test import Client  # noqa: PLC0415

    answer = Client(enforce_csrf_checks=True).post("/new", {"do": "publish", "body": "偽"})
    assert answer.status_code == 403
    assert "偽" in answer.content.decode()


def test_the_longest_text_in_japanese_passes_as_browsers_send_it(guest: Writer, settings: Any) -> None:
    page = guest.send("/new", do="split", body="あ" * settings.MAX_BODY)
    assert page.status == 200
    assert typed(page) == "あ" * settings.MAX_BODY


def test_a_request_too_large_says_so(guest: Writer, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    guest.client.raise_request_exception = False
    answer = guest.client.post("/new", "body=" + "x" * 2000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
