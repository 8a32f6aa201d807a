"""`/mine`: one's entries, and nobody else's."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nanashi.models import Entry
from nanashi.writing import own
from nanashi.writing.withdrawing import withdraw
from tests.reading.conftest import Write
from tests.writing.views.conftest import Writer


def own_ids(writer: Writer, path: str = "/mine") -> list[str]:
    return writer.get(path).values("[data-id]", "data-id")


TEXTS = ("雨が朝から降っている。", "傘を電車に忘れてきた。", "霧の中で犬の声がした。")


def three(writer: Writer) -> list[str]:
    return [writer.entry(text) for text in TEXTS]


def test_strangers_are_sent_to_sign_in(guest: Writer) -> None:
    for path in ("/mine", "/mine/export"):
        answer = guest.get(path)
        assert (answer.status, answer.response["Location"].split("?")[0]) == (302, "/sign-in")


def test_it_lists_ones_own_alone(writer: Writer, write: Write) -> None:
    write("他人の話")
    mine = three(writer)
    page = writer.get("/mine")
    assert page.response["Cache-Control"] == "private, no-store"
    assert sorted(page.values("[data-id]", "data-id")) == sorted(mine)
    assert page.text("h1 .count") == "3"


def test_replies_are_counted(writer: Writer) -> None:
    one = writer.entry("問いをここに書いた。")
    writer.entry("そうは思わない、と答えた。", path=f"/e/{one}/reply")
    assert writer.get("/mine").value(f"[data-id='{one}']", "data-replies") == "1"


def test_pages(writer: Writer, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    mine = three(writer)
    first = writer.get("/mine")
    assert first.older
    found = first.values("[data-id]", "data-id") + own_ids(writer, first.older)
    assert sorted(found) == sorted(mine)
    assert found == [one.public_id for one in Entry.objects.order_by("-key")]


def test_search_among_them(writer: Writer, write: Write, settings: Any) -> None:
    write("傘の他人の話")
    _rain, umbrella, _fog = three(writer)
    assert own_ids(writer, "/mine?q=傘") == [umbrella]
    assert own_ids(writer, "/mine?q=雪") == []
    settings.SEARCH_LIMIT = 1
    path: str | None = "/mine?q=傘"
    found: list[str] = []
    while path:
        page = writer.get(path)
        found += page.values("[data-id]", "data-id")
        path = page.older
    assert found == [umbrella]


def test_what_was_found_says_where_and_how_to_see_all(writer: Writer) -> None:
    three(writer)
    page = writer.get("/mine?q=傘")
    assert page.texts("mark") == ["傘"]
    assert page.text(".note a") == "Show all 3"
    assert page.texts("h1 .count") == []
    assert writer.get("/mine").texts("mark") == []


def test_all_of_a_page_are_chosen_without_a_script(writer: Writer) -> None:
    three(writer)
    assert writer.get("/mine").values("input[name=id][checked]", "value") == []
    assert len(writer.get("/mine?choose=all").values("input[name=id][checked]", "value")) == 3


def test_many_are_withdrawn_at_once(writer: Writer, write: Write) -> None:
    (other,) = write("他人の話")
    first, second, third = three(writer)
    asked = writer.send("/mine/withdraw", id=[first, second, other])
    assert asked.values("input[name=id]", "value") == [first, second, other]
    done = writer.send("/mine/withdraw", id=[first, second, other], do="withdraw")
    assert "2 entries" in done.main
    assert own_ids(writer) == [third]
    assert Entry.objects.filter(public_id=other).exists()


def test_one_that_is_gone_meanwhile_stops_no_other(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = three(writer)
    held = own.keys_of

    def keys_of(master: bytes, ids: Iterable[str]) -> dict[str, bytes]:
        found = held(master, ids)
        withdraw(second, found[second])  # as another tab does between the look and the turn
        return found

    monkeypatch.setattr("nanashi.writing.withdrawing.keys_of", keys_of)
    done = writer.send("/mine/withdraw", id=[first, second, third], do="withdraw")
    assert done.status == 200
    assert "2 entries" in done.main
    assert not Entry.objects.exists()


def test_asking_takes_as_many_queries_for_three_as_for_one(writer: Writer) -> None:
    mine = three(writer)
    counts = []
    for ids in (mine[:1], mine):
        with CaptureQueriesContext(connection) as made:
            page = writer.send("/mine/withdraw", id=ids)
        assert page.values("input[name=id]", "value") == ids
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_nobody_can_write_now(writer: Writer, busy: Callable[[], Any]) -> None:
    mine = three(writer)
    with busy():
        page = writer.send("/mine/withdraw", id=mine, do="withdraw")
    assert page.status == 503
    assert len(own_ids(writer)) == 3


def test_nothing_chosen(writer: Writer) -> None:
    assert "No entry was chosen." in writer.send("/mine/withdraw").main


def test_the_export_can_be_imported(writer: Writer, write: Write) -> None:
    write("他人の話")
    mine = three(writer)
    page = writer.get("/mine/export?form=jsonl")
    assert "attachment" in page.response["Content-Disposition"]
    assert page.response["Cache-Control"] == "private, no-store"
    lines = [json.loads(line) for line in page.response.getvalue().splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(mine)
    assert {line["body"] for line in lines} == set(TEXTS)


def test_the_export_to_read(writer: Writer) -> None:
    one = writer.entry("**雨**の話をここに書いた。", title="梅雨")
    text = writer.get("/mine/export?form=markdown").response.getvalue().decode()
    assert "梅雨\n\n" in text
    assert f"<!-- {one} -->\n\n**雨**の話をここに書いた。\n" in text
