"""Whoever holds the disk, two copies of it and all logs tries to say who wrote what, on a diary of one sitting.

The same attacks as in drills/anonymity.py, which has hundreds of writers and days of its own. Traces must not be there
at all; what is guessed must not be beyond chance by five sigma: with so few tries, three would fail by chance. On a
build with leaks planted the same attacks must find them: else they prove nothing.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drills.joins import JOINS
from drills.joins.scores import Score
from drills.stage.week import Week, live
from drills.stage.workplace import workplace

WRITERS, ENTRIES, SEED = 8, 30, 20_260_611
SIGMAS = 5.0
CERTAIN = [one for one in JOINS if one.planted and not one.statistical]
"""Attacks that look for a trace: on the leaky build each is there."""


def sitting(folder: Path, *, leaks: bool) -> Week:
    """One diary, lived through the real server."""
    folder.mkdir()
    return live(folder, WRITERS, ENTRIES, SEED, leaks=leaks, one_sitting=True)


@pytest.fixture(scope="module")
def weeks() -> Iterator[tuple[Week, Week]]:
    """The product, and the build with leaks."""
    with workplace("joins") as folder, ThreadPoolExecutor(2) as both:
        leaky = both.submit(sitting, folder / "leaky", leaks=True)
        sound = sitting(folder / "sound", leaks=False)
        yield sound, leaky.result()


def is_beyond_chance(score: Score) -> bool:
    """Whether there was something to try, and the hits are more than luck."""
    return score.tries > 0 and score.excess > SIGMAS * score.sigma + 1e-9


def test_no_join_says_who_wrote_what(weeks: tuple[Week, Week]) -> None:
    sound, _leaky = weeks
    assert len(sound.posts) > ENTRIES
    assert {one.name: score for one in JOINS if is_beyond_chance(score := one.run(sound))} == {}


def test_each_trace_that_was_planted_is_found(weeks: tuple[Week, Week]) -> None:
    _sound, leaky = weeks
    assert len(CERTAIN) >= 8
    assert [one.name for one in CERTAIN if not is_beyond_chance(one.run(leaky))] == []


def test_the_log_says_that_something_failed(weeks: tuple[Week, Week]) -> None:
    """A page that fails and a reply that is refused are part of it: the attacks on logs have had their chance."""
    sound, _leaky = weeks
    said = [line for line in sound.log.read_text().splitlines() if line.startswith("ERROR")]
    assert [line.partition(" at ")[0] for line in said] == ["ERROR RuntimeError"]
