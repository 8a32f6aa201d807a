"""The text and the words that linking is measured with."""

import gzip
import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SENTENCES_OF_AN_ENTRY = 20


def dictionary() -> list[str]:
    """865,288 headwords."""
    with gzip.open(DATA / "words-865k.txt.gz", "rt", encoding="utf-8") as lines:
        return [word for word in lines.read().split("\n") if len(word) > 1]


def sentences() -> list[str]:
    """The sentences of the treebank."""
    with gzip.open(DATA / "ud-ja-gsd-dev.conllu.gz", "rt", encoding="utf-8") as lines:
        return [line.removeprefix("# text = ").rstrip("\n") for line in lines if line.startswith("# text = ")]


def entries() -> list[str]:
    """The treebank in texts of an entry's length, and the archive's entries."""
    treebank = sentences()
    starts = range(0, len(treebank), SENTENCES_OF_AN_ENTRY)
    texts = ["".join(treebank[start : start + SENTENCES_OF_AN_ENTRY]) for start in starts]
    archive = (DATA / "kenkyu" / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    return texts + [json.loads(line)["body"] for line in archive]
