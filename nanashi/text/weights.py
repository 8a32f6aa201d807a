"""How much a linked word says about an entry, and which of its places are notable.

A page with all 865,000 words of a dictionary has about seven links a sentence. The readers' default is the notable
ones: the first place of the words that say what the entry is about, at most one in about forty characters.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

SPACING = 40
"""Characters from the start of one notable link to the start of the next, at least."""
MOST_BITS = 10.0
"""What the rarity of a word counts for at most: beyond one entry in a thousand, rarer words say no more."""
TITLE_FACTOR = 2.0
"""A word in the title counts as two."""
UNDEFINED_FACTOR = 0.5
"""A link to a page without a definition is worth half of one to a page that explains the word."""
LEAST_WEIGHT = 1.0
"""The weight of a defined word that half of all entries contain, used once: such a word says nothing."""


class Signals(NamedTuple):
    """What is known about one keyword in one entry."""

    share: float
    """Of all entries, those that contain the keyword, above 0 and up to 1; see `share`."""
    uses: int = 1
    """Places of the keyword in this entry, title included."""
    in_title: bool = False
    defined: bool = True
    """Whether the keyword's page has a definition."""
    common: bool = False
    """Whether the keyword is on the stop list."""


def share(with_it: int, entries: int) -> float:
    """The share of all entries that contain a keyword, by the rule of succession (Laplace): (n + 1) / (N + 2).

    In a small diary a word that one entry contains is not yet rare, and no share is 0 or 1.
    """
    return (with_it + 1) / (entries + 2)


def weight(signals: Signals) -> float:
    """How much a keyword says about an entry: rarity x use x place x definition; 0 for words on the stop list.

    rarity      log2(1 / share), in bits, at most MOST_BITS: inverse document frequency (K. Sparck Jones, A
                statistical interpretation of term specificity, Journal of Documentation 28, 1972)
    use         1 + log2(uses): sublinear term frequency (C. D. Manning et al., Introduction to Information
                Retrieval, 2008, section 6.4.1)
    place       TITLE_FACTOR when the title has the keyword, else 1
    definition  1, or UNDEFINED_FACTOR when there is none

    Raises ValueError for a share outside (0, 1] and for a number of uses below 1.
    """
    if not 0 < signals.share <= 1:
        raise ValueError(f"share {signals.share} is not above 0 and up to 1: use share(with_it, entries)")
    if signals.uses < 1:
        raise ValueError(f"uses {signals.uses} is below 1: a keyword without a place has no weight")
    if signals.common:
        return 0.0
    rarity = min(-math.log2(signals.share), MOST_BITS)
    place = TITLE_FACTOR if signals.in_title else 1.0
    definition = 1.0 if signals.defined else UNDEFINED_FACTOR
    return rarity * (1 + math.log2(signals.uses)) * place * definition


def notable(
    places: Sequence[tuple[int, int]],
    weights: Mapping[int, float],
    spacing: int = SPACING,
    asked: Collection[int] = (),
) -> frozenset[int]:
    """Which places of an entry are notable, as indices into `places`.

    Args:
        places: start and keyword's key of every link of the entry, in reading order.
        weights: each keyword's weight in this entry; those of asked places are not looked at.
        spacing: characters between the starts of two notable links, at least.
        asked: indices of places that the writer asked for, which are notable however near they stand.

    Of a keyword that nobody asked for only the first place can be notable, and only with a weight of LEAST_WEIGHT
    or more. The heaviest is taken first, of equal ones the earlier; one that would stand too near to one already
    taken or asked for is left out.
    """
    first: dict[int, int] = {}
    for index, (_, key) in enumerate(places):
        first.setdefault(key, index)
    known = {places[index][1] for index in asked}
    candidates = [index for key, index in first.items() if key not in known and weights[key] >= LEAST_WEIGHT]
    candidates.sort(key=lambda index: (-weights[places[index][1]], index))
    taken = sorted(places[index][0] for index in asked)
    chosen = set(asked)
    for index in candidates:
        start = places[index][0]
        if _is_free(taken, start, spacing):
            insort(taken, start)
            chosen.add(index)
    return frozenset(chosen)


def _is_free(taken: list[int], start: int, spacing: int) -> bool:
    """Whether no start among the sorted ones is nearer than `spacing`."""
    at = bisect_left(taken, start)
    before = at == 0 or start - taken[at - 1] >= spacing
    after = at == len(taken) or taken[at] - start >= spacing
    return before and after
