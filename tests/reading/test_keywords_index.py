"""`/keywords`: all words by reading and alphabet."""

import pytest

from nanashi.text.markup import keyword_path
from tests.reading.conftest import Define, Write
from tests.reading.ladder import check_conditional, check_etag_changes, check_head, queries_of
from tests.reading.pages import Page, Read, pages_from

PATH = "/keywords"


def words_of(page: Page) -> list[str]:
    return page.texts(".words a")


def test_words_stand_on_shelves_in_order(read: Read, define: Define) -> None:
    define("100%", "ベン図", "はは", "パパ", "apple", "Zebra", "☕", "東京")
    define("研究", reading="けんきゅう")
    define("TCP/IP", reading="ティーシーピーアイピー")
    page = read(PATH)
    assert page.status == 200
    shelves = {
        section.css_first("h2").text(): [link.text() for link in section.css(".words a")]
        for section in page.tree.css("main section")
    }
    assert shelves == {
        "0–9": ["100%"],
        "A": ["apple"],
        "Z": ["Zebra"],
        "か": ["研究"],
        "た": ["TCP/IP"],
        "は": ["はは", "パパ", "ベン図"],
        "Other": ["☕", "東京"],
    }
    assert list(shelves) == page.texts(".shelves a")
    assert page.values(".words a", "href") == [keyword_path(word) for word in words_of(page)]
    assert page.texts(".words .reading") == ["けんきゅう", "ティーシーピーアイピー"]


def test_a_shelf_has_an_address(read: Read, define: Define) -> None:
    define("apple", "はは", "パパ", "山", "1")
    page = read(PATH)
    shelves = dict(zip(page.texts(".shelves a"), page.values(".shelves a", "href"), strict=True))
    assert words_of(read(shelves["は"])) == ["はは", "パパ", "山"]
    assert words_of(read(shelves["Other"])) == ["山"]
    assert words_of(read(shelves["0–9"])) == ["1", "apple", "はは", "パパ", "山"]
    assert read(shelves["は"]).texts("[aria-current=true]")[0] == "は"


@pytest.mark.parametrize(
    "words",
    [
        [f"{letter}{n}" for letter in "abあか" for n in range(13)],
        [f"word {n:03}" for n in range(30)],
        ["研究", *(f"か{n}" for n in range(10)), *(f"ん{n}" for n in range(9))],
    ],
    ids=["over the borders of shelves", "on one shelf", "to the end of a page"],
)
def test_paging_loses_nothing_and_shows_nothing_twice(
    read: Read,
    define: Define,
    settings,  # noqa: ANN001
    words: list[str],
) -> None:
    settings.KEYWORD_PAGE_SIZE = 10
    define(*words)
    pages = list(pages_from(read, PATH))
    assert [len(words_of(page)) for page in pages[:-1]] == [10] * (len(pages) - 1)
    assert 1 <= len(words_of(pages[-1])) <= 10
    shown = [word for page in pages for word in words_of(page)]
    assert sorted(shown) == sorted(words)


def test_words_with_the_same_reading_are_not_lost_between_pages(
    read: Read,
    define: Define,
    settings,  # noqa: ANN001
) -> None:
    settings.KEYWORD_PAGE_SIZE = 2
    words = ["雨", "飴", "天", "編め", "亜目"]
    define(*words, reading="あめ")
    shown = [word for page in pages_from(read, PATH) for word in words_of(page)]
    assert sorted(shown) == sorted(words)


@pytest.mark.parametrize("word", ["a&b", "50%", "what?", "a+b", "a b"])
def test_the_way_on_is_right_behind_any_word(
    read: Read,
    define: Define,
    settings,  # noqa: ANN001
    word: str,
) -> None:
    settings.KEYWORD_PAGE_SIZE = 1
    define(word, "後")
    assert [words_of(page) for page in pages_from(read, PATH)] == [[word], ["後"]]


def test_words_are_counted(
    read: Read,
    write: Write,
    define: Define,
    settings,  # noqa: ANN001
) -> None:
    define("雨", "雪", "霧")
    write("雨と雪", "雨", "`雨`")
    page = read(PATH)
    counts = {
        item.css_first("a").text(): [count.text() for count in item.css(".count")]
        for item in page.tree.css(".words li")
    }
    assert counts == {"雨": ["3"], "雪": ["1"], "霧": []}
    settings.COUNT_LIMIT = 1_000
    write(*["霧"] * 1_001)
    assert "1,000+" in read(PATH).texts(".count")


def test_without_keywords_it_says_how_to_add_some(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(PATH)
    assert page.status == 200
    assert "There are no keywords yet." in page.text(".empty")
    assert "nanashi keywords import" in page.main
    check_conditional(read, PATH, monkeypatch)


@pytest.mark.parametrize("query", ["after=nothing", "shelf=%00", "shelf=zzzz", "shelf=&after="])
def test_an_unknown_place_is_the_beginning_or_the_end(read: Read, define: Define, query: str) -> None:
    define("雨", reading="あめ")
    page = read(f"{PATH}?{query}")
    assert page.status == 200
    assert words_of(page) in (["雨"], [])
    assert words_of(page) or page.text(".empty")


def test_a_cursor_whose_word_is_gone_says_so(read: Read, define: Define) -> None:
    define("雨", reading="あめ")
    page = read(f"{PATH}?shelf=%E3%82%93")
    assert page.text(".empty") == "There are no further words."


def test_the_head(read: Read, define: Define) -> None:
    define("雨")
    page = read(PATH)
    check_head(page, path=PATH)
    assert page.text("title") == "Keywords – Nanashi"
    assert page.value("meta[name=description]", "content")


def test_conditional_requests(read: Read, define: Define, monkeypatch: pytest.MonkeyPatch) -> None:
    define("雨")
    check_conditional(read, PATH, monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write, define: Define) -> None:
    define("雨")
    check_etag_changes(read, PATH, lambda: define("雪"))
    check_etag_changes(read, PATH, lambda: write("雨"))


def test_queries_do_not_grow(read: Read, write: Write, define: Define) -> None:
    define("雨", "雪", "霧")
    few = queries_of(read, PATH)
    define(*(f"{letter}雨" for letter in "abcdefghijklmnopqrstuv"))
    write("a雨とb雨")
    assert len(words_of(read(PATH))) == 25
    assert queries_of(read, PATH) == few


@pytest.mark.parametrize("typed", ["けん", "ケン", "ｹﾝ", "研", "study", "STU", "ｓｔｕ", "研究"])
def test_words_are_found_by_how_they_begin(read: Read, define: Define, typed: str) -> None:
    define("研究", reading="けんきゅう", aliases=["study"])
    define("大学", reading="だいがく")
    page = read(f"{PATH}?q={typed}")
    assert words_of(page) == ["研究"]
    assert page.value("#q", "value") == typed
    assert page.value("meta[name=robots]", "content") == "noindex"


def test_the_word_itself_comes_first(read: Read, define: Define) -> None:
    define("catalogue", "cat", "cats", "Cat food")
    assert words_of(read(f"{PATH}?q=CAT")) == ["cat", "cats", "Cat food", "catalogue"]


@pytest.mark.parametrize("typed", ["xyz", "%25", "_", "%00", "%20", "'", "x" * 300, "%F0%9F%98%80"])
def test_what_nobody_registered_is_not_found(read: Read, define: Define, typed: str) -> None:
    define("雨")
    page = read(f"{PATH}?q={typed}")
    assert page.status == 200
    assert words_of(page) in ([], ["雨"])


def test_a_word_that_is_not_there_can_be_registered(read: Read, define: Define) -> None:
    define("雨", "xyzzy")
    for query in ("abc", "xyz"):
        assert read(f"{PATH}?q={query}").value("#words a[href$='/edit']", "href") == f"/keyword/{query}/edit"
    assert read(f"{PATH}?q=xyzzy").values("#words a[href$='/edit']", "href") == []


def test_a_search_is_one_page(read: Read, define: Define, settings) -> None:  # noqa: ANN001
    settings.KEYWORD_PAGE_SIZE = 3
    define("ab", "abc", "abcd", "abcde")
    page = read(f"{PATH}?q=ab")
    assert words_of(page) == ["ab", "abc", "abcd"]
    assert page.texts("#words .note") == ["More words begin so; write further letters to see them."]


def test_in_japanese_kana_come_first(read: Read, define: Define, settings) -> None:  # noqa: ANN001
    settings.KEYWORD_PAGE_SIZE = 2
    define("3D", "apple", "はは", "パパ", "東京")
    shown, at = [], PATH
    while at:
        page = read(at, language="ja")
        shown += words_of(page)
        at = page.older or ""
    assert shown == ["はは", "パパ", "3D", "apple", "東京"]
    assert page.texts(".shelves a") == ["は", "0–9", "A", "その他"]
    assert words_of(read(f"{PATH}?shelf=a", language="ja")) == ["apple", "東京"]


def test_retired_words_are_left_out(read: Read, define: Define) -> None:
    from nanashi.models import Keyword  # noqa: PLC0415

    define("雨", "雪")
    Keyword.objects.filter(word="雨").update(retired=True)
    assert words_of(read(PATH)) == ["雪"]
    assert words_of(read(f"{PATH}?q=雨")) == []
