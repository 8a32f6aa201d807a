"""Retiring and merging: proposed, answered, and carried out when nobody objects."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from nanashi.editing.proposals import apply_ripe, ripe
from nanashi.models import Keyword, Proposal, Revision
from nanashi.text.markup import keyword_path
from tests.accounts.conftest import Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define
from tests.reading.ladder import queries_of
from tests.reading.pages import Page, Read

Editor = Callable[[int], Browser]
PATH = "/keywords/proposals"
RAIN = keyword_path("雨")


def propose(
    browser: Browser, word: str = "雨", kind: str = "retire", into: str = "", why: str = "so"
) -> Page:
    page = browser.get(f"/keywords/propose?word={word}")
    return fill(browser, page, kind=kind, into=into, reason=why)


def edit(browser: Browser, word: str, definition: str) -> None:
    assert fill(browser, browser.get(keyword_path(word) + "/edit"), definition=definition).status == 303


def age(hours: int) -> None:
    """Let all proposals be made so long ago."""
    import datetime  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    made = timezone.localtime() - datetime.timedelta(hours=hours)
    Proposal.objects.update(day=made.date(), quarter=made.hour * 4 + made.minute // 15)


def test_a_proposal_is_shown_and_waits(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    assert read(PATH).text(".empty") == "Nothing is proposed at the moment."
    answer = propose(editor(1), why="nobody needs it")
    assert (answer.status, answer.response["Location"]) == (303, PATH)
    page = read(PATH)
    assert page.text(".proposals h2") == "Retire 雨"
    assert "nobody needs it" in page.main
    assert "Somebody proposes" in read(RAIN).main
    assert apply_ripe() == 0
    assert not Keyword.objects.get().retired


def test_it_stands_after_a_day_and_can_be_undone_by_an_edit(
    read: Read, define: Define, editor: Editor
) -> None:
    define("雨", definition="水")
    propose(editor(1), why="nobody needs it")
    age(25)
    assert (apply_ripe(), apply_ripe()) == (1, 0)
    assert "is retired" in read(RAIN).main
    assert read("/keywords").texts(".words a") == []
    assert RAIN not in read("/sitemap/keywords.xml").html
    assert "retired: nobody needs it" in read(f"{RAIN}/history").texts("tbody tr")[0]
    one = editor(2)
    assert fill(one, one.get(f"{RAIN}/edit")).status == 303
    assert not Keyword.objects.get().retired


def test_a_merged_word_is_an_alias(read: Read, define: Define, editor: Editor) -> None:
    define("雨", "rain")
    propose(editor(1), word="rain", kind="merge", into="雨")
    mark = Proposal.objects.get().editor
    age(25)
    assert apply_ripe() == 1
    assert read("/keyword/rain").response["Location"] == RAIN
    assert read(RAIN).texts(".alias") == ["rain"]
    assert mark not in Revision.objects.values_list("editor", flat=True)
    assert "“rain” merged into it: so" in read(f"{RAIN}/history").texts("tbody tr")[0]


def test_a_merge_that_is_refused_says_so_in_the_reader_s_language(
    read: Read, define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("雨", "rain")
    propose(editor(1), word="rain", kind="merge", into="雨")
    age(25)
    monkeypatch.setattr("nanashi.lexicons.changing.MOST_ALIASES", 0)
    with override("ja"):
        assert apply_ripe() == 1
    assert Keyword.objects.count() == 2
    assert "together more than 100 aliases" in read(PATH).text(".stopped")
    assert "別名" in read(PATH, "ja").text(".stopped")


def test_the_history_of_a_merged_keyword_comes_first_at_as_many_queries(
    read: Read, define: Define, editor: Editor
) -> None:
    define("雨", "rain", "雪", "snow")
    for word, revisions in (("雨", 1), ("rain", 2), ("雪", 4), ("snow", 9)):
        for number in range(revisions):
            edit(editor(1), word, f"{word} {number}")
    counts = []
    for word, into in (("rain", "雨"), ("snow", "雪")):
        propose(editor(1), word=word, kind="merge", into=into)
        age(25)
        with CaptureQueriesContext(connection) as made:
            assert apply_ripe() == 1
        counts.append(len(made))
    assert counts[0] == counts[1]
    rows = Revision.objects.filter(keyword__word="雪").order_by("number").values_list("number", "content")
    said = [content["definition"] for _number, content in rows]
    assert said[:10] == ["", *(f"snow {n}" for n in range(9))]
    assert said[10:15] == ["", *(f"雪 {n}" for n in range(4))]
    assert [number for number, _content in rows] == list(range(1, len(rows) + 1))


def test_an_objection_stops_it(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    propose(editor(1))
    two = editor(2)
    (path,) = [
        link.attributes["href"] for link in two.get(PATH).tree.css(".proposals a") if link.text() == "Object"
    ]
    page = fill(two, two.get(path), objection=" ")
    assert page.status == 422
    assert fill(two, two.get(path), objection="I need it").status == 303
    age(25)
    assert apply_ripe() == 0
    assert not Keyword.objects.get().retired
    assert "I need it" in read(PATH).text(".stopped")
    assert "Somebody proposes" not in read(RAIN).main
    late = fill(two, two.get(PATH and "/keywords/propose"), word="雨", kind="retire", reason="again")
    assert late.status == 303
    assert two.post(path, objection="late").status == 403


def test_the_hours_are_a_setting(define: Define, editor: Editor, settings) -> None:  # noqa: ANN001
    define("雨")
    propose(editor(1))
    age(3)
    assert ripe() == []
    settings.PROPOSAL_HOURS = 2
    assert len(ripe()) == 1
    age(2)
    assert ripe() == []  # the quarter in which it was made has to be over


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("word", {"word": "霧"}),
        ("reason", {"why": " "}),
        ("reason", {"why": "x" * 501}),
        ("into", {"kind": "merge"}),
        ("into", {"kind": "merge", "into": "雨"}),
        ("into", {"kind": "merge", "into": "霧"}),
        ("kind", {"kind": "explode"}),
    ],
)
def test_what_cannot_be_proposed_is_refused_by_field(
    define: Define, editor: Editor, field: str, fields: dict[str, str]
) -> None:
    define("雨")
    page = propose(editor(1), **fields)
    assert page.status == 422
    assert page.texts("form .wrong")
    assert field == "kind" or page.texts(f"#{field}-wrong")
    assert not Proposal.objects.exists()


def test_one_open_proposal_a_keyword(define: Define, editor: Editor) -> None:
    define("雨")
    propose(editor(1))
    assert propose(editor(2)).status == 422
    assert Proposal.objects.count() == 1


def test_strangers_read_only(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    propose(editor(1))
    nobody = Browser()
    assert nobody.get("/keywords/propose").status == 302
    assert nobody.get(f"{PATH}/{Proposal.objects.get().key}").status == 302
    assert nobody.get(PATH).html == editor(1).get(PATH).html


def test_what_is_due_is_found_by_an_index_of_open_proposals(diary: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT key FROM nanashi_proposal WHERE objection = '' AND day <= '2026-01-01'"
        )
        assert "proposal_open" in str(cursor.fetchall())


def test_queries_do_not_grow(read: Read, define: Define, editor: Editor) -> None:
    define("雨", "雪", "霧")
    propose(editor(1))
    few = queries_of(read, PATH)
    propose(editor(1), word="雪", kind="merge", into="霧")
    assert queries_of(read, PATH) == few
