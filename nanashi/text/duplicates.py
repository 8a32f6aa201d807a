"""Whether two texts are nearly the same: one of them posted again, whole, with small corrections or with additions.

Compared is a text as it is normalised for matching (so width and case do not count), without its white space and
without its quoted lines, which are somebody else's words. Two texts are nearly the same when

1. they are equal, where one of them has fewer than SHORT characters. Short texts about the same things share most of
   their few words: "wrote all day, then it rained" and "read all day, then it rained" are two days;
2. or they share NEARLY_THE_SAME of their grams, and in one of them at most OWN of the characters stand in no run of RUN
   characters that the other has too. Texts with the same head and foot (a greeting, a template) share many grams, but
   each has a middle of its own; of a text that is posted again next to nothing is left, whatever is added to it. So
   corrections of some letters count as the same, and a sentence that is replaced in a text of three paragraphs does
   not. By its form alone, a replaced sentence cannot be told from a frame that is filled in anew.

A gram is a run of GRAM characters. Step 2 begins with bottom-k sketches, of the SKETCH smallest hashes of a text's
distinct grams: of the SKETCH smallest of two texts together, the share that is in both estimates the Jaccard similarity
of their grams, with a standard error of at most 1 / (2 * sqrt(SKETCH)), 0.03 (Broder, "On the resemblance and
containment of documents", 1997; Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007).
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nanashi.text.normal import normalise

GRAM = 5
SKETCH = 256
NEARLY_THE_SAME = 0.5
"""Similarity from which on two texts may be nearly the same: what is added is at most as long as what was there. In the
archive that it was chosen on (24 entries of two days about the same things) a text and its longer second posting have
0.79, and no other pair has more than 0.08."""
SHORT = 40
RUN = 8
"""Characters that do not stand together by chance: more than an inflected verb, about two English words. Of the shorter
posting in that archive 0.8 % stand in no shared run, of the texts of any other pair 77 % or more."""
OWN = 0.03
"""Two or three corrected words in a hundred; a sentence of its own is more in any text below a thousand characters."""
QUOTED_LINE = re.compile(r"^ {0,3}>(?!>[0-9]).*$", re.MULTILINE)
"""A line of a block quotation; one that begins with the id of an entry (`>>2026…`) is none."""
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
FIRST_MIX, SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""Of the finaliser of splitmix64 (Steele, Lea and Flood, 2014)."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is compared of a text."""

    letters: NDArray[np.uint64]
    """The characters that count, as code points."""
    hashes: NDArray[np.uint64]
    """The smallest hashes of grams, rising; all of them where there are fewer than SKETCH."""


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; some 20 ms for 200,000 characters."""
    packed = _packed(QUOTED_LINE.sub("", text)) or _packed(text)
    letters = np.frombuffer(packed.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    return Fingerprint(letters, np.unique(_mixed(_runs(letters, GRAM)))[:SKETCH].copy())


def nearly_the_same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one of two texts is the other posted again, by the rule above."""
    if min(len(one.letters), len(other.letters)) < SHORT:
        return np.array_equal(one.letters, other.letters)
    if similarity(one, other) < NEARLY_THE_SAME:
        return False
    return min(own_share(one, other), own_share(other, one)) <= OWN


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """The Jaccard similarity of two texts' grams, 0 to 1: exact for short texts, else estimated."""
    if not len(one.hashes) or not len(other.hashes):
        return float(len(one.hashes) == len(other.hashes))
    together = np.union1d(one.hashes, other.hashes)[:SKETCH]
    in_both = np.intersect1d(one.hashes, other.hashes, assume_unique=True)
    return float(np.isin(in_both, together, assume_unique=True).sum() / len(together))


def own_share(one: Fingerprint, other: Fingerprint) -> float:
    """The share of a text's characters, 0 to 1, that stand in no run of RUN characters that the other has too."""
    shared = np.isin(_runs(one.letters, RUN), _runs(other.letters, RUN))
    covered = np.zeros(len(one.letters), np.bool_)
    for at in range(min(RUN, len(covered))):
        covered[at : at + len(shared)] |= shared
    return float(np.mean(~covered)) if len(covered) else 0.0


def _packed(text: str) -> str:
    return "".join(normalise(text).split())


def _runs(letters: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """One number for each run of so many characters; a shorter text is one run."""
    size = min(length, len(letters))
    numbers = np.zeros(len(letters) - size + 1 if size else 0, np.uint64)
    for at in range(size):
        numbers = numbers * MULTIPLIER + letters[at : at + len(numbers)]
    return numbers


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over all 64 bits, so that the smallest are a random choice."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * FIRST_MIX
    numbers = (numbers ^ (numbers >> np.uint64(27))) * SECOND_MIX
    return numbers ^ (numbers >> np.uint64(31))
