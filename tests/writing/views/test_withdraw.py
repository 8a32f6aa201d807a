"""`/e/<id>/withdraw`: asked once, then gone."""

from collections.abc import Callable
from typing import Any

from nanashi.models import Entry
from tests.reading.conftest import Write
from tests.reading.pages import Read
from tests.writing.views.conftest import Writer, id_of, key_of


def test_it_asks_once_and_erases(writer: Writer, read: Read) -> None:
    one = writer.entry("消える文を書いた。")
    page = writer.get(f"/e/{one}/withdraw")
    assert "This cannot be undone." in page.main
    assert page.tree.css("#entry_key") == []
    assert Entry.objects.count() == 1
    assert writer.send(f"/e/{one}/withdraw", do="withdraw").status == 200
    assert read(f"/e/{one}").status == 404
    assert "消える" not in read("/").html


def test_a_stump_is_announced(writer: Writer) -> None:
    one = writer.entry("問いをここに書く。")
    assert "empty place" not in writer.get(f"/e/{one}/withdraw").main
    writer.entry("答えをここに書く。", path=f"/e/{one}/reply")
    assert "empty place" in writer.get(f"/e/{one}/withdraw").main


def test_a_guest_writes_the_key(guest: Writer, read: Read) -> None:
    posted = guest.post("消える文を書いた。")
    one = id_of(posted)
    wrong = guest.send(f"/e/{one}/withdraw", do="withdraw", entry_key="nonsense")
    assert wrong.status == 403
    assert "not the key" in wrong.text("#entry_key-problem")
    assert read(f"/e/{one}").status == 200
    assert guest.send(f"/e/{one}/withdraw", do="withdraw", entry_key=key_of(posted)).status == 200
    assert read(f"/e/{one}").status == 404


def test_another_ring_cannot(writer: Writer, write: Write) -> None:
    (one,) = write("雨")
    assert writer.send(f"/e/{one}/withdraw", do="withdraw").status == 403


def test_nobody_can_write_now(writer: Writer, busy: Callable[[], Any]) -> None:
    one = writer.entry("残る文を書いた。")
    with busy():
        page = writer.send(f"/e/{one}/withdraw", do="withdraw")
    assert page.status == 503
    assert page.response["Retry-After"]


def test_no_such_entry(guest: Writer) -> None:
    assert guest.get("/e/20240606-zzzzzz/withdraw").status == 404


def test_a_stranger_is_told_that_it_needs_the_key(writer: Writer, guest: Writer) -> None:
    path = f"/e/{writer.entry('自分の文をここに書いた。')}/withdraw"
    assert not writer.get(path).tree.css(".notice")
    assert "Only whoever wrote this entry" in guest.get(path).text(".notice")
    page = guest.send(path, do="withdraw")
    assert page.status == 403
    assert "key of the entry is missing" in page.text("#entry_key-problem")
    assert "not the key" in guest.send(path, do="withdraw", entry_key="abc").text("#entry_key-problem")
