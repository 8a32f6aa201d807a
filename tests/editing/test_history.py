"""`/keyword/<word>/history`: differences, one-step undo, and older revisions restored."""

from collections.abc import Callable

import pytest

from nanashi.models import Keyword, Revision
from nanashi.text.markup import keyword_path
from tests.accounts.conftest import Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define
from tests.reading.ladder import check_conditional, check_not_found, queries_of
from tests.reading.pages import Read

Editor = Callable[[int], Browser]
RAIN = keyword_path("雨")
HISTORY = f"{RAIN}/history"


def edit(browser: Browser, **changed: str) -> None:
    assert fill(browser, browser.get(f"{RAIN}/edit"), **changed).status == 303


def test_without_an_edit_it_says_so(read: Read, define: Define) -> None:
    define("雨")
    assert read(HISTORY).text(".empty") == "Nobody has edited this keyword yet."


def test_an_unknown_word_has_none_and_an_alias_leads_on(read: Read, define: Define) -> None:
    define("雨", aliases=["rain"])
    check_not_found(read(keyword_path("霧") + "/history"), "is not a keyword yet")
    assert read("/keyword/rain/history").response["Location"] == HISTORY


def test_revisions_stand_newest_first(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    edit(editor(1), definition="one", note="a first try")
    page = read(HISTORY)
    rows = page.texts(".history tbody tr")
    assert "a first try" in rows[0]
    assert rows[1].endswith("the operator restore")
    assert page.value("meta[name=robots]", "content") == "noindex"


def test_what_changed_is_marked_inside_the_line(read: Read, define: Define, editor: Editor) -> None:
    define("雨", definition="rain falls slowly\n\nend")
    edit(editor(1), definition="rain falls quickly\n\nend", explicit="1")
    page = read(f"{HISTORY}?from=1&to=2")
    assert page.texts(".difference del") == ["rain falls slowly"]
    assert page.texts(".difference ins") == ["rain falls quickly", "✓"]
    assert page.texts("del mark") == ["slowly"]
    assert page.texts("ins mark") == ["quickly"]
    assert page.texts("section h3") == ["Definition", "Only explicit"]
    assert read(f"{HISTORY}?from=2&to=2").text("section .empty") == "Nothing differs."


@pytest.mark.parametrize("query", ["from=1&to=99", "from=x&to=1", "from=1", "before=x", "from=²&to=1"])
def test_an_unknown_revision_is_not_compared(read: Read, define: Define, query: str) -> None:
    define("雨")
    assert read(f"{HISTORY}?{query}").status == 200


def test_a_text_that_is_made_to_be_compared_for_long_shows_as_replaced(
    read: Read, define: Define, editor: Editor
) -> None:
    define("雨", definition="x\n" * 3_000)
    edit(editor(1), definition="".join(f"x\n{n}\n" for n in range(1_500)))
    page = read(f"{HISTORY}?from=1&to=2")
    assert (len(page.tree.css(".difference del")), len(page.tree.css(".difference ins"))) == (3_000, 3_000)


def test_one_step_back(read: Read, define: Define, editor: Editor) -> None:
    define("雨", definition="good", aliases=["rain"])
    edit(editor(1), definition="bad", aliases="", word="霧")
    path = keyword_path("霧") + "/history"
    two = editor(2)
    (undo,) = [link for link in two.get(path).tree.css("a") if "undo" in link.text()]
    sheet = two.get(undo.attributes["href"])
    assert "good" in sheet.texts(".difference ins")
    answer = two.send(sheet)
    assert (answer.status, answer.response["Location"]) == (303, HISTORY)
    keyword = Keyword.objects.get()
    assert (keyword.word, keyword.definition) == ("雨", "good")
    assert list(keyword.aliases.values_list("text", flat=True)) == ["rain"]
    assert "revision 1 restored" in read(HISTORY).texts(".history tbody tr")[0]
    assert read(RAIN).text(".definition .body") == "good"


def test_what_was_restored_is_told_in_the_reader_s_language_whoever_did_it(
    read: Read, define: Define, editor: Editor
) -> None:
    define("雨", definition="good")
    edit(editor(1), definition="bad")
    one = editor(1)
    sheet = one.get("/keyword-restore?word=%E9%9B%A8&number=1")
    one.language = "ja"
    assert one.send(sheet).status == 303
    assert "revision 1 restored" in read(HISTORY).texts(".history tbody tr")[0]
    assert "第1版に戻した" in read(HISTORY, "ja").texts(".history tbody tr")[0]
    assert list(Revision.objects.exclude(note="").values_list("note", flat=True)) == []


def test_a_restored_revision_does_not_overwrite_what_came_in_between(define: Define, editor: Editor) -> None:
    define("雨", definition="good")
    edit(editor(1), definition="bad")
    one = editor(1)
    sheet = one.get("/keyword-restore?word=%E9%9B%A8&number=1")
    edit(editor(2), definition="newer")
    page = one.send(sheet)
    assert page.status == 409
    assert Keyword.objects.get().definition == "newer"


def test_strangers_restore_nothing(define: Define, editor: Editor) -> None:
    define("雨", definition="good")
    edit(editor(1), definition="bad")
    nobody = Browser()
    assert nobody.get("/keyword-restore?word=%E9%9B%A8&number=1").status == 302
    assert nobody.post(HISTORY, number="1", base="2").status == 403
    assert Keyword.objects.get().definition == "bad"


def test_the_page_is_the_same_for_everybody(
    read: Read, define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("雨")
    edit(editor(1), definition="x")
    check_conditional(read, HISTORY, monkeypatch)
    one = editor(1)
    assert one.get(HISTORY).html == Browser().get(HISTORY).html


def test_queries_do_not_grow(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    edit(editor(1), definition="0")
    few = queries_of(read, f"{HISTORY}?from=1&to=2")
    for number in range(1, 8):
        edit(editor(number), definition=str(number))
    assert queries_of(read, f"{HISTORY}?from=1&to=2") == few


def test_long_histories_have_pages(
    read: Read, define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nanashi.editing.revisions.HISTORY_SIZE", 2)
    monkeypatch.setattr("nanashi.editing.views.history.HISTORY_SIZE", 2)
    define("雨")
    for number in range(1, 4):
        edit(editor(1), definition=str(number))
    page = read(HISTORY)
    assert len(page.texts("tbody tr")) == 2
    assert len(read(str(page.older)).texts("tbody tr")) == 2
