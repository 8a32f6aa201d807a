"""`/new`: one form, one way in; whatever is wrong, the text is on the page that says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
    # Enter in a line presses the first of them, which shows a preview.
    buttons = page.values("button[form=write]:not(footer *), form#write button:not([type])", "value")
    assert (buttons[0], buttons[-1]) == ("", "publish")
    assert guest.send("/new", body=TEXT).text("#preview .body") == " ".join(TEXT.split())


def test_a_guest_posts_and_gets_the_key_once(guest: Writer, read: Read) -> None:
    page = guest.post(TEXT, title=" 梅雨  の ")
    one = id_of(page)
    assert page.response["Cache-Control"] == "private, no-store"
    assert page.html.index(key_of(page)) < page.html.index(f'href="/e/{one}"')
    assert not page.tree.css("footer button")
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
    assert "Nothing was posted yet" in page.text(".notice[role=alert]")
    assert typed(page) == body + "あ"
    assert id_of(guest.send("/new", body=body + "あ", anyway="1")) != first


HEAD = "みなさん、こんばんは。いつもの夜の記録です。今日も眠る前に、思い出したことから順に書いていきます。"
FOOT = "今日はここまでにします。読んでくださってありがとうございました。それでは、おやすみなさい。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + "台所の時計が止まっていた。" + FOOT, HEAD + "川沿いに狐がいるのを見た。" + FOOT),
        ("今日は研究室で実験をした。", "今日は研究室で実験をしない。"),
        ("Nothing happened today, really.", "Nothing happened today, nearly."),
    ],
)
def test_a_frame_or_a_short_text_is_not_asked_about(guest: Writer, before: str, after: str) -> None:
    guest.post(before)
    assert id_of(guest.post(after))
    assert guest.post(after).status == 409


def test_whoever_was_signed_out_meanwhile_is_asked(writer: Writer) -> None:
    opened = writer.get("/new").value("input[name=opened]", "value")
    writer.client.cookies.clear()
    preview = writer.send("/new", do="preview", body=TEXT, opened=opened)
    assert "are not any more" in preview.text(".notice[role=alert]")
    page = writer.post(TEXT, opened=opened, title="題", source_title="出典", off="雨")
    assert page.status == 409
    assert not Entry.objects.exists()
    assert page.values(".notice[role=alert] button", "value") == ["publish"]
    assert typed(page) == TEXT
    assert (page.value("#title", "value"), page.value("#source_title", "value")) == ("題", "出典")
    assert page.values("input[name=off]", "value") == ["雨"]
    assert key_of(writer.post(TEXT, opened=page.value("input[name=opened]", "value")))


def test_whoever_signed_in_meanwhile_is_asked(writer: Writer, guest: Writer) -> None:
    opened = guest.get("/new").value("input[name=opened]", "value")
    page = writer.post(TEXT, opened=opened)
    assert page.status == 409
    assert "goes into your key ring" in page.text(".notice[role=alert]")
    assert writer.entry(TEXT, opened=page.value("input[name=opened]", "value"))


@pytest.mark.parametrize("name", ["title", "body"])
@pytest.mark.parametrize("hidden", ["\u200b\u200b", "\u3164", "\u2060 \ufeff", "\u2800", "\u0301"])
def test_what_cannot_be_seen_is_no_title_and_no_text(guest: Writer, name: str, hidden: str) -> None:
    page = guest.send("/new", **({"do": "publish", "body": TEXT} | {name: hidden}))
    assert page.status == 422
    assert "cannot be seen" in page.text(f"#{name}-problem")
    assert not Entry.objects.exists()


def test_an_entry_of_which_nothing_is_seen_has_a_name_to_click(writer: Writer, read: Read) -> None:
    """Markdown makes an invisible letter of this visible text."""
    one = writer.entry("&#8203;")
    assert read(f"/e/{one}").status == 200
    assert writer.get("/mine").text(f"li[data-id='{one}'] a[href='/e/{one}']") == one


def test_an_address_of_another_site_is_no_entry_of_this_one(guest: Writer, write: Write) -> None:
    (one,) = write("一")
    page = guest.post(TEXT, also=f"https://example.org/e/{one}")
    assert page.status == 422
    assert "https://example.org" in page.text("#also-problem")
    assert guest.post(TEXT, also=f"http://127.0.0.1:8000.example.org/e/{one}").status == 422
    assert key_of(guest.post(TEXT, also=f"http://127.0.0.1:8000/e/{one}, >>{one}"))


def test_errors_stand_above_their_fields_and_at_the_top_with_links(guest: Writer) -> None:
    page = guest.post(" ", source_url="x")
    problems = {name: page.text(f"#{name}-problem") for name in ("body", "source_url")}
    links = [(node.attributes["href"], node.text()) for node in page.tree.css("#errors a")]
    assert links == [(f"#{name}", text) for name, text in problems.items()]
    assert page.values("[autofocus]", "id") == ["errors"]
    for name in problems:
        assert page.html.index(f'id="{name}-problem"') < page.html.index(f'id="{name}" name=')
        assert f"{name}-problem" in page.value(f"#{name}", "aria-describedby")


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


@pytest.mark.parametrize(
    ("button", "reason"), [("table", "with tabs in them"), ("estimate", "a name and a number")]
)
def test_a_button_that_finds_nothing_to_do_says_so(guest: Writer, button: str, reason: str) -> None:
    page = guest.send("/new", do=button, body=TEXT)
    assert "Nothing was changed" in page.text(".notice[role=alert]")
    assert reason in page.text(".notice[role=alert]")
    assert typed(page) == TEXT
    assert not guest.send("/new", do=button, body="a\tb\nx\t2\ny\t3").tree.css(".notice[role=alert]")


def test_choosing_a_language_or_links_keeps_what_is_typed(guest: Writer) -> None:
    for path, action in (("/new", "/language"), ("/new", "/links")):
        form = guest.get(path)
        assert action in form.values("footer button[form=write]", "formaction")
        fields = {"back": form.value("input[name=back]", "value"), "body": TEXT, "title": "題"}
        answer = guest.send(action, language="ja", links="all", **fields)
        assert (answer.status, answer.response["Location"]) == (307, path)
        page = guest.send(path, **fields)  # as a browser does after 307
        assert (typed(page), page.value("#title", "value")) == (TEXT, "題")
    assert not Entry.objects.exists()


def test_a_preview_leads_to_itself_unless_there_is_something_to_read_above(writer: Writer) -> None:
    page = writer.send("/new", do="preview", body=TEXT)
    assert page.value("form#write button[value=preview].second", "formaction") == "/new#seen"
    assert page.text("#seen .body") == " ".join(TEXT.split())
    assert not writer.get("/new").tree.css("#seen")
    assert not writer.send("/new", do="table", body=TEXT).tree.css("#seen")


def test_the_markup_is_explained_where_one_writes(guest: Writer) -> None:
    help_of = guest.get("/new").text(".markup-help")
    for mark in ("| --- | --- |", "[^1]", "[[word|shown text]]", "\\word", ">>20260611-k7m2xq"):
        assert mark in help_of
    for mark, made in (("[[word|shown text]]", "shown text"), ("# Title", "Title")):
        assert guest.send("/preview", body=mark).text(".body") == made


def test_a_text_is_split_into_a_series(writer: Writer, read: Read, settings: Any) -> None:
    settings.SPLIT_OVER = 60
    body = "\n\n".join(f"# 第{number}章\n\n" + "長い話。" * 10 for number in range(1, 4))
    page = writer.send("/new", do="split", body=body, title="話")
    titles = [one.rpartition(" ")[0].rpartition(" ")[0] for one in page.texts(".parts-to-come li")]
    assert titles == ["話", "話: 第2章", "話: 第3章"]
    assert page.values(".cuts input[checked]", "value") == page.values(".cuts input[name=cut]", "value")
    assert typed(page) == body
    one = writer.send("/new", do="series", body=body, title="話").response["Location"].removeprefix("/e/")
    series = Entry.objects.get(public_id=one).series
    assert len(read(f"/series/{series}").values(".contents a", "href")) == 3
    more = writer.entry("続きの部分をここに書く。", series=series)
    assert Entry.objects.get(public_id=more).part == 4


def test_a_writer_chooses_where_it_is_split(writer: Writer, settings: Any) -> None:
    settings.SPLIT_OVER = 1_000
    body = "\n\n".join(f"# 第{number}章\n\n短い話。" for number in range(1, 4))
    page = writer.send("/new", do="split", body=body, title="話")
    assert "one part so far" in page.text("section.notice")
    third = page.values(".cuts input[name=cut]", "value")[1]
    chosen = {"body": body, "title": "話", "cuts": "1", "cut": third}
    shown = writer.send("/new", do="split", **chosen)
    assert len(shown.texts(".parts-to-come li")) == 2
    assert shown.values(".cuts input[checked]", "value") == [third]
    changed = writer.send("/new", do="series", **(chosen | {"body": f"# 序\n\n{body}"}))
    assert (changed.status, Entry.objects.count()) == (200, 0)
    assert "has changed" in changed.text("section.notice [role=alert]")
    assert writer.send("/new", do="series", **chosen).status == 303
    titles = Entry.objects.order_by("part").values_list("title", flat=True)
    assert list(titles) == ["話", "話: 第3章"]


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


@pytest.mark.parametrize("strikes", [0, 1])
def test_the_ring_is_looked_through_once(writer: Writer, settings: Any, strikes: int) -> None:
    settings.STRIKES = strikes
    with CaptureQueriesContext(connection) as captured:
        assert writer.post("").status in (403, 422)
    assert sum("nanashi_tombstone" in one["sql"] for one in captured) == 1


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
