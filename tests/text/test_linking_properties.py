"""What a link owes to its surroundings and to the other keywords: nothing but the word boundaries at its ends."""

import html
import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nanashi.text import Lexicon, Link, Spelling, link, normalise, to_html

# None of them overlaps itself, so that of one keyword alone every place that stands is a link.
JAPANESE = (
    "東京 東京都 都立 京都 京都大学 大学 大学院 工業大学 学院 人工知能 人工知能学会 学会 走れメロス メロス"
)
KATAKANA = "データ データベース ベース トライ スター スター・ウォーズ ウォーズ スーパー バナナ"
LATIN = "art start C++ C Node.js AT&T .NET keyword boxe boxes state-of-the-art TCP/IP TCP 30cm"
WORDS = [*JAPANESE.split(), *KATAKANA.split(), *LATIN.split(), "28日", "8月28日", "人々", "東京 大阪"]
GLUE = [
    "立",
    "院",
    "の",
    "は",
    "って",
    "ミ",
    "ー",
    "ッ",
    "5",
    "月",
    "a",
    "s",
    "'s",
    "-",
    "/",
    ".",
    "・",
    "😀",
    "👨‍👩‍👧",
]
MARKS = ["、", "。", "「", "」", "『", "』", " ", "…", "!", "(", ")"]

# Keywords that lie in each other or overlap, so that the choice among them matters in most examples.
NESTED_KANJI = "東京 東京都 都立 京都 京都大学 大学 大学院 28日 8月28日"
NESTED_OTHERS = "データ データベース ベース スター・ウォーズ ウォーズ keyword C C++"

words = st.sampled_from(f"{NESTED_KANJI} {NESTED_OTHERS}".split())
vocabularies = st.lists(words, min_size=4, max_size=10, unique=True)
texts = st.lists(st.one_of(words, words, st.sampled_from(GLUE + MARKS)), min_size=3, max_size=15).map("".join)
moderately = settings(max_examples=150, deadline=None)  # the first example loads the tokenizer

HALF_WIDTH = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ",
        map(chr, range(0xFF71, 0xFF8F)),
        strict=False,
    )
)
HALF_WIDTH |= {
    "バ": "ﾊﾞ",
    "デ": "ﾃﾞ",
    "ベ": "ﾍﾞ",
    "ズ": "ｽﾞ",
    "パ": "ﾊﾟ",
    "ラ": "ﾗ",
    "ー": "ｰ",
    "ォ": "ｫ",
    "・": "･",
}
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
DECOMPOSED = {"バ": "ハ\u3099", "デ": "テ\u3099", "ベ": "ヘ\u3099", "ズ": "ス\u3099", "パ": "ハ\u309a"}
WAYS_TO_WRITE = [HALF_WIDTH, FULL_WIDTH, DECOMPOSED]


def spans(text: str, vocabulary: list[str]) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in link(text, Lexicon.from_words(vocabulary))]


def leftmost_longest(places: set[tuple[int, int]]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end))
    return chosen


@given(texts, vocabularies)
@moderately
def test_what_stands_alone_stands_among_others(text: str, vocabulary: list[str]) -> None:
    """The links of many keywords are the leftmost-longest of the places where each of them alone would stand."""
    alone = {span for word in vocabulary for span in spans(text, [word])}
    assert spans(text, vocabulary) == leftmost_longest(alone)


@given(texts, vocabularies)
@moderately
def test_no_region_is_thrown_away(text: str, vocabulary: list[str]) -> None:
    """Where a keyword would stand and nothing is linked, a link overlaps it from the left."""
    made = spans(text, vocabulary)
    for word in vocabulary:
        for start, end in spans(text, [word]):
            assert any(first < end and start < last for first, last in made)


@given(texts, texts, vocabularies)
@moderately
def test_lines_are_linked_each_for_itself(first: str, second: str, vocabulary: list[str]) -> None:
    lines = [f"{first}\n", f"{second}\n"]
    shift = len(lines[0])
    expected = spans(lines[0], vocabulary)
    expected += [(start + shift, end + shift) for start, end in spans(lines[1], vocabulary)]
    assert spans("".join(lines), vocabulary) == expected


@pytest.mark.parametrize("way", WAYS_TO_WRITE, ids=["half width", "full width", "decomposed"])
@given(texts, vocabularies)
@moderately
def test_width_case_and_composition_make_no_difference(
    way: dict[str, str], text: str, vocabulary: list[str]
) -> None:
    """Written another way a text has the same links at the places that belong to them."""
    written = "".join(way.get(character, character) for character in text.upper())
    found = [normalise(written[start:end]) for start, end in spans(written, vocabulary)]
    assert found == [normalise(text[start:end]) for start, end in spans(text, vocabulary)]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=12).filter(lambda word: "\0" not in word and normalise(word) != ""))
def test_a_text_that_is_a_keyword_is_one_link(word: str) -> None:
    assert link(word, Lexicon.from_words([word])) == [Link(0, len(word), word, 0)]


@pytest.mark.parametrize(
    ("word", "marks"), list(product(WORDS, ["「」", "『』", "()", "、。", "  ", "\n\n"]))
)
def test_a_keyword_between_marks_is_linked_whole(word: str, marks: str) -> None:
    assert spans(f"{marks[0]}{word}{marks[1]}", WORDS) == [(1, 1 + len(word))]


@given(texts, vocabularies, st.integers(0, 6), st.sets(st.integers(0, 9), max_size=2), st.booleans())
@moderately
def test_a_lexicon_with_changes_on_top_links_as_one_compiled_again(
    text: str, vocabulary: list[str], compiled: int, gone: set[int], boundaries: bool
) -> None:
    keyed = [Spelling(word, word, key) for key, word in enumerate(vocabulary)]
    changed = Lexicon.from_spellings(keyed[:compiled]).with_added(keyed[compiled:]).without(gone)
    again = Lexicon.from_spellings([spelling for spelling in keyed if spelling.key not in gone])
    assert link(text, changed, boundaries=boundaries) == link(text, again, boundaries=boundaries)


@given(texts, vocabularies)
@moderately
def test_taking_the_anchors_away_gives_the_text_back(text: str, vocabulary: list[str]) -> None:
    linked = to_html(f"<&>{text}", link(f"<&>{text}", Lexicon.from_words(vocabulary)))
    assert html.unescape(re.sub(r"<[^>]*>", "", linked)) == f"<&>{text}"


@pytest.mark.parametrize(
    ("text", "vocabulary", "shown"),
    [
        pytest.param("工業大学院に進む", ["業大", "学院"], [], id="across the words of it"),
        pytest.param("工業大学院に進む", ["工業", "大学院", "大学"], ["工業", "大学院"], id="its parts"),
        pytest.param(
            "東京都立京都大学",
            ["東京", "東京都", "都立", "京都"],
            ["東京", "都立", "京都"],
            id="parts that stand",
        ),
        pytest.param("😀京都👨‍👩‍👧東京都", ["京都", "東京都"], ["京都", "東京都"], id="emoji on both sides"),
        pytest.param("𠮷田と𩸽を食べる", ["𠮷田", "𩸽"], ["𠮷田", "𩸽"], id="two units of UTF-16"),
        pytest.param(
            "１２８ＭＢのＡＴ＆Ｔ", ["AT&T", "T", "MB"], ["ＭＢ", "ＡＴ＆Ｔ"], id="full-width signs"
        ),
        pytest.param("ﾐﾄﾗｲのﾃﾞｰﾀﾍﾞｰｽ", ["トライ", "データベース"], ["ﾃﾞｰﾀﾍﾞｰｽ"], id="half-width voiced"),
        pytest.param("佐々木と人々", ["佐々木", "人々", "木"], ["佐々木", "人々"], id="repetition mark"),
        pytest.param("mykeywords, keywords", ["keyword"], ["keywords"], id="the start of a plural"),
        pytest.param(
            "a keywords list", ["keyword", "keywords list"], ["keywords list"], id="longer than a plural"
        ),
        pytest.param("すごーい味", ["すご", "すごー", "味"], ["味"], id="a long vowel after hiragana"),
        pytest.param("So on...NET, with .NET", [".NET"], [".NET"], id="a dot of an ellipsis"),
        pytest.param("with .NET, so on...NET", ["NET"], ["NET"], id="a dot that begins a name"),
        pytest.param("The starter's start is ART.", ["art", "start"], ["start", "ART"], id="art in start"),
    ],
)
def test_links_shown(text: str, vocabulary: list[str], shown: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, vocabulary)] == shown


@pytest.mark.parametrize("boundaries", [True, False])
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("㍻の", "成"),
        ("ﬁn", "in"),
        ("か\u3099", "か"),
        ("ハ\u309a", "ハ"),
        ("👨\u200d👩", "👨"),
        ("👍\U0001f3fd", "👍"),
    ],
)
def test_no_link_begins_or_ends_inside_a_character(text: str, word: str, boundaries: bool) -> None:
    assert link(text, Lexicon.from_words([word]), boundaries=boundaries) == []
