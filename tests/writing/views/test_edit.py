"""`/e/<id>/edit`: by whoever holds the key, in a ring or on paper."""

from collections.abc import Callable
from typing import Any

import pytest

from nanashi.models import Entry
from tests.reading.conftest import Define, Write
from tests.reading.pages import Read
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
    assert "not the key" in page.text("#entry_key-problem")
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
