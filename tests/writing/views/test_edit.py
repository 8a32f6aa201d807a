"""`/e/<id>/edit`: by whoever holds the key, in a ring or on paper."""

from collections.abc import Callable
from typing import Any

import pytest

from nanashi.models import Entry
from tests.reading.conftest import Define, Write
from tests.reading.pages import Page, Read
from tests.writing.views.conftest import Writer, id_of, key_of

OLD, NEW = "前の文がここにある。", "後の文がここにある。"


def test_a_ring_finds_its_key(writer: Writer, read: Read) -> None:
    one = writer.entry(OLD, title="題", source_title="出典")
    form = writer.get(f"/e/{one}/edit")
    assert form.text("textarea[name=body]") == OLD
    assert (form.value("#title", "value"), form.value("#source_title", "value")) == ("題", "出典")
    assert form.tree.css("#entry_key") == []
    page = writer.post(NEW, f"/e/{one}/edit", title="新しい題")
    assert (page.status, page.response["Location"]) == (303, f"/e/{one}")
    shown = read(f"/e/{one}")
    assert shown.text("article .body") == NEW
    assert "edited on" in shown.text("article footer")
    assert OLD not in shown.html


def test_a_guest_writes_the_key(guest: Writer, read: Read) -> None:
    posted = guest.post(OLD)
    one, key = id_of(posted), key_of(posted)
    assert guest.get(f"/e/{one}/edit").tree.css("#entry_key[data-key]")
    assert guest.post(NEW, f"/e/{one}/edit", entry_key=key.lower()).status == 303
    assert read(f"/e/{one}").text("article .body") == NEW


@pytest.mark.parametrize("key", ["", "abc", "0" * 56])
def test_a_wrong_key(guest: Writer, key: str) -> None:
    one = id_of(guest.post(OLD))
    page = guest.post(NEW, f"/e/{one}/edit", entry_key=key)
    assert page.status == 403
    assert ("not the key" if key else "key of the entry is missing") in page.text("#entry_key-problem")
    assert page.text("textarea[name=body]") == NEW
    assert Entry.objects.get(public_id=one).source_text == OLD


def test_another_ring_cannot(writer: Writer, write: Write) -> None:
    (one,) = write(OLD)
    assert writer.post(NEW, f"/e/{one}/edit").status == 403


def test_what_is_switched_off_is_kept(writer: Writer, define: Define) -> None:
    define("雨")
    one = writer.entry("雨と雨がある。", off="雨|2")
    form = writer.get(f"/e/{one}/edit")
    off = form.values("input[name=off]", "value")
    assert off == ["雨|2"]
    writer.post("雨と雨がある!", f"/e/{one}/edit", off=off)
    assert Entry.objects.get(public_id=one).unlinked == [["雨", 2]]


def test_no_text(writer: Writer) -> None:
    one = writer.entry(OLD)
    assert writer.post(" ", f"/e/{one}/edit").status == 422


def test_nobody_can_write_now(writer: Writer, busy: Callable[[], Any]) -> None:
    one = writer.entry(OLD)
    with busy():
        page = writer.post(NEW, f"/e/{one}/edit")
    assert page.status == 503
    assert page.response["Retry-After"]
    assert page.text("textarea[name=body]") == NEW


def test_no_such_entry(guest: Writer) -> None:
    assert guest.get("/e/20240606-zzzzzz/edit").status == 404
    page = guest.post(NEW, "/e/20240606-zzzzzz/edit")
    assert page.status == 404
    assert page.text("textarea[name=body]") == NEW


def hidden(page: Page) -> dict[str, str]:
    """What the form carries unseen."""
    fields = page.tree.css("form#write input[type=hidden]")
    return {one.attributes["name"] or "": one.attributes.get("value") or "" for one in fields}


def test_the_later_of_two_edits_overwrites_nothing_unseen(writer: Writer) -> None:
    one = writer.entry(OLD, title="題")
    path = f"/e/{one}/edit"
    first, second = hidden(writer.get(path)), hidden(writer.get(path))
    assert writer.post("先の直し。", path, title="題", **first).status == 303
    preview = writer.send(path, do="preview", body=NEW, title="題", **second)
    page = writer.post(NEW, path, title="題", **hidden(preview))
    assert page.status == 409
    assert Entry.objects.get().source_text == "先の直し。"
    assert page.text("#stored") == "先の直し。"
    assert page.text("textarea[name=body]") == NEW
    assert "nothing was saved" in page.text(".notice[role=alert]")
    assert writer.post(NEW, path, title="題", **hidden(page)).status == 303
    assert Entry.objects.get().source_text == NEW


@pytest.mark.parametrize("field", ["title", "source_title", "off"])
def test_what_is_not_in_the_text_counts_too(writer: Writer, field: str) -> None:
    one = writer.entry(OLD)
    path = f"/e/{one}/edit"
    began = hidden(writer.get(path))
    assert writer.post(OLD, path, **began, **{field: "これ"}).status == 303
    assert writer.post(OLD, path, **began).status == 409


def test_pressed_twice_an_edit_is_saved_once(writer: Writer) -> None:
    one = writer.entry(OLD)
    path = f"/e/{one}/edit"
    began = hidden(writer.get(path))
    assert [writer.post(NEW, path, **began).status for _click in range(2)] == [303, 303]


def test_whoever_has_no_key_is_told_nothing_of_other_edits(writer: Writer, guest: Writer) -> None:
    one = writer.entry(OLD)
    path = f"/e/{one}/edit"
    began = hidden(guest.get(path))
    writer.post(NEW, path)
    assert guest.post("別", path, **began, entry_key="0" * 56).status == 403


def test_after_the_session_the_form_says_who_is_missing(writer: Writer) -> None:
    one = writer.entry(OLD)
    path = f"/e/{one}/edit"
    opened = hidden(writer.get(path))
    writer.client.cookies.clear()
    page = writer.post(NEW, path, **opened)
    assert page.status == 403
    (notice,) = page.texts(".notice[role=alert]")
    assert "are not any more" in notice
    assert page.value(".notice[role=alert] a", "href") == "/sign-in"
    assert not page.tree.css("#entry_key-problem")
    assert page.text("textarea[name=body]") == NEW


def test_choosing_a_language_keeps_the_edit_that_was_begun(writer: Writer) -> None:
    path = f"/e/{writer.entry(OLD)}/edit"
    fields = hidden(writer.get(path))
    answer = writer.send("/language", language="ja", body=NEW, back=path, **fields)
    assert (answer.status, answer.response["Location"]) == (307, path)
    assert writer.send(path, body=NEW, **fields).text("textarea[name=body]") == NEW


def test_a_stranger_is_told_before_the_text_that_it_needs_the_key(writer: Writer, guest: Writer) -> None:
    one = writer.entry(OLD)
    path = f"/e/{one}/edit"
    page = guest.get(path)
    assert "Only whoever wrote this entry" in page.text(".notice:not([hidden])")
    assert page.value(".notice a", "href") == f"/sign-in?next={path.replace('/', '%2F')}"
    assert page.html.index('class="notice"') < page.html.index("<textarea")
    assert not writer.get(path).tree.css(".notice:not([hidden])")
