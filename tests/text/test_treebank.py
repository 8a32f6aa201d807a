"""Precision and recall of links against hand-checked word boundaries.

Sentences of ours, cut into words by hand, always; where the data is there, the dev part of UD Japanese GSD with
samples of a dictionary of 865,288 words, against the figures in docs/linking.md.
"""

import gzip
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import pytest

from nanashi.text import Lexicon, link
from tests.conftest import DATA

TREEBANK = DATA / "ud-ja-gsd-dev.conllu.gz"
DICTIONARY = DATA / "words-865k.txt.gz"

OURS = """
東京|都立|京都|大学|の|人工|知能|の|研究|室|に|行っ|た|。
彼|は|走れ|メロス|を|読み|、|データ|ベース|の|設計|を|やめ|た|。
スーパー|で|ラーメン|を|買っ|た|、|『|ランボルギーニ|・|ミウラ|』|を|見|た|。
お|茶|を|飲み|ながら|Python|で|30|cm|の|図|を|描い|た|。
ミトライ|と|ジェイ|・|ジグムンド|は|知り合い|だ|。
""".strip().splitlines()
OUR_KEYWORDS = """
東京 東京都 京都 京都大学 大学 知能 人工知能 研究 研究室 走れメロス メロス データ データベース ベース 設計 スーパー パー
ラー ラーメン メン ミウラ ウラ お茶 Python cm トライ ジグ ムンド 知り合い 合い
"""


class Sentence(NamedTuple):
    text: str
    boundaries: frozenset[int]


class Score(NamedTuple):
    precision: float
    """Percent of the links whose two ends are both word boundaries."""
    recall: float
    """Percent of the leftmost-longest links among spans between word boundaries that were made exactly."""


def cut(words: list[str], text: str) -> Sentence:
    """A sentence from its words, which stand in the text in order, with or without white space between."""
    boundaries = {0}
    at = 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        boundaries |= {start, at}
    return Sentence(text, frozenset(boundaries))


def ours() -> list[Sentence]:
    return [cut(line.split("|"), line.replace("|", "")) for line in OURS]


def treebank() -> Iterator[Sentence]:
    with gzip.open(TREEBANK, "rt", encoding="utf-8") as lines:
        for block in lines.read().strip().split("\n\n"):
            rows = block.split("\n")
            text = next(row.removeprefix("# text = ") for row in rows if row.startswith("# text = "))
            fields = [row.split("\t") for row in rows if row[0].isdigit()]
            yield cut([form for number, form, *_ in fields if number.isdigit()], text)


def dictionary(size: int | None) -> list[str]:
    """The sample of so many words that shared/tools/score_links.py takes, or all."""
    with gzip.open(DICTIONARY, "rt", encoding="utf-8") as lines:
        words = [word for word in lines.read().split("\n") if len(word) > 1]
    return words if size is None else sorted(random.Random(5).sample(words, size))


def reference(sentence: Sentence, words: set[str], longest: int) -> set[tuple[int, int]]:
    links = set()
    at = 0
    ordered = sorted(sentence.boundaries)
    for start in ordered:
        if start >= at:
            ends = [
                end
                for end in ordered
                if start + 1 < end <= start + longest and sentence.text[start:end] in words
            ]
            if ends:
                at = max(ends)
                links.add((start, at))
    return links


def score(sentences: list[Sentence], words: list[str]) -> Score:
    lexicon = Lexicon.from_words(words)
    known, longest = set(words), max(map(len, words))
    made = whole = wanted = found = 0
    for sentence in sentences:
        links = {(one.start, one.end) for one in link(sentence.text, lexicon)}
        expected = reference(sentence, known, longest)
        made += len(links)
        whole += sum(sentence.boundaries.issuperset(span) for span in links)
        wanted += len(expected)
        found += len(links & expected)
    return Score(100 * whole / made, 100 * found / wanted)


def cases() -> list[object]:
    """Sentences, words and floors: ours, and where the data is there samples of the dictionary."""
    found = [pytest.param(ours, OUR_KEYWORDS.split, Score(100, 100), id="ours")]
    if TREEBANK.exists() and DICTIONARY.exists():
        floors = [(50_000, Score(99.5, 98.5)), (230_000, Score(99.7, 99.5)), (None, Score(99.7, 99.7))]
        found += [
            pytest.param(treebank, partial(dictionary, size), floor, id=f"treebank-{size or 'all'}")
            for size, floor in floors
        ]
    return list(found)


@pytest.mark.parametrize(("sentences", "words", "floor"), cases())
def test_links_cut_hardly_a_word_and_miss_hardly_one(
    sentences: Callable[[], Iterable[Sentence]], words: Callable[[], list[str]], floor: Score
) -> None:
    reached = score(list(sentences()), words())
    assert reached.precision >= floor.precision
    assert reached.recall >= floor.recall
