"""`/mine`: one's entries, and nobody else's."""

import json
from collections.abc import Callable
from typing import Any

from nanashi.models import Entry
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


def test_many_are_withdrawn_at_once(writer: Writer, write: Write) -> None:
    (other,) = write("他人の話")
    first, second, third = three(writer)
    asked = writer.send("/mine/withdraw", id=[first, second, other])
    assert asked.values("input[name=id]", "value") == [first, second, other]
    done = writer.send("/mine/withdraw", id=[first, second, other], do="withdraw")
    assert "2 entries" in done.main
    assert own_ids(writer) == [third]
    assert Entry.objects.filter(public_id=other).exists()


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
