"""What holds of any text that looks like Markdown."""

import re
from urllib.parse import unquote

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nanashi.text import Lexicon
from nanashi.text.markup import references_in, render, strip_links
from nanashi.text.sanitising import clean

WORDS = ["研究", "京都", "大学", "日記", "AT&T", "C++", ".NET", "diary", "a", "machine learning", "<b>"]
LEXICON = Lexicon.from_words(WORDS)
SITES = ("https://diary.example.org",)

PIECES = [
    *WORDS,
    *["東", "を見た", "Ａ", "ﾘｻｰﾁ", "が", "、", "。", "「", "」", " ", "　", "\n", "\n\n", "\t", "1"],
    *["*", "**", "_", "~~", "`", "```\n", "~~~\n", "> ", ">>", "- ", "1. ", "# ", ": ", "---\n", "===\n"],
    *["|", "|-|-|\n", "[", "]", "[[", "]]", "(", ")", "](/a)", "![", "[^1]", "[^1]: ", "[a]: /b\n", "^["],
    *["[[研究]]", "[[京都|みやこ]]", "[[まだない]]", "<", "&amp;", "&#12;", "&#13;", "&nbsp;", "<script>"],
    *["https://example.com/", "ttps://example.com/研究", "<https://a.com>", "anond:20240606123456"],
    *[">>20260611-k7m2xq", "https://diary.example.org/e/20260611-k7m2xq", "\x00", "\x0b", "\u202e", "\ufdd0"],
    *["😟", "👩‍🔬", "か\u3099", "\r\n", "\r", "\u2028", "\xa0", "\ud800", "\u200b"],
]
BACKSLASHES = ["\\", "\\研究", "\\.NET", "\\\\"]

texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
texts_with_backslashes = st.lists(st.sampled_from(PIECES + BACKSLASHES), max_size=25).map("".join)


def html_of(
    source: str, lexicon: Lexicon | None, unlinked: list[tuple[str, int | None]] | None = None
) -> str:
    return render(
        source, anchor="x", lexicon=lexicon, unlinked=unlinked or (), sites=SITES, boundaries=False
    ).html


@settings(max_examples=400, deadline=None)
@given(texts)
@example("| [[研究|a]] | 研究 |\n|-|-|\n| 研究 | [[a|b]] | c |\n")
@example("> 研究\n>>20260611-k7m2xq 研究\n")
def test_without_its_links_a_text_is_as_if_never_linked(source: str) -> None:
    assert strip_links(html_of(source, LEXICON)) == html_of(source, None)


@settings(max_examples=200, deadline=None)
@given(texts_with_backslashes)
@example("\\研究\\京都研究")
def test_without_its_links_a_text_is_as_if_all_were_switched_off(source: str) -> None:
    off = html_of(source, LEXICON, [(word, None) for word in WORDS])
    assert strip_links(html_of(source, LEXICON)) == strip_links(off)


@settings(max_examples=200, deadline=None)
@given(texts_with_backslashes)
@example("&#13;&#12;\n\n```\n&#13;\n```\n")
@example('[a](/b "c&#13;d&#1;")')
def test_cleaning_again_changes_nothing(source: str) -> None:
    html = html_of(source, LEXICON)
    assert clean(html) == html


@settings(max_examples=200, deadline=None)
@given(texts_with_backslashes)
@example("&#12;")
def test_no_character_that_xml_forbids_is_left(source: str) -> None:
    rendered = render(source, anchor="x", lexicon=LEXICON)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef]", rendered.html + rendered.plain
    )


@settings(max_examples=200, deadline=None)
@given(texts_with_backslashes)
@example("https://diary.example.org/e/20260611-k7m2xq_")
def test_what_a_text_refers_to_was_found_before(source: str) -> None:
    rendered = render(source, anchor="x", lexicon=LEXICON, sites=SITES)
    assert set(rendered.references) <= set(references_in(source, SITES))


@settings(max_examples=200, deadline=None)
@given(texts_with_backslashes)
def test_every_linked_word_occurs(source: str) -> None:
    rendered = render(source, anchor="x", lexicon=LEXICON, boundaries=False)
    words = [unquote(word) for word in re.findall(r'<a class="k" href="/keyword/([^"]*)">', rendered.html)]
    assert {found.key for word in words if (found := LEXICON.find(word))} <= rendered.keywords


SHOWN = [
    *["{}", "{}\n", "{}\n\n", "\n> {}\n", "\n>> {}\n", "\n- {}\n", "\n  1. {}\n", "\n# {}\n", "\n{}\n===\n"],
    *["**{}**", "_{}_", "*{}", "~~{}~~", "`{}`", "`{}", "\n```\n{}\n```\n", "\n~~~\n{}\n", "\n~~~ {} ~~~\n"],
    *["[{}](/a)", "[{}", "![{}](/a)", "[[{}]]", "[[a|{}]]", "[[{}", "\n[{}]: /a\n", "\n[a]: {}\n", "<{}>"],
    *[
        "\n[^{}]\n",
        "\n[^1]: {}\n",
        "[^1]",
        "\n    {}\n",
        "\n| {} | {} |\n|-|-|\n| {} | {} | {} |\n| {}\n",
        "| {} ",
    ],
    *["\n{}\n: {}\n", "\n: {}\n", "https://example.com/{}", "anond:{}", "<!-- {} -->", "\n<div>{}\n", "&{};"],
    *["\\{}", "\n" + "> " * 20 + "{}\n", "\n" + "- " * 20 + "{}\n", "\n\t{}\n", "　{}", "({})", "**「{}」**"],
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SHOWN), min_size=1, max_size=8))
@example(["\n[{}]: /a\n", "\n[^1]: {}\n", "\n[^1]: {}\n"])
@example(["[^1]", "({})"])
@example(["\n[a]: {}\n", "\n[a]: {}\n"])
def test_every_typed_word_is_seen(pieces: list[str]) -> None:
    source = "".join(pieces)
    words = [f"word{number}語" for number in range(source.count("{}"))]
    plain = render(source.replace("{}", "%s") % tuple(words), anchor="x", lexicon=LEXICON).plain
    assert [word for word in words if word not in plain] == []
