"""`/search`: entries that hold every word of a query, each with the place."""

from urllib.parse import quote

import pytest

from nanashi.reading.views.search import MAX_QUERY
from tests.reading.conftest import Define, Write
from tests.reading.ladder import (
    check_conditional,
    check_etag_changes,
    check_head,
    check_not_found,
    queries_of,
)
from tests.reading.pages import Page, Read, pages_from

NOTHING = "No entry contains all of this."


def path_of(query: str) -> str:
    return f"/search?q={quote(query, safe='')}"


def found_on(page: Page) -> list[str]:
    """Public ids of the entries found, in order."""
    assert page.status == 200
    return [path.removeprefix("/e/") for path in page.values(".found h2 a", "href")]


def test_the_form_comes_first(read: Read) -> None:
    page = read("/search")
    assert page.status == 200
    assert page.value("form[role=search]", "action") == "/search"
    assert page.value("input[name=q]", "value") == ""
    assert page.text("label[for=q]")
    assert page.text(".hint")


@pytest.mark.parametrize("query", ["", " ", "\u3000", "\t\n"])
def test_nothing_asked_is_the_form(read: Read, write: Write, query: str) -> None:
    write("雨")
    page = read(path_of(query))
    assert page.tree.css(".found") == []
    assert page.text(".hint")


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("研究", "研究室の朝"),
        ("雨", "小雨"),
        ("雨", "雨"),
        ("。", "雨。"),
        ("rain", "It is raining."),
        ("a", "a"),
        ("RAIN", "rain"),
        ("rain", "ＲＡＩＮ"),
        ("ｶﾞｯｺｳ", "ガッコウ"),
        ("ガッコウ", "ｶﾞｯｺｳ"),
        ("1.26", "同じ 1.26 でも"),
        ("C#", "C# と C++"),
        ("100%", "100% を超える"),
        ("雨 傘", "傘をさす。\n\n雨の日"),
        ("rain umbrella", "An umbrella in the rain"),
        ("雨\u3000傘", "雨と傘"),
        ("☕", "朝の☕"),
        ('"雨"', 'いわゆる"雨"'),
        ("a AND b", "b and a"),
        ("half*", "half*"),
    ],
)
def test_what_is_there_is_found(read: Read, write: Write, query: str, body: str) -> None:
    (one,) = write(body)
    write("晴れ", "sunshine")
    assert found_on(read(path_of(query))) == [one]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("研究所", "研究と究所"),
        ("abcd", "abc bcd"),
        ("雨傘", "雨 傘"),
        ("雨 雪", "雨だけ"),
        ("rain", "rai n"),
        ("あめ", "雨"),
        ("half*", "halfway"),
        ("NOT 雨", "雨"),
    ],
)
def test_what_is_not_there_is_not_found(read: Read, write: Write, query: str, body: str) -> None:
    """Neither where the index would propose it: pairs of letters are there, the word is not."""
    write(body)
    page = read(path_of(query))
    assert found_on(page) == []
    assert NOTHING in page.text(".empty")
    assert page.older is None


def test_titles_are_searched(read: Read, write: Write) -> None:
    (one,) = write("晴れ", title="雨のち")
    assert found_on(read(path_of("雨のち"))) == [one]
    assert found_on(read(path_of("雨のち 晴れ"))) == [one]


def test_a_word_does_not_reach_from_the_title_into_the_text(read: Read, write: Write) -> None:
    write("究", title="研")
    assert found_on(read(path_of("研究"))) == []


def test_every_word_of_the_query_is_marked_as_typed(read: Read, write: Write) -> None:
    write("朝から Ｒａｉｎ。傘は　ｶﾞ社にある。傘！")
    page = read(path_of("rain 傘 ガ"))
    assert page.texts(".found mark") == ["Ｒａｉｎ", "傘", "ｶﾞ", "傘"]
    assert page.value("input[name=q]", "value") == "rain 傘 ガ"


def test_the_passage_shows_the_place_in_a_long_text(read: Read, write: Write) -> None:
    write("前" * 500 + "ここに針がある" + "後" * 500)
    page = read(path_of("針"))
    (passage,) = page.texts(".found p[dir=auto]")
    assert "ここに針がある" in passage
    assert passage.startswith("…前")
    assert passage.endswith("後…")
    assert len(passage) < 200
    assert page.texts("mark") == ["針"]


def test_a_long_term_is_marked_whole_where_the_passage_ends(read: Read, write: Write) -> None:
    term = "長" * 190
    write(f"前の文。{term}後の文。")
    assert read(path_of(term)).texts("mark") == [term]


def test_a_passage_is_text(read: Read, write: Write) -> None:
    write("<b>雨</b> & <script>alert(1)</script>")
    page = read(path_of("<b>雨"))
    assert page.texts(".found mark") == ["<b>雨"]
    assert page.tree.css("main script") == []


def test_a_passage_shows_what_readers_see(read: Read, write: Write) -> None:
    write("## 天気\n\n**雨**が[降る](https://example.com/)。\n\n| 朝 | 夕 |\n|---|---|\n| 雨 | 晴 |")
    assert read(path_of("雨")).texts(".found p[dir=auto]") == ["天気 雨が降る。 朝 夕 雨 晴"]
    assert read(path_of("example.com")).texts(".found mark") == ["example.com"]


def test_a_passage_begins_and_ends_between_words(read: Read, write: Write) -> None:
    text = "seven words stand here before the needle " * 2 + "and very many others " * 20
    write(text)
    (passage,) = read(path_of("needle")).texts(".found p[dir=auto]")
    assert set(passage.strip("…").split()) <= set(text.split())


def test_words_are_marked_in_the_title_too(read: Read, write: Write) -> None:
    write("晴れ", title="雨のち晴れ")
    assert read(path_of("雨")).texts(".found h2 mark") == ["雨"]


def test_found_entries_say_their_day_and_language(read: Read, write: Write) -> None:
    write("雨が降る。", title="梅雨", quarter=30)
    page = read(path_of("雨"))
    assert page.text(".found .about-entry") == "6 June 2024 07:30"
    assert page.values(".found p[dir=auto]", "lang") == ["ja"]
    assert page.text(".found h2") == "梅雨"


def test_a_registered_word_is_named(read: Read, define: Define) -> None:
    define("雨", aliases=["rain"])
    for query in ("雨", "RAIN"):
        page = read(path_of(query))
        assert page.value(".note a", "href") == "/keyword/" + quote("雨")
        assert page.text(".note a") == "雨"
    assert read(path_of("雪")).tree.css(".note") == []


def test_paging_loses_nothing_and_shows_nothing_twice(read: Read, write: Write) -> None:
    ids: list[str] = []
    for n in range(60):
        ids += write(f"雨傘 {n} & more")
        write(f"雨 {n}")
    pages = list(pages_from(read, path_of("雨傘 &")))
    assert [len(found_on(page)) for page in pages] == [25, 25, 10]
    assert [one for page in pages for one in found_on(page)] == ids[::-1]


def test_a_search_that_looks_too_long_offers_to_go_on(
    read: Read,
    write: Write,
    settings,  # noqa: ANN001
) -> None:
    """Every entry but the oldest has the pairs and not the word."""
    settings.SEARCH_LIMIT = 150
    (needle,) = write("研究所")
    write(*["研究と究所"] * 400)
    pages = list(pages_from(read, path_of("研究所")))
    assert [found_on(page) for page in pages] == [[], [], [needle]]
    for page in pages[:-1]:
        assert page.text("nav.pages a") == "Go on looking in older entries"
        assert NOTHING not in page.main


@pytest.mark.parametrize("cursor", ["!", "z" * 13])
def test_a_bad_cursor_is_refused(read: Read, cursor: str) -> None:
    check_not_found(read(f"/search?q=a&before={cursor}"), "There is no such page.")


@pytest.mark.parametrize(
    "query", ["\0", "\ufffd", "%FF", "a" * 10_000, "a " * 5_000, "\u200d", "'", '"', "\\", "*"]
)
def test_any_query_has_an_answer(read: Read, write: Write, query: str) -> None:
    write("雨")
    page = read(path_of(query))
    assert page.status == 200
    assert len(page.value("input[name=q]", "value")) <= MAX_QUERY


def test_broken_text_in_the_address_has_an_answer(read: Read) -> None:
    assert read("/search?q=%FF%E3%81").status == 200


def test_the_head(read: Read, write: Write) -> None:
    write("雨")
    page = read(path_of("<雨>"))
    check_head(page, path="/search")
    assert page.text("title") == "Search: <雨> – Nanashi"
    assert page.value("meta[name=robots]", "content") == "noindex"


def test_conditional_requests(read: Read, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("雨")
    check_conditional(read, path_of("雨"), monkeypatch)
    check_conditional(read, "/search", monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write, define: Define) -> None:
    write("雨")
    check_etag_changes(read, path_of("雨"), lambda: write("雨"))
    check_etag_changes(read, path_of("雨"), lambda: define("雨"))


def test_queries_do_not_grow(read: Read, write: Write) -> None:
    (first,) = write("晴れ")
    write(*["雨"] * 3, reply_to=(first,))
    few = queries_of(read, path_of("雨"))
    write(*["雨"] * 22, reply_to=(first,))
    assert len(found_on(read(path_of("雨")))) == 25
    assert queries_of(read, path_of("雨")) == few
