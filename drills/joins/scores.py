"""How an attack is scored: hits against what guessing would hit."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

PAIRS = 4_000
SIGMAS = 3.0


class Score(NamedTuple):
    """What one join found."""

    hits: float
    tries: int
    chance: float

    @property
    def excess(self) -> float:
        """Share of hits above the share that guessing has; 0 where there was nothing to try."""
        return self.hits / self.tries - self.chance if self.tries else 0.0

    @property
    def sigma(self) -> float:
        """One standard deviation of guessing."""
        return math.sqrt(self.chance * (1 - self.chance) / self.tries) if self.tries else 0.0

    @property
    def found(self) -> bool:
        """Whether it is beyond chance and three sigma."""
        return self.tries > 0 and self.excess > SIGMAS * self.sigma + 1e-9


NOTHING = Score(0, 0, 0.0)
"""There was nothing to join."""


def seen(found: bool) -> Score:
    """A trace is there or is not; there is nothing to guess."""
    return Score(float(found), 1, 0.0)


def guesses(pairs: Sequence[tuple[str, str]], people: int) -> Score:
    """(guessed, true) writers."""
    return Score(sum(guess == truth for guess, truth in pairs), len(pairs), 1 / people)


def order(place: Mapping[str, float], posts: Sequence[str], group: Callable[[str], object]) -> Score:
    """Of two posts of one group, which came first? `place` is what the attacker sees; `posts` are in true order.

    An attack may read the order forwards or backwards; the one that it is given is decided by half of the pairs.
    """
    rank = {post: at for at, post in enumerate(posts)}
    grouped: dict[object, list[str]] = {}
    for post in posts:
        if post in place:
            grouped.setdefault(group(post), []).append(post)
    chance = random.Random(7)
    pools = [members for members in grouped.values() if len(members) > 1]
    if not pools:
        return NOTHING
    picked = []
    for pool in chance.choices(pools, weights=[len(pool) for pool in pools], k=PAIRS):
        one, other = chance.sample(pool, 2)
        if place[one] != place[other]:
            picked.append((place[one] < place[other]) == (rank[one] < rank[other]))
    learn, test = picked[: len(picked) // 2], picked[len(picked) // 2 :]
    if not test:
        return NOTHING
    forwards = sum(learn) * 2 >= len(learn)
    # Pairs share posts: as many of them as there are posts are independent.
    tries = min(len(test), sum(map(len, pools)))
    share = sum(hit == forwards for hit in test) / len(test)
    return Score(share * tries, tries, 0.5)


def same_hand(marks: Mapping[str, str], truth: Mapping[str, str], group: Mapping[str, str]) -> Score:
    """Are two things of different groups by one hand? Guessed from equal marks, on as many such pairs as others."""
    items = [item for item in marks if item in truth]
    alike, unlike = [], []
    for at, one in enumerate(items):
        for other in items[at + 1 :]:
            if group[one] != group[other]:
                (alike if truth[one] == truth[other] else unlike).append((one, other))
    chance = random.Random(7)
    size = min(len(alike), len(unlike))
    if not size:
        return NOTHING
    pairs = [(pair, True) for pair in chance.sample(alike, size)]
    pairs += [(pair, False) for pair in chance.sample(unlike, size)]
    hits = sum((marks[one] == marks[other]) == same for (one, other), same in pairs)
    return Score(hits, len(pairs), 0.5)
