"""Rates: a burst, then one at a time; waiting costs nothing more."""

from hypothesis import given
from hypothesis import strategies as st

from nanashi.identity.rate import EMPTY, Rate, spend

RATES = st.builds(Rate, st.integers(1, 50).map(float), st.floats(0.1, 600))


@given(rate=RATES, start=st.floats(0, 1e9))
def test_a_burst_goes_through_and_the_next_waits(rate: Rate, start: float) -> None:
    bucket = EMPTY
    for _ in range(int(rate.burst)):
        bucket, wait = spend(bucket, rate, start)
        assert wait == 0
    bucket, wait = spend(bucket, rate, start)
    assert 0 < wait <= rate.seconds * 1.001


@given(rate=RATES, tries=st.integers(1, 30))
def test_whoever_waits_as_long_as_told_gets_through_however_often_they_tried(rate: Rate, tries: int) -> None:
    bucket, wait, now = EMPTY, 0.0, 1_000.0
    while wait == 0:
        bucket, wait = spend(bucket, rate, now)
    for _ in range(tries):
        bucket, wait = spend(bucket, rate, now)
    assert spend(bucket, rate, now + wait * 1.001)[1] == 0


@given(rate=RATES, times=st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_over_any_time_no_more_get_through_than_the_rate(rate: Rate, times: list[float]) -> None:
    bucket, passed = EMPTY, 0
    for now in sorted(times):
        bucket, wait = spend(bucket, rate, now)
        passed += wait == 0
    assert passed <= rate.burst + 100 / rate.seconds + 1


def test_a_clock_that_goes_back_opens_nothing() -> None:
    bucket, rate = EMPTY, Rate(1, 60)
    bucket, _wait = spend(bucket, rate, 1_000)
    assert spend(bucket, rate, 500)[1] > 0
