"""Previews: on every page at the same rate, and with no estimate computed by the process that serves pages."""

from collections.abc import Callable
from typing import Any

import pytest

from nanashi.accounts import rates
from nanashi.lexicons.estimate_processes import ErrandProcess
from nanashi.models import Entry
from tests.reading.pages import Page
from tests.writing.views.conftest import Writer

TEXT = "雨の日の話をここに書いておく。"
ESTIMATE = f"{TEXT}\n\n```estimate\na = 2 to 3 OOM\nb = 1 to 3 OOM\ntotal = a + b\n```\n"
Ask = Callable[[Writer, str], Page]


def sent(path: str, do: str = "preview") -> Ask:
    def ask(writer: Writer, one: str) -> Page:
        return writer.send(path.format(one=one), do=do, body=TEXT, title="題")

    return ask


ASKED = {
    "button": sent("/new"),
    "reply": sent("/e/{one}/reply"),
    "edit": sent("/e/{one}/edit"),
    "table": sent("/new", "table"),
    "estimate": sent("/new", "estimate"),
    "split": sent("/new", "split"),
    "address": lambda writer, _one: writer.get(f"/new?body={TEXT}"),
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """One preview from an address, then one in a thousand seconds."""
    monkeypatch.setattr(rates, "SHARED", 1)
    monkeypatch.setitem(rates.RATES, "preview from", rates.Rate(1, 1000))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("way", ASKED)
def test_too_many_previews_leave_the_form_with_all_that_was_typed(writer: Writer, way: str) -> None:
    one = writer.entry("元の文をここに書いておいた。")
    assert ASKED[way](writer, one).text("#preview .body") == TEXT
    page = ASKED[way](writer, one)
    assert page.status == 429
    assert int(page.response["Retry-After"]) > 900
    assert page.text("#body").strip() == TEXT
    assert any("Too many previews" in notice for notice in page.texts(".notice[role=alert]"))
    assert not page.tree.css("#preview .body")
    assert writer.send("/preview", body=TEXT).status == 429


def refuse(*_arguments: object, **_options: object) -> None:
    raise AssertionError("evaluated in the process that serves pages")


@pytest.mark.parametrize("path", ["/new", "/preview"])
def test_estimates_of_a_preview_are_computed_by_another_process(
    guest: Writer, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    with monkeypatch.context() as during:
        during.setattr("nanashi.estimates.evaluate", refuse)
        shown = guest.send(path, do="preview", body=ESTIMATE)
    assert shown.status == 200
    (row,) = shown.texts(".figures tbody tr")
    guest.post(ESTIMATE)
    assert row.split()[0] == "total"
    assert row.split()[1] in Entry.objects.get().body


def test_where_they_are_busy_the_preview_says_so(guest: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nanashi.estimates.evaluate", refuse)
    monkeypatch.setattr("nanashi.writing.preview.readers", ErrandProcess(0))
    page = guest.send("/new", do="preview", body=ESTIMATE)
    assert page.status == 200
    assert TEXT in page.text("#preview .body")
    assert "混み合っている" in page.text("#preview .warning")
    assert not page.tree.css(".figures")


def test_changes_of_entries_have_a_rate(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "SHARED", 1)
    monkeypatch.setitem(rates.RATES, "revise from", rates.Rate(1, 1000))
    one = writer.entry("元の文をここに書いておいた。")
    assert writer.post("直した文をここに書いておいた。", f"/e/{one}/edit").status == 303
    answers = [
        writer.post(TEXT, f"/e/{one}/edit"),
        writer.send(f"/e/{one}/withdraw", do="withdraw"),
        writer.send("/mine/withdraw", id=one, do="withdraw"),
    ]
    assert [(page.status, "Too many changes" in page.main) for page in answers] == [(429, True)] * 3
    assert all(int(page.response["Retry-After"]) > 900 for page in answers)
    assert TEXT in answers[0].text("#body")
    assert Entry.objects.get().source_text == "直した文をここに書いておいた。"


def test_a_post_is_counted_before_anything_long_is_done_for_it(
    guest: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(*_arguments: Any) -> Any:
        raise AssertionError("searched for texts that are nearly the same")

    monkeypatch.setattr(rates, "SHARED", 1)
    monkeypatch.setitem(rates.RATES, "post from", rates.Rate(1, 1000))
    assert guest.post("最初の一つをここに書く。").status == 200
    monkeypatch.setattr("nanashi.writing.views.write.near_duplicates", search)
    assert guest.post(TEXT).status == 429
