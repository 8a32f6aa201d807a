"""Pairs of neighbouring characters: what the search index keeps of a text.

A text is normalised as for matching and cut at white space and control characters into runs. Each run gives
its pairs and, for searches by one character, its last character alone: then every character begins a gram.
The index only proposes texts; whoever asks verifies them exactly, with `contains`.
"""

import re
from itertools import pairwise
from operator import add

from nanashi.text.normal import normalise

RUN = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+")


def grams(text: str) -> set[str]:
    """All grams of a text: each pair within a run, and the last character of each run."""
    found: set[str] = set()
    for run in RUN.findall(normalise(text)):
        found.update(map(add, run, run[1:]))
        found.add(run[-1])
    return found


def indexed_text(title: str, source_text: str) -> str:
    """The text of an entry that can be searched."""
    return f"{title}\n{source_text}"


def grams_of(title: str, source_text: str) -> str:
    """An entry's row in the search index."""
    return " ".join(sorted(grams(indexed_text(title, source_text))))


def query_grams(term: str) -> tuple[set[str], set[str]]:
    """What a text that contains the term must have: whole grams, and beginnings of grams.

    A run of one character asks for a gram that begins with it. Both sets are empty when the term has nothing
    to look for.
    """
    whole: set[str] = set()
    beginnings: set[str] = set()
    for run in RUN.findall(normalise(term)):
        if len(run) == 1:
            beginnings.add(run)
        else:
            whole.update(map("".join, pairwise(run)))
    return whole, beginnings


def terms_of(query: str) -> list[str]:
    """The terms of a query, normalised, each once: text between white space."""
    return list(dict.fromkeys(RUN.findall(normalise(query))))


def contains(text: str, terms: list[str]) -> bool:
    """Whether a text holds every one of these normalised terms."""
    normal = normalise(text)
    return all(term in normal for term in terms)
