"""What holds for the links of any text with any lexicon."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text import Lexicon, Link, Spelling, link, normalise, to_html

WORDS = [
    "東京",
    "京都",
    "東京都",
    "京都大学",
    "大学",
    "データ",
    "データベース",
    "ﾊﾞﾅﾅ",
    "平成",
    "art",
    "C++",
    "keyword",
    "がぎ",
    "、",
    "京",
]
PIECES = [
    *WORDS,
    "立",
    "ベース",
    "ミ",
    "㍻",
    "ＡＲＴ",
    "s",
    "'s",
    "バナナ",
    "ﾊﾞ",
    "か",
    "\u3099",
    "\u200d",
    "👨",
    "\ud83d",
    " ",
    "\n",
    "…",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=25).map("".join)
vocabularies = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(min_size=1, max_size=3).filter(lambda word: "\0" not in word)),
    min_size=1,
    max_size=8,
).filter(lambda words: all(map(normalise, words)))


def inflections(form: str) -> set[str]:
    return {form, form + "s", form + "es"}


@given(texts, vocabularies, st.booleans())
def test_links_are_sorted_apart_and_in_the_text(text: str, words: list[str], boundaries: bool) -> None:
    at = 0
    for found in link(text, Lexicon.from_words(words), boundaries=boundaries):
        assert at <= found.start < found.end <= len(text)
        at = found.end


@given(texts, vocabularies, st.booleans())
def test_a_link_shows_its_word(text: str, words: list[str], boundaries: bool) -> None:
    for found in link(text, Lexicon.from_words(words), boundaries=boundaries):
        assert words[found.key] == found.word
        assert normalise(text[found.start : found.end]) in inflections(normalise(found.word))


@given(texts, vocabularies)
def test_without_its_anchors_the_html_is_the_escaped_text(text: str, words: list[str]) -> None:
    linked = to_html(text, link(text, Lexicon.from_words(words)))
    assert re.sub(r'<a class="k" href="[^"]*">|</a>', "", linked) == html.escape(text)


@given(
    st.text("abあい", max_size=30),
    st.lists(st.text("abあい", min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_without_boundaries_it_is_leftmost_longest(text: str, words: list[str]) -> None:
    expected = []
    at = 0
    while at < len(text):
        ends = [end for end in range(at + 1, len(text) + 1) if text[at:end] in words]
        expected += [(at, max(ends))] if ends else []
        at = max(ends, default=at + 1)
    found = link(text, Lexicon.from_words(words), boundaries=False)
    assert [(one.start, one.end) for one in found] == expected


@given(texts, vocabularies)
def test_both_ways_without_boundaries_agree(text: str, words: list[str]) -> None:
    """One generation is searched for the leftmost-longest places, with words added it is searched for all."""
    compiled = Lexicon.from_words(words)
    with_more = compiled.with_added([Spelling("決してない語", "決してない語", 10**6)])
    assert link(text, compiled, boundaries=False) == link(text, with_more, boundaries=False)


@pytest.mark.parametrize(
    ("text", "word"), [("㍻", "成"), ("㍻", "平"), ("か\u3099", "か"), ("👨\u200d👩", "👩"), ("ﬁ", "f")]
)
@pytest.mark.parametrize("boundaries", [True, False])
def test_no_link_begins_or_ends_inside_a_character(text: str, word: str, boundaries: bool) -> None:
    assert link(text, Lexicon.from_words([word]), boundaries=boundaries) == []


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud83d", "東京\ud83d", "a" * 100_000, "東" * 10_000])
@pytest.mark.parametrize("boundaries", [True, False])
def test_odd_texts(text: str, boundaries: bool) -> None:
    found = link(text, Lexicon.from_words(["東京", "art"]), boundaries=boundaries)
    assert [text[one.start : one.end] for one in found] == (["東京"] if "京" in text else [])


def test_an_empty_lexicon_links_nothing() -> None:
    assert link("東京", Lexicon.from_words([])) == []
    assert link("東京", Lexicon.from_words([]), boundaries=False) == []


def test_a_link_leads_to_the_headword() -> None:
    lexicon = Lexicon.from_spellings(
        [Spelling("AI", "人工知能", 2**62), Spelling("人工知能", "人工知能", 2**62)]
    )
    assert link("ＡＩは人工知能", lexicon) == [Link(0, 2, "人工知能", 2**62), Link(3, 7, "人工知能", 2**62)]


def test_explicit_keywords_do_not_link_by_themselves_nor_hide_others() -> None:
    lexicon = Lexicon.from_spellings(
        [Spelling("京都大学", "京都大学", 1, explicit=True), Spelling("京都", "京都", 2)]
    )
    for boundaries in (True, False):
        assert [found.word for found in link("京都大学", lexicon, boundaries=boundaries)] == ["京都"]
    assert lexicon.find("京都大学") == Spelling("京都大学", "京都大学", 1, explicit=True)


def test_a_keyword_that_does_not_inflect() -> None:
    lexicon = Lexicon.from_spellings([Spelling("keyword", "keyword", 1, inflects=False)])
    assert [found.start for found in link("keywords, keyword's, keyword", lexicon)] == [21]


def test_an_address_of_ones_own() -> None:
    text = "<京都>"
    found = link(text, Lexicon.from_words(["京都"]))
    assert to_html(text, found, lambda one: f"?w={one.word}&k={one.key}") == (
        '&lt;<a class="k" href="?w=京都&amp;k=0">京都</a>&gt;'
    )


def test_a_registered_plural_is_no_plural_of_another_word() -> None:
    lexicon = Lexicon.from_words(["keyword", "keywords"])
    assert [found.word for found in link("keywords, keyword", lexicon)] == ["keywords", "keyword"]
