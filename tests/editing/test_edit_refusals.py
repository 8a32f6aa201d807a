"""`/keyword/<word>/edit`: what is refused or asked about, with everything typed kept."""

from collections.abc import Callable

import pytest
from django.conf import settings

from nanashi.editing.checking import TakenError
from nanashi.editing.content import Content
from nanashi.editing.saving import save
from nanashi.models import Keyword, Revision
from nanashi.text.markup import keyword_path
from tests.accounts.conftest import Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define, Write

Editor = Callable[[int], Browser]
RAIN = keyword_path("雨")


@pytest.mark.parametrize(("typed", "owner"), [("犬", "犬"), ("Ｄog", "犬"), ("cat", "cat"), ("CAT", "cat")])
def test_registering_overwrites_no_other_keyword(
    define: Define, editor: Editor, typed: str, owner: str
) -> None:
    define("犬", definition="一", aliases=["dog"])
    define("cat", definition="二", reading="ねこ")
    one = editor(1)
    before = list(Keyword.objects.order_by("word").values_list("word", "definition", "reading"))
    page = fill(one, one.get(f"{keyword_path('ぬぬぬ')}/edit"), word=typed, reading="あ", definition="kept")
    assert page.status == 422
    assert "registered already" in page.text("#word-wrong")
    assert page.values("#word-wrong a", "href") == [keyword_path(owner)]
    assert (page.value("#word", "value"), page.value("#reading", "value")) == (typed, "あ")
    assert page.text("#definition") == "kept"
    assert list(Keyword.objects.order_by("word").values_list("word", "definition", "reading")) == before
    assert not Revision.objects.exists()


def test_what_is_registered_while_one_looks_is_not_overwritten(define: Define, editor: Editor) -> None:
    define("犬", definition="一")
    with pytest.raises(TakenError):
        save("ぬぬぬ", Content("犬", definition="二"), 0, bytes(32))
    assert Keyword.objects.get().definition == "一"


@pytest.mark.parametrize("written", ["%20雨%20", "%E3%80%80雨", "ＲＡＩＮ", "%20Rain", "rain"])
def test_another_way_of_writing_a_keyword_leads_to_its_form(
    define: Define, editor: Editor, written: str
) -> None:
    define("雨", aliases=["rain"])
    page = editor(1).get(f"/keyword/{written}/edit")
    assert (page.status, page.response.get("Location")) == (302, f"{RAIN}/edit")


def test_when_the_session_has_ended_what_was_typed_comes_back(define: Define, editor: Editor) -> None:
    define("雨", definition="stored")
    one = editor(1)
    form = one.get(f"{RAIN}/edit")
    del one.client.cookies[settings.SESSION_COOKIE]
    typed = {"reading": "あめ", "aliases": "rain", "definition": "typed", "see_also": "雪", "note": "why"}
    for do in ("save", "preview"):
        page = fill(one, form, do=do, **typed)
        assert page.status == 403
        assert "not signed in" in page.text(".notice")
        assert page.values(".notice a", "href") == ["/sign-in"]
        assert page.values(".notice a", "target") == ["_blank"]
        for name in ("aliases", "definition", "see_also"):
            assert page.text(f"#{name}") == typed[name]
        assert [page.value(f"#{name}", "value") for name in ("reading", "note")] == ["あめ", "why"]
    one.client.cookies.update(editor(1).client.cookies)
    assert fill(one, page).status == 303
    keyword = Keyword.objects.get()
    assert (keyword.definition, keyword.reading, keyword.see_also) == ("typed", "あめ", ["雪"])


@pytest.mark.parametrize("word", ["の", "a", "Ａ", "the", "こと"])
def test_a_word_that_stands_everywhere_is_proposed_as_explicit(
    write: Write, define: Define, editor: Editor, word: str
) -> None:
    write("the dog ate a bone", "雨のこと", "雪のこと")
    define("rain")
    one = editor(1)
    page = one.get(f"{keyword_path(word)}/edit")
    assert "checked" in page.tree.css_first("[name=explicit]").attributes
    assert "commonest" in page.text("#explicit-common")
    count = 1 if word in ("a", "Ａ", "the") else 2
    assert f"{count} entr" in page.text("#explicit-common")
    page = fill(one, page, do="preview")
    assert f"{count} entr" in page.text(".preview")
    assert fill(one, page).status == 303
    assert Keyword.objects.get(word=word).explicit
    page = fill(one, one.get("/keyword/rain/edit"), definition="x", word="rain")
    assert (page.status, Keyword.objects.get(word="rain").explicit) == (303, False)


def test_whoever_registers_such_a_word_decides(editor: Editor) -> None:
    one = editor(1)
    form = one.get("/keyword/ぬぬぬ/edit")
    assert "checked" not in form.tree.css_first("[name=explicit]").attributes
    page = fill(one, form, word="の", definition="kept")
    assert page.status == 422
    assert "Nothing was saved yet" in page.text("#explicit-common")
    assert "checked" in page.tree.css_first("[name=explicit]").attributes
    assert page.text("#definition") == "kept"
    assert not Keyword.objects.exists()
    base = page.value("input[name=base]", "value")
    asked = page.value("input[name=asked]", "value")
    token = page.value("input[name=csrfmiddlewaretoken]", "value")
    sent = one.post(
        "/keyword/ぬぬぬ/edit", word="の", base=base, asked=asked, csrfmiddlewaretoken=token, do="save"
    )
    assert sent.status == 303
    assert not Keyword.objects.get().explicit


def test_a_reading_has_no_kanji(define: Define, editor: Editor) -> None:
    define("枕木")
    define("雪", reading="白雪")  # as a list of the operator's may have it
    one = editor(1)
    path = f"{keyword_path('枕木')}/edit"
    page = fill(one, one.get(path), reading="枕木の漢字", definition="kept")
    assert page.status == 422
    assert "枕" in page.text("#reading-wrong")
    assert (page.value("#reading", "value"), page.text("#definition")) == ("枕木の漢字", "kept")
    assert fill(one, page, reading="まくらぎ・スリーパー").status == 303
    assert fill(one, one.get(f"{keyword_path('雪')}/edit"), definition="x").status == 303


def test_nothing_is_cut_off_while_it_is_typed(define: Define, editor: Editor) -> None:
    define("雨")
    one = editor(1)
    page = one.get(f"{RAIN}/edit")
    assert page.values("main [maxlength]", "name") == []
    page = fill(one, page, word="x" * 500)
    assert "100" in page.text("#word-wrong")
    assert page.value("#word", "value") == "x" * 500
    assert one.get("/keywords/propose").values("main [maxlength]", "name") == []


def test_the_preview_checks_as_saving_does(define: Define, editor: Editor) -> None:
    define("雨", "雪")
    one = editor(1)
    form = one.get(f"{RAIN}/edit")
    page = fill(one, form, do="preview", aliases="雪\nrain", see_also="...", definition="**x**")
    assert page.status == 422
    assert page.values("#aliases-wrong a", "href") == [keyword_path("雪")]
    assert page.text("#see_also-wrong")
    assert page.text(".preview .body") == "x"


def test_the_form_of_a_new_word_speaks_of_no_keyword_that_is_there(define: Define, editor: Editor) -> None:
    define("雨")
    page = editor(1).get("/keyword/new/edit")
    assert "renames" not in page.main
    assert page.values("main > p > a", "href") == ["/keywords"]
    page = editor(1).get(f"{RAIN}/edit")
    assert "renames" in page.main
    assert page.values("main > p > a", "href") == [RAIN]


def test_a_conflict_with_ones_own_window_blames_nobody_else(define: Define, editor: Editor) -> None:
    define("雨", definition="one")
    ann = editor(1)
    first, second = ann.get(f"{RAIN}/edit"), ann.get(f"{RAIN}/edit")
    fill(ann, first, definition="here")
    page = fill(ann, second, definition="there")
    assert page.status == 409
    assert "You saved this keyword in another window" in page.text(".problem-box")
    assert "omebody else" not in page.main
