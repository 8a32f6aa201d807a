"""Weights of keywords in an entry, and the notable places."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text.weights import LEAST_WEIGHT, MOST_BITS, SPACING, Signals, notable, share, weight

signals = st.builds(
    Signals,
    share=st.floats(1e-9, 1.0),
    uses=st.integers(1, 100),
    in_title=st.booleans(),
    defined=st.booleans(),
)


@pytest.mark.parametrize(
    ("given_signals", "expected"),
    [
        (Signals(share=0.5), 1.0),
        (Signals(share=0.25), 2.0),
        (Signals(share=0.25, uses=4), 6.0),
        (Signals(share=0.25, in_title=True), 4.0),
        (Signals(share=0.25, defined=False), 1.0),
        (Signals(share=1.0, uses=50), 0.0),
        (Signals(share=1e-9), MOST_BITS),
        (Signals(share=0.25, uses=4, in_title=True, common=True), 0.0),
    ],
)
def test_the_formula(given_signals: Signals, expected: float) -> None:
    assert math.isclose(weight(given_signals), expected, abs_tol=1e-9)


@given(signals)
def test_each_signal_adds(one: Signals) -> None:
    assert weight(one._replace(uses=one.uses + 1)) >= weight(one)
    assert weight(one._replace(in_title=True)) >= weight(one)
    assert weight(one._replace(defined=True)) >= weight(one)
    assert weight(one._replace(share=one.share / 2)) >= weight(one) >= 0


@pytest.mark.parametrize("wrong", [Signals(share=0), Signals(share=1.5), Signals(share=0.5, uses=0)])
def test_signals_that_cannot_be(wrong: Signals) -> None:
    with pytest.raises(ValueError, match=r"share|uses"):
        weight(wrong)


def test_a_share_is_never_none_or_all() -> None:
    assert share(0, 0) == 0.5
    assert share(1, 23) == 2 / 25
    assert 0 < share(0, 10**6) < share(10**6, 10**6) < 1


def test_the_heaviest_first_and_at_a_distance() -> None:
    places = [(0, 1), (10, 2), (45, 3), (90, 1), (200, 4)]
    assert notable(places, {1: 2.0, 2: 5.0, 3: 3.0, 4: 1.5}) == {1, 4}
    assert notable(places, {1: 5.0, 2: 2.0, 3: 3.0, 4: 0.9}) == {0, 2}


def test_of_equal_ones_the_earlier() -> None:
    assert notable([(0, 1), (20, 2)], {1: 3.0, 2: 3.0}) == {0}


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 20)), max_size=60).map(sorted), st.data())
def test_notable_places(places: list[tuple[int, int]], data: st.DataObject) -> None:
    weights = {key: data.draw(st.floats(0, 30)) for _, key in places}
    chosen = notable(places, weights)
    starts = sorted(places[index][0] for index in chosen)
    keys = [places[index][1] for index in chosen]
    assert all(after - before >= SPACING for before, after in pairwise(starts))
    assert len(keys) == len(set(keys))
    for index, (_, key) in enumerate(places):
        if index in chosen:
            assert weights[key] >= LEAST_WEIGHT
            assert key not in [earlier for _, earlier in places[:index]]
