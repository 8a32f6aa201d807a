"""A ring finds its entries by their locators, and nobody else finds them."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nanashi.identity.entry_keys import GAP, derived_key, locator_of, new_guest_key
from nanashi.lexicons.current import renderer
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry, Tombstone
from nanashi.models.keys import entry_key
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import NotHolderError
from nanashi.writing.own import adopt, first_free, is_suspended, key_for, own_entries, publish_as
from nanashi.writing.publish import publish
from nanashi.writing.withdrawing import withdraw, withdraw_all

DAY = datetime.date(2024, 6, 6)
MINE, THEIRS = b"m" * 32, b"t" * 32
pytestmark = pytest.mark.usefixtures("diary")


@pytest.fixture
def rendering(diary: object) -> Iterator[Renderer]:
    with renderer(1) as one:
        yield one


def store(master: bytes, numbers: range) -> None:
    """Rows of this ring under these numbers, without what rendering adds."""
    Entry.objects.bulk_create(
        Entry(
            key=entry_key(DAY, 0, f"x-{number:06d}"),
            public_id=f"20240606-{number:06d}",
            day=DAY,
            source_text="a",
            locator=locator_of(derived_key(master, number)),
        )
        for number in numbers
    )


def test_each_ring_finds_its_own(rendering: Renderer) -> None:
    ids = [publish_as(MINE, Draft(f"日記 {n}", DAY), rendering) for n in range(3)]
    other = publish_as(THEIRS, Draft("別の人", DAY), rendering)
    assert [own.public_id for own in own_entries(MINE)] == ids
    assert [own.public_id for own in own_entries(THEIRS)] == [other]
    assert key_for(MINE, ids[2]) == derived_key(MINE, 2)
    assert key_for(MINE, other) is None


def test_a_number_is_not_used_twice(rendering: Renderer) -> None:
    first = publish_as(MINE, Draft("消す", DAY), rendering)
    withdraw(first, derived_key(MINE, 0))
    second = publish_as(MINE, Draft("次", DAY), rendering)
    assert [(own.number, own.public_id) for own in own_entries(MINE)] == [(0, None), (1, second)]


def test_a_gap_within_the_limit_is_passed(rendering: Renderer) -> None:
    store(MINE, range(3))
    store(MINE, range(2 + GAP, 3 + GAP))
    assert [own.number for own in own_entries(MINE)] == [0, 1, 2, 2 + GAP]
    store(THEIRS, range(100_000, 100_001))
    assert own_entries(THEIRS) == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 63, 64, 65, 200, 1000])
def test_the_first_free_number_is_found_in_few_queries(count: int) -> None:
    store(MINE, range(count))
    with CaptureQueriesContext(connection) as queries:
        assert first_free(MINE) == count
    assert len(queries) <= 5


def test_many_entries_are_found_in_few_queries() -> None:
    store(MINE, range(3_000))
    with CaptureQueriesContext(connection) as queries:
        assert len(own_entries(MINE)) == 3_000
    assert len(queries) <= 12


def test_a_ring_takes_in_what_a_guest_wrote(rendering: Renderer) -> None:
    key = new_guest_key()
    public_id = publish(Draft("客", DAY, locator=locator_of(key)), rendering)
    with pytest.raises(NotHolderError):
        adopt(public_id, new_guest_key(), MINE)
    adopt(public_id, key, MINE)
    assert [own.public_id for own in own_entries(MINE)] == [public_id]
    with pytest.raises(NotHolderError):
        withdraw(public_id, key)
    withdraw(public_id, derived_key(MINE, 0))


def test_struck_entries_suspend_a_ring(rendering: Renderer, settings: object) -> None:
    settings.STRIKES = 2  # type: ignore[attr-defined]
    for number in range(2):
        assert not is_suspended(MINE)
        Tombstone.objects.create(digest=locator_of(derived_key(MINE, number)), struck=True)
    assert is_suspended(MINE)
    assert not is_suspended(THEIRS)


def test_many_are_withdrawn_and_only_ones_own(rendering: Renderer) -> None:
    mine = [publish_as(MINE, Draft(f"日記 {n}", DAY), rendering) for n in range(3)]
    theirs = publish_as(THEIRS, Draft("別の人", DAY), rendering)
    assert withdraw_all(MINE, [mine[0], theirs, mine[2]]) == 2
    assert set(Entry.objects.values_list("public_id", flat=True)) == {mine[1], theirs}
