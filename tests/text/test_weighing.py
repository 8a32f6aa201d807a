"""Notable links in rendered texts."""

import pickle
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings

from nanashi.text import Lexicon, Spelling
from nanashi.text.markup import render, strip_links
from nanashi.text.sanitising import clean
from nanashi.text.stripping import strip_quiet_links
from nanashi.text.weighing import Weigh, Weighing
from nanashi.text.weights import SPACING
from tests.text.test_markup_properties import LEXICON, texts

FAR = "、" * SPACING
WORDS = Lexicon.from_spellings(
    [
        Spelling("雨", "雨", 1),
        Spelling("電車", "電車", 2),
        Spelling("こと", "事柄", 3),
        Spelling("事柄", "事柄", 3),
    ]
)
COUNTED = Weighing(100, [(1, 90, True), (2, 1, True), (3, 1, True)])


def html_of(
    source: str, weighing: Weighing | None, title: tuple[int, ...] = (), lexicon: Lexicon = WORDS
) -> str:
    weigh = None if weighing is None else Weigh(weighing, title)
    return render(source, anchor="x", lexicon=lexicon, weigh=weigh, boundaries=False).html


def notable(source: str, weighing: Weighing | None = COUNTED, title: tuple[int, ...] = ()) -> list[str]:
    return re.findall('class="k kn"[^>]*>([^<]*)<', html_of(source, weighing, title))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"雨{FAR}電車", ["電車"]),
        (f"電車{FAR}電車", ["電車"]),
        (f"雨[[雨]]{FAR}電車", ["雨", "電車"]),
        ("[[雨]]電車[[まだない]]", ["雨", "まだない"]),
        (f"[[電車]]{FAR}電車", ["電車"]),
        (f"こと{FAR}事柄", ["事柄"]),
        ("[[雨]][[雨]]", ["雨", "雨"]),
    ],
)
def test_which_links_are_notable(source: str, expected: list[str]) -> None:
    assert notable(source) == expected


def test_a_word_of_the_title_weighs_more() -> None:
    often = Weighing(100, [(1, 60, True)])
    assert notable("雨", often) == []
    assert notable("雨", often, title=(1,)) == ["雨"]


def test_before_anything_was_counted_every_word_is_rare() -> None:
    assert notable(f"雨{FAR}電車{FAR}こと", Weighing()) == ["雨", "電車"]
    assert notable("雨", Weighing(common=frozenset({"雨"}))) == []


def test_a_keyword_that_was_not_counted_is_rare_and_undefined() -> None:
    assert COUNTED.counted(7) == (0, False)
    assert (
        COUNTED.weight(7, "霧", 1, in_title=False) == COUNTED.weight(2, "電車", 1, in_title=False) / 2 + 0.5
    )
    assert pickle.loads(pickle.dumps(COUNTED)).counted(1) == (90, True)


def test_without_counts_no_class_is_added() -> None:
    assert "kn" not in html_of("雨[[雨]]", None)


@settings(max_examples=200, deadline=None)
@given(texts)
@example("研究京都[[研究]]大学")
@example("[[まだない]]研究")
def test_weighing_adds_a_class_and_nothing_else(source: str) -> None:
    weighed, plain = (html_of(source, one, lexicon=LEXICON) for one in (Weighing(), None))
    assert weighed.replace('class="k kn"', 'class="k"') == plain
    assert strip_links(weighed) == strip_links(plain)
    assert clean(weighed) == weighed
    assert html_of(source, Weighing(), lexicon=LEXICON) == weighed
    assert strip_links(strip_quiet_links(weighed)) == strip_links(weighed)
    assert strip_quiet_links(weighed).count('class="k') == weighed.count('class="k kn"')


@settings(max_examples=200, deadline=None)
@given(texts)
@example("研究\n\n京都大学\n\ndiary diary 日記")
def test_notable_links_stand_apart(source: str) -> None:
    source = source.replace("[[", "[")  # what writers ask for stands where they say
    html = html_of(source, Weighing(), lexicon=LEXICON)
    marked = re.sub('<a class="k kn"[^>]*>', "\ue000", html)
    visible = re.sub(r"<[^>]*>|\n", "", marked)
    starts = [found.start() - number for number, found in enumerate(re.finditer("\ue000", visible))]
    # Line ends, addresses and footnote numbers count as one character in the text that is measured.
    assert all(after - before >= SPACING // 2 for before, after in pairwise(starts)), html
