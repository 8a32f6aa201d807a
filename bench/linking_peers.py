"""How fast, and how often wrong, are the ways to link words that people would pick?

Each finds words of a dictionary in the sentences of the dev part of UD Japanese GSD (../shared/data), whose word
boundaries are checked by hand. A misfire is a link that begins or ends inside a word. Processor time, median of five
rounds. flashtext and spaCy (with `spacy[ja]`) are measured where they are installed; spaCy only with the smaller
dictionary, which it reads word by word with its tokenizer. --quick: the smaller dictionary only.

JSON: for each name and number of words `ns` (nanoseconds a character) and `misfires` (percent).
"""

import argparse
import gzip
import importlib
import importlib.util
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import ahocorasick
import ahocorasick_rs

from bench.stage.linking_data import DATA, dictionary
from nanashi.text import Lexicon, link

ROUNDS = 5
SIZES = {False: (5_000, 230_000), True: (5_000,)}
LARGEST_FOR_SPACY = 5_000

Places = list[tuple[int, int, int]]
"""Start, end and number of the word."""
Search = Callable[[str], Places]


def with_pyahocorasick(words: list[str]) -> Search:
    """pyahocorasick: an automaton in C, searched for the longest matches."""
    automaton = ahocorasick.Automaton()
    lengths = list(map(len, words))
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return lambda text: [(end + 1 - lengths[at], end + 1, at) for end, at in automaton.iter_long(text)]


def with_ahocorasick_rs(words: list[str]) -> Search:
    """ahocorasick-rs: the Rust crate aho-corasick, bytewise, with offsets in characters."""
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return lambda text: [(start, end, at) for at, start, end in automaton.find_matches_as_indexes(text)]


def with_flashtext(words: list[str]) -> Search:
    """flashtext: a trie in Python; it minds the ends of words written in ASCII."""
    processor = importlib.import_module("flashtext").KeywordProcessor(case_sensitive=True)
    for word in words:
        processor.add_keyword(word)
    return lambda text: [
        (start, end, 0) for _, start, end in processor.extract_keywords(text, span_info=True)
    ]


def with_spacy(words: list[str]) -> Search:
    """spaCy's PhraseMatcher with its Japanese tokenizer (Sudachi), the longest of what overlaps."""
    language = importlib.import_module("spacy").blank("ja")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(language.vocab)
    longest: Callable[[Any], Any] = importlib.import_module("spacy.util").filter_spans
    matcher.add("words", list(map(language.make_doc, words)))

    def search(text: str) -> Places:
        spans = longest(matcher(language.make_doc(text), as_spans=True))
        return [(span.start_char, span.end_char, 0) for span in spans]

    return search


def ours(words: list[str], *, boundaries: bool) -> Search:
    """Our own, links and all."""
    lexicon = Lexicon.from_words(words)
    return lambda text: [
        (found.start, found.end, found.key) for found in link(text, lexicon, boundaries=boundaries)
    ]


def searches(words: list[str]) -> Iterator[tuple[str, Search]]:
    """Every way to link that is installed, with these words."""
    yield "nanashi", ours(words, boundaries=True)
    yield "nanashi, boundaries off", ours(words, boundaries=False)
    yield "ahocorasick-rs", with_ahocorasick_rs(words)
    yield "pyahocorasick", with_pyahocorasick(words)
    if importlib.util.find_spec("flashtext"):
        yield "flashtext", with_flashtext(words)
    if importlib.util.find_spec("spacy") and len(words) <= LARGEST_FOR_SPACY:
        yield "spaCy PhraseMatcher", with_spacy(words)


def treebank() -> Iterator[tuple[str, set[int]]]:
    """Each sentence with the offsets of its word boundaries."""
    with gzip.open(DATA / "ud-ja-gsd-dev.conllu.gz", "rt", encoding="utf-8") as lines:
        blocks = lines.read().strip().split("\n\n")
    for block in blocks:
        rows = block.split("\n")
        text = next(row.removeprefix("# text = ") for row in rows if row.startswith("# text = "))
        bounds = {0}
        at = 0
        for number, form, *_ in (row.split("\t") for row in rows if row[0].isdigit()):
            if number.isdigit():
                start = text.index(form, at)
                at = start + len(form)
                bounds |= {start, at}
        yield text, bounds


def figures_of(search: Search, sentences: list[tuple[str, set[int]]]) -> dict[str, float]:
    """Nanoseconds a character, and the percentage of misfires."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = [search(text) for text, _ in sentences]
        times.append(time.process_time() - start)
    ends = [(bounds, place) for (_, bounds), places in zip(sentences, found, strict=True) for place in places]
    misfires = sum(not bounds.issuperset(place[:2]) for bounds, place in ends)
    characters = sum(len(text) for text, _ in sentences)
    nanoseconds = 1e9 * statistics.median(times) / characters
    return {"ns": round(nanoseconds), "misfires": round(100 * misfires / max(len(ends), 1), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    if not DATA.exists():
        parser.error(f"the text and the words are not there: {DATA}")
    sentences, words = list(treebank()), dictionary()
    figures = {}
    for size in SIZES[quick]:
        print(f"{size:,} words                 ns a character   misfires")
        for name, search in searches(random.Random(5).sample(words, size)):
            figures[f"{name} {size}"] = found = figures_of(search, sentences)
            print(f"  {name:28} {found['ns']:10,} {found['misfires']:10.1f} %")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
