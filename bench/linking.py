"""What does linking cost, beside the matcher and the tokenizer that it stands on?

Text: the dev part of UD Japanese GSD in entries of 20 sentences, and the entries of an archive; 865,288 words of a
dictionary (all in ../shared/data). Medians of five rounds in processor time; in each round everything once. --quick
measures the same with fewer documents for the workers.

JSON:
of_daachorse         boundaries off: share of the speed of daachorse's own leftmost-longest search, on text that is
                     normalised already; ours has normalisation, offsets and link objects besides
times_pyahocorasick, times_ahocorasick_rs
                     how many times slower the same path is with these in daachorse's place
of_tokenizer         boundaries on: share of MeCab's own speed (parseToNodeList, surfaces read) on the same text
of_tokenizer_5k      the same with 5,000 of the words: what needs no tokenizer is not shown to it
two_workers          how many times the documents in a second of one worker two make, once they run
load_s               loading the compiled lexicon, in seconds
mb                   private memory (USS) in MB of a process that has loaded it and linked the text
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bench.linking_peers import Search, with_ahocorasick_rs, with_pyahocorasick
from bench.stage.linking_data import DATA, dictionary, entries
from nanashi.text import Lexicon, link, normalise
from nanashi.text.documents import Line
from nanashi.text.lexicon import Generation, Match
from nanashi.text.streaming import Linker, linked
from nanashi.text.tokenizer import tagger

ROUNDS = 5
SMALL = 5_000
REPEATS = {False: 120, True: 24}
"""How often the workers are given the text."""

Job = Callable[[], object]

PRIVATE_MEMORY = """
import sys, psutil
from bench.stage.linking_data import entries
from nanashi.text import Lexicon, link
lexicon = Lexicon.load(sys.argv[1])
for text in entries():
    link(text, lexicon)
print(psutil.Process().memory_full_info().uss)
"""


class WithPeer(Lexicon):
    """A lexicon whose leftmost-longest search is another library's."""

    def __init__(self, base: Generation, search: Search) -> None:
        super().__init__(base)
        self.search = search

    def longest_matches(self, normal_text: str) -> list[Match]:
        return self.search(normal_text)


def with_peer(lexicon: Lexicon, forms: list[str], build: Callable[[list[str]], Search]) -> Lexicon:
    return WithPeer(lexicon.generation, build(forms))


def read_surfaces(texts: list[str]) -> None:
    """What the tokenizer alone costs."""
    parse = tagger().parseToNodeList
    for text in texts:
        for node in parse(text):
            node.surface  # noqa: B018 - reading it is what costs


def medians(jobs: dict[str, Job]) -> dict[str, float]:
    """Milliseconds of processor time of each job, the median of the rounds."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            times[name].append(time.process_time() - start)
    return {name: 1000 * statistics.median(taken) for name, taken in times.items()}


def single(texts: list[str], words: list[str], lexicon: Lexicon) -> dict[str, float]:
    """Everything that one process does."""
    forms = [normalise(text) for text in texts]
    small = Lexicon.from_words(random.Random(5).sample(words, SMALL))
    known = [normalise(spelling.text) for spelling in lexicon]
    with_rs, with_py = (
        with_peer(lexicon, known, build) for build in (with_ahocorasick_rs, with_pyahocorasick)
    )
    raw = lexicon.generation.leftmost_longest

    def unbounded(chosen: Lexicon) -> Job:
        return lambda: [link(text, chosen, boundaries=False) for text in texts]

    def bounded(chosen: Lexicon) -> Job:
        return lambda: [link(text, chosen) for text in texts]

    return medians(
        {
            "daachorse alone": lambda: [raw.find(form) for form in forms],
            "boundaries off": unbounded(lexicon),
            "  with ahocorasick-rs": unbounded(with_rs),
            "  with pyahocorasick": unbounded(with_py),
            "MeCab alone": lambda: read_surfaces(texts),
            "boundaries on": bounded(lexicon),
            "  with 5,000 words": bounded(small),
        }
    )


def documents_a_second(texts: list[str], lexicon: Lexicon, workers: int, repeats: int) -> float:
    """Once all workers run: from the first quarter of the results to the last."""
    lines = [json.dumps({"text": text}).encode() for text in texts]
    number = len(lines) * repeats
    items = (Line("", at, lines[at % len(lines)]) for at in range(number))
    results = linked(items, Linker(lexicon), workers)
    for _ in islice(results, number // 4):
        pass
    start = time.perf_counter()
    rest = sum(1 for _ in results)
    return rest / (time.perf_counter() - start)


def two_workers(texts: list[str], lexicon: Lexicon, repeats: int) -> float:
    pairs = [
        [documents_a_second(texts, lexicon, workers, repeats) for workers in (1, 2)] for _ in range(ROUNDS)
    ]
    one, two = (statistics.median(column) for column in zip(*pairs, strict=True))
    return two / one


def seconds_to_load(path: Path) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        Lexicon.load(path)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def private_megabytes(path: Path) -> float:
    command = [sys.executable, "-c", PRIVATE_MEMORY, str(path)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout) / 1e6


def measure(quick: bool) -> tuple[dict[str, float], dict[str, float], int]:
    """The figures, the medians behind them, and the characters of the text."""
    texts, words = entries(), dictionary()
    lexicon = Lexicon.from_words(words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lexicon")
        lexicon.save(path)
        load, memory = seconds_to_load(path), private_megabytes(path)
    times = single(texts, words, lexicon)
    ours, bounded = times["boundaries off"], times["boundaries on"]
    figures = {
        "of_daachorse": times["daachorse alone"] / ours,
        "times_pyahocorasick": times["  with pyahocorasick"] / ours,
        "times_ahocorasick_rs": times["  with ahocorasick-rs"] / ours,
        "of_tokenizer": times["MeCab alone"] / bounded,
        "of_tokenizer_5k": times["MeCab alone"] / times["  with 5,000 words"],
        "two_workers": two_workers(texts, lexicon, REPEATS[quick]),
        "load_s": load,
        "mb": memory,
    }
    return figures, times, sum(map(len, texts))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    if not DATA.exists():
        parser.error(f"the text and the words are not there: {DATA}")
    figures, times, characters = measure(quick)
    print(f"linking {characters:,} characters with 865,288 words, medians of {ROUNDS}, processor time")
    for name, milliseconds in times.items():
        print(f"  {name:24} {milliseconds:8.1f} ms {milliseconds * 1e6 / characters:7.0f} ns a character")
    for name, figure in figures.items():
        print(f"  {name:24} {figure:8.2f}")
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
