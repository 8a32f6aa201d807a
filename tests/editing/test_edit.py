"""`/keyword/<word>/edit`: registering, changing, and two people at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from nanashi.accounts import rates
from nanashi.lexicons import changing
from nanashi.models import Keyword, Revision
from nanashi.text.markup import keyword_path, render
from tests.accounts.conftest import Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define
from tests.reading.pages import Read

Editor = Callable[[int], Browser]
RAIN = keyword_path("雨")


def test_a_stranger_is_sent_to_sign_in(read: Read, define: Define, browser_of_nobody: Browser) -> None:
    define("雨")
    answer = browser_of_nobody.get(f"{RAIN}/edit")
    assert answer.status == 302
    assert answer.response["Location"].startswith("/sign-in?next=")
    assert browser_of_nobody.get("/keyword/new/edit").status == 302


@pytest.fixture
def browser_of_nobody(diary: object) -> Browser:
    return Browser()


def test_a_word_is_registered(read: Read, editor: Editor) -> None:
    form = editor(1).get(f"{RAIN}/edit")
    assert form.text("h1") == "Register “雨”"
    assert form.response["Cache-Control"] == "private, no-store"
    answer = fill(
        editor(1), form, reading="あめ", aliases="rain\nrainfall", definition="空から**降る**", see_also="雪"
    )
    assert (answer.status, answer.response.get("Location")) == (403, None)  # another browser's token
    one = editor(1)
    answer = fill(
        one,
        one.get(f"{RAIN}/edit"),
        reading="あめ",
        aliases="rain\nrainfall",
        definition="空から**降る**",
        see_also="雪",
    )
    assert (answer.status, answer.response["Location"]) == (303, RAIN)
    page = read(RAIN)
    assert page.texts(".alias") == ["rain", "rainfall"]
    assert page.text(".definition .body") == "空から降る"
    assert page.values("a.other", "href") == [keyword_path("雪")]
    (revision,) = Revision.objects.all()
    assert (revision.number, len(revision.editor)) == (1, 8)


def test_an_imported_keyword_keeps_what_it_said(read: Read, define: Define, editor: Editor) -> None:
    define("雨", definition="from the operator")
    one = editor(1)
    assert fill(one, one.get(f"{RAIN}/edit"), definition="from a reader", note="better").status == 303
    rows = list(Revision.objects.order_by("number").values_list("number", "editor", "note"))
    assert rows[0] == (1, "", "")
    assert (rows[1][0], len(rows[1][1]), rows[1][2]) == (2, 8, "better")
    assert Revision.objects.get(number=1).content["definition"] == "from the operator"


def test_renaming_leads_to_the_new_page(read: Read, define: Define, editor: Editor) -> None:
    define("アメ")
    one = editor(1)
    answer = fill(one, one.get(keyword_path("アメ") + "/edit"), word="雨", aliases="アメ")
    assert answer.response["Location"] == RAIN
    assert read(keyword_path("アメ")).response["Location"] == RAIN


def test_an_alias_leads_to_the_form_of_its_keyword(define: Define, editor: Editor) -> None:
    define("雨", aliases=["rain"])
    assert editor(1).get("/keyword/rain/edit").response["Location"] == f"{RAIN}/edit"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("word", ""),
        ("word", "x" * 101),
        ("word", "。。"),
        ("word", "a/edit"),
        ("word", "雪"),
        ("aliases", "雪"),
        ("reading", "あ" * 201),
        ("definition", "x" * 20_001),
        ("see_also", "..."),
        ("see_also", "\n".join(f"w{n}" for n in range(31))),
        ("note", "x" * 201),
    ],
)
def test_what_cannot_be_is_refused_by_field(define: Define, editor: Editor, field: str, typed: str) -> None:
    define("雨", "雪")
    one = editor(1)
    page = fill(one, one.get(f"{RAIN}/edit"), **{"definition": "kept as typed", field: typed})
    assert page.status == 422
    assert page.texts(f"#{field}-wrong") or page.texts(".wrong")
    if field != "definition":
        assert "kept as typed" in page.text("#definition")
    assert not Revision.objects.exists()
    assert not Keyword.objects.exclude(definition="").exists()


def test_the_preview_saves_nothing(define: Define, editor: Editor) -> None:
    define("雨", "雪")
    one = editor(1)
    page = fill(one, one.get(f"{RAIN}/edit"), do="preview", definition="雪と<script>x</script>**水**")
    assert page.status == 200
    assert page.values(".preview a.k", "href") == [keyword_path("雪")]
    assert not page.tree.css(".preview script")
    assert "**水**" in page.text("#definition")
    assert not Revision.objects.exists()


def test_previews_are_slowed_as_those_of_entries_are(
    define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("雨")
    monkeypatch.setitem(rates.RATES, "preview from", rates.Rate(1, 1000))
    one = editor(1)
    form = one.get(f"{RAIN}/edit")
    assert fill(one, form, do="preview", definition="kept").text(".preview .body") == "kept"
    page = fill(one, form, do="preview", definition="kept")
    assert page.status == 429
    assert int(page.response["Retry-After"]) > 900
    assert "Too many previews" in page.text("p.wrong")
    assert "kept" in page.text("#definition")


def test_edits_are_slowed(define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    define("雨")
    monkeypatch.setattr("nanashi.accounts.volatile.spend", lambda *_spent: 12.0)
    one = editor(1)
    page = fill(one, one.get(f"{RAIN}/edit"), definition="kept")
    assert (page.status, page.response["Retry-After"]) == (429, "12")
    assert "kept" in page.text("#definition")


def test_a_suspended_ring_keeps_its_text(
    define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("雨")
    one = editor(1)
    form = one.get(f"{RAIN}/edit")
    monkeypatch.setattr("nanashi.web.keyword_editing.suspended", lambda _request: True)
    page = fill(one, form, definition="kept")
    assert page.status == 403
    assert "kept" in page.main
    assert not Revision.objects.exists()


def test_two_people_at_once_lose_nothing(read: Read, define: Define, editor: Editor) -> None:
    define("雨", definition="one\n\ntwo\n\nthree")
    ann, bob = editor(1), editor(2)
    first, second = ann.get(f"{RAIN}/edit"), bob.get(f"{RAIN}/edit")
    assert fill(ann, first, definition="ONE\n\ntwo\n\nthree", aliases="rain").status == 303
    page = fill(bob, second, definition="one\n\ntwo\n\nTHREE", reading="あめ", note="mine")
    assert page.status == 409
    assert "Both changes are put together" in page.main
    assert fill(bob, page).status == 303
    shown = read(RAIN)
    assert shown.text(".definition .body") == "ONE two THREE"
    assert (shown.texts(".alias"), shown.texts("h1 .reading")) == (["rain"], ["あめ"])


def test_a_conflict_shows_both_texts(define: Define, editor: Editor) -> None:
    define("雨", definition="one")
    ann, bob = editor(1), editor(2)
    first, second = ann.get(f"{RAIN}/edit"), bob.get(f"{RAIN}/edit")
    fill(ann, first, definition="from Ann")
    page = fill(bob, second, definition="from Bob")
    assert page.status == 409
    assert page.texts(".both pre") == ["from Ann", "from Bob"]
    assert "from Bob" in page.text("#definition")
    assert Keyword.objects.get().definition == "from Ann"
    assert fill(bob, page, definition="settled").status == 303
    assert Keyword.objects.get().definition == "settled"


def test_two_people_who_register_one_word(editor: Editor) -> None:
    ann, bob = editor(1), editor(2)
    first, second = ann.get(f"{RAIN}/edit"), bob.get(f"{RAIN}/edit")
    fill(ann, first, definition="from Ann")
    page = fill(bob, second, definition="from Bob")
    assert (page.status, page.texts(".both pre")) == (409, ["from Ann", "from Bob"])


@pytest.mark.parametrize("how", ["renamed", "merged"])
def test_a_word_that_is_gone_meanwhile_is_not_registered_anew(
    define: Define, editor: Editor, how: str
) -> None:
    define("アメ", "雨")
    ann, bob = editor(1), editor(2)
    first, second = ann.get(keyword_path("アメ") + "/edit"), bob.get(keyword_path("アメ") + "/edit")
    if how == "renamed":
        assert fill(ann, first, word="霧").status == 303
    else:
        changing.merge(*(Keyword.objects.get(word=word).key for word in ("アメ", "雨")))
    before = sorted(Keyword.objects.values_list("word", flat=True))
    page = fill(bob, second, definition="kept as typed")
    assert page.status == 422
    assert "renamed or merged" in page.text("#word-wrong")
    assert "kept as typed" in page.text("#definition")
    assert sorted(Keyword.objects.values_list("word", flat=True)) == before


def test_an_edit_renders_its_definition_once_and_after_its_turn(
    define: Define, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("アメ", aliases=["雨", "rain"])
    rendered: list[bool] = []

    def counted(*arguments: Any, **options: Any) -> Any:
        rendered.append(connection.in_atomic_block)
        return render(*arguments, **options)

    monkeypatch.setattr("nanashi.lexicons.definitions.render", counted)
    one = editor(1)
    page = one.get(keyword_path("アメ") + "/edit")
    assert fill(one, page, word="雨", aliases="アメ", definition="**水**").status == 303
    assert rendered == [False]
    assert Keyword.objects.get().definition_html == "<p><strong>水</strong></p>\n"


def test_one_hand_is_seen_within_a_keyword_and_not_between_two(define: Define, editor: Editor) -> None:
    define("雨", "雪")
    for number in (1, 1, 2):
        for word in ("雨", "雪"):
            one = editor(number)
            fill(one, one.get(keyword_path(word) + "/edit"), definition=f"{number}{Revision.objects.count()}")
    marks = {
        word: list(
            Revision.objects.filter(keyword__word=word)
            .exclude(editor="")
            .order_by("number")
            .values_list("editor", flat=True)
        )
        for word in ("雨", "雪")
    }
    for one in marks.values():
        assert one[0] == one[1] != one[2]
    assert not set(marks["雨"]) & set(marks["雪"])


def test_an_edit_revives_a_retired_keyword(read: Read, define: Define, editor: Editor) -> None:
    define("雨")
    Keyword.objects.update(retired=True)
    assert "is retired" in read(RAIN).main
    one = editor(1)
    assert fill(one, one.get(f"{RAIN}/edit")).status == 303
    assert "is retired" not in read(RAIN).main
