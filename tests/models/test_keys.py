"""Physical keys: an entry's says its day and quarter of an hour, and nothing else; others say nothing."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nanashi.models import keys
from nanashi.models.keys import (
    KEY_BITS,
    QUARTERS,
    day_of,
    entry_key,
    first_key,
    key_after,
    random_key,
)

DAYS = st.dates()
QUARTER = st.one_of(st.none(), st.integers(0, QUARTERS - 1))
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=6, max_size=6)
MOMENTS = st.tuples(DAYS, QUARTER, LETTERS)
Moment = tuple[datetime.date, int | None, str]


def key_of(moment: Moment) -> int:
    day, quarter, letters = moment
    return entry_key(day, quarter, f"{day:%Y%m%d}-{letters}")


def place_of(moment: Moment) -> tuple[datetime.date, int, int]:
    """The order of pages: day, quarter (where it is not known: before the first), letters."""
    day, quarter, letters = moment
    return day, -1 if quarter is None else quarter, int(letters, 36)


@example((datetime.date(2024, 6, 6), None, "zzzzzz"), (datetime.date(2024, 6, 6), 0, "000000"))
@example((datetime.date(2024, 6, 6), 95, "zzzzzz"), (datetime.date(2024, 6, 7), None, "000000"))
@given(MOMENTS, MOMENTS)
def test_keys_stand_in_the_order_of_pages(one: Moment, other: Moment) -> None:
    assert (key_of(one) < key_of(other)) == (place_of(one) < place_of(other))
    assert (key_of(one) == key_of(other)) == (place_of(one) == place_of(other))


@given(MOMENTS)
def test_a_key_fits_and_says_its_day(moment: Moment) -> None:
    key = key_of(moment)
    assert 0 < key < 1 << KEY_BITS
    assert day_of(key) == moment[0]
    assert first_key(moment[0]) <= key < key_after(moment[0])


@given(st.dates(max_value=datetime.date.max - datetime.timedelta(days=1)))
def test_days_leave_no_gap_and_do_not_overlap(day: datetime.date) -> None:
    assert key_after(day) == first_key(day + datetime.timedelta(days=1))


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_the_calendar_has_ends(day: datetime.date) -> None:
    last = entry_key(day, QUARTERS - 1, f"{day:%Y%m%d}-zzzzzz")
    assert day_of(first_key(day)) == day_of(last) == day
    assert last < key_after(day) < 1 << KEY_BITS


def test_random_keys_fit_and_are_never_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {random_key() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(0 < key < 1 << KEY_BITS for key in made)
    monkeypatch.setattr(keys.secrets, "randbits", lambda _bits: 0)
    assert random_key() == 1


def test_random_keys_use_all_their_bits() -> None:
    """Each bit is set in about half of them, so that they say nothing about the order of writing."""
    made = [random_key() for _ in range(2_000)]
    shares = [sum(key >> bit & 1 for key in made) / len(made) for bit in range(KEY_BITS)]
    assert all(0.4 < share < 0.6 for share in shares)
