"""What `render` gives beside the HTML, and what it takes."""

import re
import threading

import pytest

from nanashi.text import Lexicon, Spelling
from nanashi.text.markup import keyword_path, references_in, render, strip_links

WORDS = Lexicon.from_words(["研究", "京都", "東京都", "日記"])
KENKYU, KYOTO, TOKYO, DIARY = range(4)


def keywords_of(source: str, lexicon: Lexicon = WORDS) -> frozenset[int]:
    return render(source, anchor="a", lexicon=lexicon, boundaries=False).keywords


def linked_places(html: str) -> int:
    return html.count('<a class="k"')


@pytest.mark.parametrize(
    "source",
    [
        "研究をした",
        "`研究`をした",
        "```\n研究\n```",
        "[[研究]]",
        "[研究の頁](https://example.com)",
        "![研究の図](https://example.com/a.png)",
        "| 語 |\n|---|\n| 研究 |",
        "本文[^1]\n\n[^1]: 研究",
    ],
)
def test_a_word_that_is_seen_occurs(source: str) -> None:
    assert keywords_of(source) == {KENKYU}


@pytest.mark.parametrize(
    "source",
    [
        "https://example.com/研究",
        "<https://example.com/研究>",
        "[頁](https://example.com/研究)",
        "\\研究",
        "[[研究所]]",
        "研*究*",
        "研\n究",
    ],
)
def test_a_word_that_is_not_seen_as_such_does_not_occur(source: str) -> None:
    assert keywords_of(source) == frozenset()


def test_a_keyword_for_marks_alone_is_linked_by_marks_alone() -> None:
    lexicon = Lexicon.from_spellings([Spelling("研究", "研究", 7, explicit=True)])
    rendered = render("研究と[[研究]]", anchor="a", lexicon=lexicon)
    assert rendered.html == '<p>研究と<a class="k" href="/keyword/%E7%A0%94%E7%A9%B6">研究</a></p>\n'
    assert rendered.keywords == {7}


def test_boundaries_are_judged_in_the_whole_text_of_a_block() -> None:
    inside = render("東**京都**に行く", anchor="a", lexicon=Lexicon.from_words(["京都"]))
    assert (linked_places(inside.html), inside.keywords) == (0, frozenset())
    alone = render("昨日、**京都**に行く", anchor="a", lexicon=Lexicon.from_words(["京都"]))
    assert linked_places(alone.html) == 1


@pytest.mark.parametrize("before", ["東\n", "https://example.com/a ", "/e/20260611-k7m2xq ", "東[^1]"])
def test_a_word_begins_anew_behind_what_is_no_word(before: str) -> None:
    rendered = render(f"{before}京都に行く\n\n[^1]: 注", anchor="a", lexicon=Lexicon.from_words(["京都"]))
    assert (linked_places(rendered.html), rendered.keywords) == (1, {0})


def test_a_mark_links_inside_a_word() -> None:
    rendered = render("東[[京都]]に行く", anchor="a", lexicon=WORDS)
    assert strip_links(rendered.html) == "<p>東京都に行く</p>\n"
    assert rendered.keywords == {KYOTO}


def test_a_place_is_switched_off_by_its_ordinal() -> None:
    source = "研究一、研究二\n\n`研究`と[[研究|調べ]]と研究四"
    rendered = render(
        source, anchor="a", lexicon=WORDS, unlinked=[("研究", 2), ("研究", 3)], boundaries=False
    )
    link = '<a class="k" href="/keyword/%E7%A0%94%E7%A9%B6">研究</a>'
    assert rendered.html == (f"<p>{link}一、研究二</p>\n<p><code>研究</code>と調べと{link}四</p>\n")
    assert rendered.keywords == {KENKYU}


def test_a_keyword_is_switched_off_in_all_its_places() -> None:
    rendered = render(
        "研究と京都と[[研究]]", anchor="a", lexicon=WORDS, unlinked=[("研究", None)], boundaries=False
    )
    assert strip_links(rendered.html) == "<p>研究と京都と研究</p>\n"
    assert rendered.keywords == {KYOTO}


def test_without_a_lexicon_nothing_is_linked() -> None:
    rendered = render("研究と[[日記]]と[[京都|みやこ]]", anchor="a")
    assert rendered.html == "<p>研究と日記とみやこ</p>\n"
    assert rendered.keywords == frozenset()


def test_references_are_listed_in_order_each_once_here_or_not() -> None:
    source = (
        ">>20260611-k7m2xq\nanond:20240606123456 https://diary.example.org/20240607000000\n"
        ">>20260611-k7m2xq `anond:20240608000000`"
    )
    sites = ("https://diary.example.org",)
    rendered = render(source, anchor="a", known={"20240606123456": "20240606-abc234"}, sites=sites)
    assert rendered.references == ("20260611-k7m2xq", "20240606123456", "20240607000000")
    assert references_in(source, sites) == (*rendered.references, "20240608000000")


def test_another_sites_entries_are_not_looked_up() -> None:
    assert references_in("https://example.com/20240607000000", ("https://diary.example.org/",)) == ()
    assert references_in("HTTP://Diary.example.org/20240607000000", ("https://diary.example.org/",)) != ()


def test_the_plain_text_is_what_a_reader_sees() -> None:
    source = (
        "# 題\n\n一行目\n二行目 **太字** [頁](https://example.com) &amp;\n\n- 項目\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n>>20260611-k7m2xq"
    )
    assert render(source, anchor="a").plain == (
        "題\n一行目\n二行目 太字 頁 &\n項目\na\tb\n1\t2\ncode\n>>20260611-k7m2xq"
    )


def headings(html: str) -> list[tuple[str, str]]:
    """Level and id of each heading."""
    return re.findall(r'<h(\d) id="([^"]+)">', html)


def test_headings_have_ids_of_their_entry() -> None:
    html = render("# 研究*の*題\n\n##### 深い\n", anchor="20260611-k7m2xq", lexicon=WORDS).html
    assert headings(html) == [("3", "h-20260611-k7m2xq-1"), ("4", "h-20260611-k7m2xq-2")]


def test_headings_leave_no_level_out() -> None:
    source = "## a\n\n#### b\n\n### c\n\n# d\n\n###### e\n"
    assert [level for level, _id in headings(render(source, anchor="x").html)] == list("34434")


def test_two_entries_on_a_page_share_no_id() -> None:
    source = "# 題\n\n注[^1]\n\n[^1]: 本文"
    one, two = (render(source, anchor=anchor).html for anchor in ("20260611-k7m2xq", "20260611-abcdef"))
    assert one != two
    assert one.replace("20260611-k7m2xq", "20260611-abcdef") == two


def test_line_ends_of_other_systems_are_line_ends() -> None:
    assert render("a\r\nb\rc\n", anchor="a").html == "<p>a<br>\nb<br>\nc</p>\n"


def test_a_text_of_nothing_is_nothing() -> None:
    rendered = render(" \n\n", anchor="a", lexicon=WORDS)
    assert (rendered.html, rendered.plain, rendered.keywords) == ("", "", frozenset())


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("研究", "/keyword/%E7%A0%94%E7%A9%B6"),
        ("TCP/IP", "/keyword/TCP/IP"),
        ("C++", "/keyword/C%2B%2B"),
        ("a?b#c%d e", "/keyword/a%3Fb%23c%25d%20e"),
        ("a-b_c.d~e", "/keyword/a-b_c.d~e"),
        ("../about", "/keyword/..%2Fabout"),
    ],
)
def test_a_word_has_one_address(word: str, path: str) -> None:
    assert keyword_path(word) == path


def test_links_are_stripped_whatever_their_further_classes() -> None:
    html = (
        '<p><a class="k k3 kn" href="/keyword/a">a</a> <a class="kn" href="/x">b</a> <a href="/y">c</a></p>'
    )
    assert strip_links(html) == '<p>a <a class="kn" href="/x">b</a> <a href="/y">c</a></p>'


def test_threads_share_the_parser() -> None:
    sources = [f"# 題{n}\n\n研究{n}[^1] [頁][x]\n\n[^1]: 注{n}\n\n[x]: /{n}\n" for n in range(8)]
    expected = [render(source, anchor="a", lexicon=WORDS) for source in sources]
    found: dict[int, bool] = {}

    def run(number: int) -> None:
        found[number] = all(
            render(sources[number], anchor="a", lexicon=WORDS) == expected[number] for _ in range(30)
        )

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys(range(8), True)
