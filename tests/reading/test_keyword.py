"""`/keyword/<word>`: what a word means, and every entry that contains it, day by day."""

import datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from nanashi.text.markup import keyword_path
from tests.reading.conftest import DAY, Define, Write
from tests.reading.ladder import (
    check_conditional,
    check_etag_changes,
    check_head,
    check_not_found,
    queries_of,
)
from tests.reading.pages import Read, pages_from

RAIN = "/keyword/" + quote("雨")
NEXT_DAY = DAY + datetime.timedelta(days=1)


def test_the_definition_comes_first_then_days_newest_first(read: Read, write: Write, define: Define) -> None:
    define("雨", reading="あめ", aliases=["rain"], definition="空から降る**水**。")
    first, second = write("雨の朝", "雨の夜")
    write("晴れ")
    (third,) = write("また雨", day=NEXT_DAY)
    page = read(RAIN)
    assert page.status == 200
    assert page.text("h1") == "雨 あめ"
    assert page.texts("h2") == ["What is 雨?", "Entries with “雨” 3"]
    assert page.text(".definition .body") == "空から降る水。"
    assert page.text(".alias") == "rain"
    assert page.texts("section.day h3") == ["Friday, 7 June 2024", "Thursday, 6 June 2024"]
    assert page.values("section.day h3 a", "href") == ["/2024-06-07", "/2024-06-06"]
    assert page.entries == [third, second, first]
    assert page.html.index("definition-heading") < page.html.index("entries-heading")


def test_the_word_is_marked_on_its_own_page_whatever_links_are_shown(
    read: Read, write: Write, define: Define
) -> None:
    define("雨", aliases=["rain"])
    define("傘")
    write("雨と傘と、また雨。", title="雨")
    write("rain again")
    page = read(RAIN)
    assert page.texts("a.km") == ["rain", "雨", "雨"]
    assert "傘" in page.texts("a.k:not(.km)")
    assert read("/").texts("a.km") == []


def test_a_word_without_definition_and_entries_says_so(read: Read, define: Define) -> None:
    define("雨")
    page = read(RAIN)
    assert page.status == 200
    assert page.texts(".empty") == [
        "Nobody has written what this word means yet.",
        "No entry contains this word yet. It will be linked in every entry that does.",
    ]
    assert page.text("h1") == "雨"


@pytest.mark.parametrize("others", [[], ["雪"], [f"語{n}" for n in range(300)]], ids=["one", "few", "many"])
def test_while_older_entries_are_searched_the_page_says_so(
    read: Read, write: Write, others: list[str]
) -> None:
    from nanashi.lexicons.backfill import run_pending  # noqa: PLC0415 - needs Django set up
    from nanashi.lexicons.defining import KeywordDraft, define_many  # noqa: PLC0415
    from nanashi.models import Backfill  # noqa: PLC0415

    (one,) = write("雨が降っている。")
    list(define_many([KeywordDraft("雨", aliases=("rain",)), *map(KeywordDraft, others)]))
    page = read(RAIN)
    assert "No entry contains this word yet" not in page.main
    assert page.texts("#entries-heading ~ .empty") == [
        "Older entries are still being searched for this word; none that contains it has been found so far."
    ]
    assert len(page.tree.css("[role=status] progress")) == 1
    assert "no further one has been found so far" in read(f"{RAIN}?before=1").main
    check_etag_changes(read, RAIN, lambda: Backfill.objects.update(done=1_200, total=3_400))
    page = read(RAIN)
    assert (page.value("progress", "value"), page.value("progress", "max")) == ("1200", "3400")
    assert "1,200 of 3,400 looked at" in page.main
    Backfill.objects.update(done=0, total=None)
    run_pending(lambda _done, _total: None, 1)
    page = read(RAIN)
    assert page.entries == [one]
    assert page.tree.css("progress") == []
    assert "searched" not in read(f"{RAIN}?before=1").main


def test_what_is_searched_for_other_words_is_not_on_the_page(read: Read, define: Define) -> None:
    from nanashi.models import Backfill, Keyword  # noqa: PLC0415 - needs Django set up

    define("雨", aliases=["rain"])
    Backfill.objects.create(spellings=["雪", "霧"], total=9)
    Backfill.objects.create(keyword_key=Keyword.objects.get().key + 1)
    assert "No entry contains this word yet" in read(RAIN).main
    Backfill.objects.create(spellings=["霧", "rain"], total=5, done=2)
    assert "2 of 5 looked at" in read(RAIN).main
    Keyword.objects.update(retired=True)
    assert "being linked" not in read(RAIN).main


def test_a_reading_that_is_the_word_is_not_said_twice(read: Read, define: Define) -> None:
    define("さくら", reading="さくら")
    assert read(keyword_path("さくら")).text("h1") == "さくら"


@pytest.mark.parametrize("spelling", ["rain", "Rain", "RAIN", "ｒａｉｎ", "ＲＡＩＮ"])
def test_an_alias_leads_to_the_page(read: Read, define: Define, spelling: str) -> None:
    define("雨", aliases=["rain"])
    answer = read(keyword_path(spelling)).response
    assert (answer.status_code, answer["Location"]) == (302, RAIN)


@pytest.mark.parametrize(("word", "other"), [("TCP/IP", "tcp/ip"), ("カフェ", "ｶﾌｪ"), ("ｶﾞｯｺｳ", "ガッコウ")])
def test_other_case_and_width_lead_to_the_page(read: Read, define: Define, word: str, other: str) -> None:
    define(word)
    answer = read(keyword_path(other)).response
    assert (answer.status_code, answer["Location"]) == (302, keyword_path(word))
    assert read(keyword_path(word)).text("h1") == word


WORDS = [
    "TCP/IP",
    "package.json",
    "what?",
    "C#",
    "100%",
    "ice cream",
    "a&b",
    "A+B",
    "<b>",
    "a//b",
    "/etc",
    "a/../b",
    "..a",
    "研究/開発",
    'he said "no"',
    "it's",
    "x;y=z",
    "☕",
]


@pytest.mark.parametrize("word", WORDS)
def test_any_word_has_a_page_and_its_links_lead_there(
    read: Read, write: Write, define: Define, word: str
) -> None:
    define(word)
    (one,) = write(f"[[{word}]]")
    (link,) = read(f"/e/{one}").values("article .body a.k", "href")
    page = read(link)
    assert page.status == 200
    assert page.text("h1") == word
    assert page.entries == [one]
    glue = "?feed=" if word.endswith(".json") else "."
    check_head(page, path=link, feed=link, glue=glue)


def test_a_word_that_ends_like_a_feed_wins_over_the_feed(read: Read, write: Write, define: Define) -> None:
    define("package")
    write("the package", "the package.json")
    assert read("/keyword/package.json").response["Content-Type"].startswith("application/feed+json")
    define("package.json")
    page = read("/keyword/package.json")
    assert page.response["Content-Type"].startswith("text/html")
    assert page.text("h1") == "package.json"
    for ending, kind in (("json", "feed+json"), ("atom", "atom+xml"), ("rss", "rss+xml")):
        feed = read(f"/keyword/package.json?feed={ending}").response
        assert feed["Content-Type"].startswith(f"application/{kind}")
    assert read("/keyword/package.json.atom").response["Content-Type"].startswith("application/atom+xml")


def test_an_unknown_form_of_feed_is_the_page(read: Read, define: Define) -> None:
    define("雨")
    assert read(f"{RAIN}?feed=exe").text("h1") == "雨"
    assert read(f"{RAIN}.exe").status == 404


@pytest.mark.parametrize("word", ["霧", "a/b?c", "50% <off>", "package.json.lock"])
def test_a_word_that_is_not_registered_offers_the_search(read: Read, write: Write, word: str) -> None:
    write(f"{word} である。")
    page = read(keyword_path(word))
    check_not_found(page, f"“{word}” is not a keyword yet")
    (search, register, index) = page.values("main a", "href")
    assert len(read(search).texts(".found li")) == 1
    assert register == f"{keyword_path(word)}/edit"
    assert index == "/keywords"
    assert read(keyword_path(word), If_None_Match="*").status == 404


@pytest.mark.parametrize("word", ["%00", "%FF", "%E3%81", "x" * 5_000, "%E3%81%82" * 2_000, ".", "..", "%0A"])
def test_a_word_that_nobody_could_register_is_not_found(read: Read, word: str) -> None:
    page = read(f"/keyword/{word}")
    assert page.status == 404
    assert page.values("main a", "href")


@pytest.mark.parametrize("path", ["/keyword/", "/keyword"])
def test_no_word_is_not_found(read: Read, path: str) -> None:
    check_not_found(read(path), "There is nothing at this address")


def test_paging_loses_nothing_and_shows_nothing_twice(read: Read, write: Write, define: Define) -> None:
    define("雨")
    ids = write(*(f"雨 {n}" for n in range(40)))
    ids += write(*(f"雨 {n}" for n in range(20)), day=NEXT_DAY)
    pages = list(pages_from(read, RAIN))
    assert [len(page.entries) for page in pages] == [25, 25, 10]
    assert [one for page in pages for one in page.entries] == ids[::-1]
    assert pages[0].texts("section.day h3") == ["Friday, 7 June 2024", "Thursday, 6 June 2024"]
    assert pages[1].texts("section.day h3") == ["Thursday, 6 June 2024"]
    assert RAIN in pages[1].values(".note a", "href")
    for page in pages:
        check_head(page, path=RAIN, feed=RAIN)


@pytest.mark.parametrize("cursor", ["!", "z" * 13, "-1"])
def test_a_bad_cursor_is_refused(read: Read, define: Define, cursor: str) -> None:
    define("雨")
    check_not_found(read(f"{RAIN}?before={cursor}"), "There is no such page.")


def test_behind_the_last_entry_there_is_a_way_back(read: Read, write: Write, define: Define) -> None:
    define("雨")
    write("雨")
    page = read(f"{RAIN}?before=1")
    assert page.status == 200
    assert page.entries == []
    assert page.values(".note a", "href") == [RAIN]
    assert "No entry contains this word yet" not in page.main


def test_counts_are_exact_up_to_a_limit(
    read: Read,
    write: Write,
    define: Define,
    settings,  # noqa: ANN001
) -> None:
    settings.COUNT_LIMIT = 1_000
    define("雨")
    write(*["雨"] * 1_000)
    assert read(RAIN).text(".count") == "1,000"
    write("雨")
    assert read(RAIN).text(".count") == "1,000+"


def test_the_head(read: Read, write: Write, define: Define) -> None:
    define("R&D", definition="A <b>& *more*: " + "long " * 100)
    define("雨")
    page = read("/keyword/R%26D")
    assert page.text("title") == "What is R&D? Entries with “R&D” – Nanashi"
    description = page.value("meta[name=description]", "content")
    assert description.startswith("A <b>& more: long long")
    assert len(description) <= 160
    assert read(RAIN).value("meta[name=description]", "content") == "Every entry with “雨”, day by day."


def test_a_word_in_the_title_or_in_code_counts(read: Read, write: Write, define: Define) -> None:
    define("雨")
    ids = [*write("晴れ", title="雨のち"), *write("`雨`")]
    assert read(RAIN).entries == ids[::-1]


def test_conditional_requests(
    read: Read, write: Write, define: Define, monkeypatch: pytest.MonkeyPatch
) -> None:
    define("雨")
    write("雨")
    check_conditional(read, RAIN, monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write, define: Define) -> None:
    define("雨")
    check_etag_changes(read, RAIN, lambda: write("雨"))
    check_etag_changes(read, RAIN, lambda: define("雨", definition="水"))
    check_etag_changes(read, RAIN, lambda: define("雨", aliases=["rain"]))


def test_queries_do_not_grow(read: Read, write: Write, define: Define) -> None:
    define("雨", aliases=["rain"])
    (first,) = write("晴れ")
    write(*["雨"] * 3, reply_to=(first,))
    few = queries_of(read, RAIN)
    define("雨", aliases=["rain", "rainfall", "レイン"])
    write(*["雨"] * 22, reply_to=(first, "20200101000000"))
    assert len(read(RAIN).entries) == 25
    assert queries_of(read, RAIN) == few


def test_the_archive_has_its_page(read: Read, nanashi, define: Define) -> None:  # noqa: ANN001
    """The page that this product is for; the archive need not be beside a checkout."""
    archive = Path(__file__).resolve().parents[3] / "shared" / "data" / "kenkyu" / "entries.jsonl"
    if archive.exists():
        lines = archive.read_text(encoding="utf-8")
        expected = [23, 2]
    else:
        lines = "".join(
            f'{{"date": "2024-06-0{day}", "body": "{body}"}}\n' for day in (1, 2) for body in ("研究室", "雨")
        )
        expected = [2, 2]
    define("研究")
    assert nanashi("import", "-", given=lines).exit_code == 0
    page = read(keyword_path("研究"))
    assert [len(page.entries), len(page.texts("section.day"))] == expected
    assert page.texts("#entries-heading .count") == [str(expected[0])]
    assert all("研究" in node.text() for node in page.tree.css("article"))


def test_the_page_says_what_happens_to_the_word(read: Read, write: Write, define: Define) -> None:
    from nanashi.models import Backfill, Keyword  # noqa: PLC0415 - needs Django set up

    define("雨")
    assert read(RAIN).values(".tools a", "href") == [
        f"{RAIN}/edit",
        f"{RAIN}/history",
        "/keywords/propose?word=%E9%9B%A8",
    ]
    key = Keyword.objects.get().key
    check_etag_changes(read, RAIN, lambda: Keyword.objects.update(see_also=["雪"]))
    assert read(RAIN).values("a.other", "href") == [keyword_path("雪")]
    check_etag_changes(read, RAIN, lambda: Backfill.objects.create(keyword_key=key, done=3, total=10))
    page = read(RAIN)
    assert (page.value("progress", "value"), page.value("progress", "max")) == ("3", "10")
    check_etag_changes(read, RAIN, lambda: Keyword.objects.update(retired=True))
    page = read(RAIN)
    assert "is retired" in page.main
    assert page.value("meta[name=robots]", "content") == "noindex"
