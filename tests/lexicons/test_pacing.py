"""What has to be rendered again is rendered while others may write, and written in short turns."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from nanashi.identity.entry_keys import locator_of, new_guest_key
from nanashi.lexicons.backfill import run_pending
from nanashi.lexicons.current import renderer
from nanashi.lexicons.pacing import FEWEST, MOST, SECONDS, fitting
from nanashi.lexicons.relinking import relink, render_again, store_again
from nanashi.lexicons.weighing import recount
from nanashi.models import Backfill, Entry, Keyword
from nanashi.models.turns import turn
from nanashi.text.markup import keyword_path, render
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish
from nanashi.writing.revising import Changes, revise

Run = Callable[..., Result]
BASE = "```estimate\na = {low} to 3 OOM\nb = 1 to 3 OOM\ntotal = a + b\n```"


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def imported(nanashi: Run, *entries: dict[str, str]) -> None:
    lines = [json.dumps({"date": "2024-06-06", **entry}) for entry in entries]
    assert nanashi("import", "-", given="\n".join(lines)).exit_code == 0


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each text that is rendered from now on, whether it was within a transaction."""
    seen: list[bool] = []

    def noted(*arguments: Any, **options: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return render(*arguments, **options)

    monkeypatch.setattr("nanashi.lexicons.rendering.render", noted)
    monkeypatch.setattr("nanashi.lexicons.definitions.render", noted)
    return seen


def test_a_relink_renders_in_no_turn(nanashi: Run, within: list[bool]) -> None:
    imported(nanashi, *({"body": f"雨の日 {n}"} for n in range(60)))
    nanashi("keywords", "import", "-", given='{"word": "雨", "definition": "水"}\n{"word": "水"}\n')
    within.clear()
    assert nanashi("relink").exit_code == 0
    assert within == [False] * 61
    assert all(keyword_path("雨") in body for body in Entry.objects.values_list("body", flat=True))
    assert keyword_path("水") in Keyword.objects.get(word="雨").definition_html


def test_entries_that_name_a_changed_one_render_in_no_turn(nanashi: Run, within: list[bool]) -> None:
    imported(nanashi, *({"body": f"雨の日 {n}"} for n in range(5)))
    within.clear()
    with renderer(1) as rendering:
        assert relink(list(Entry.objects.values_list("key", flat=True)), rendering) == []
    assert within == [False] * 5


def test_within_a_turn_the_rest_is_queued(
    nanashi: Run, within: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(nanashi, *({"body": f"雨の日 {n}"} for n in range(5)))
    Entry.objects.update(body="")
    keys = list(Entry.objects.order_by("-key").values_list("key", flat=True))
    within.clear()
    monkeypatch.setattr("nanashi.lexicons.relinking.SECONDS", 0.0)
    with renderer(1) as rendering, turn():
        assert relink(keys, rendering) == keys[1:]
    assert within == [True]
    assert Backfill.objects.get().entries == keys[1:]
    within.clear()
    run_pending(nothing, 1)
    assert within == [False] * 4
    assert not Entry.objects.filter(body="").exists()
    assert not Backfill.objects.exists()


def test_a_queue_of_entries_goes_on_where_it_was_cut_off(
    nanashi: Run, within: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(nanashi, *({"body": f"雨の日 {n}"} for n in range(5)))
    keys = list(Entry.objects.order_by("-key").values_list("key", flat=True))
    Backfill.objects.create(entries=keys)
    within.clear()
    monkeypatch.setattr("nanashi.lexicons.pacing.FIRST", 2)
    run_pending(nothing, 1, lambda: bool(within))
    assert Backfill.objects.get().done == len(within) == 2
    run_pending(nothing, 1)
    assert len(within) == 5


def test_what_is_based_on_an_edited_estimate_follows_in_turns_of_its_own(
    nanashi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_guest_key()
    base = _published(BASE.format(low=2), key)
    answers = [_published(f"```estimate\nbased on >>{base}\nb = {n} to 4 OOM\n```") for n in range(1, 4)]
    deep = _published(f"```estimate\nbased on >>{answers[-1]}\nb = 1 to 2 OOM\n```")
    before = dict(Entry.objects.values_list("public_id", "body"))
    from nanashi.estimates import evaluate  # noqa: PLC0415 - as it is before it is watched

    within: list[bool] = []

    def noted(*arguments: Any, **options: Any) -> Any:
        within.append(connection.in_atomic_block)
        return evaluate(*arguments, **options)

    monkeypatch.setattr("nanashi.estimates.evaluate", noted)
    monkeypatch.setattr("nanashi.lexicons.relinking.SECONDS", 0.0)
    with renderer(1) as rendering:
        revise(base, key, Changes(BASE.format(low=1)), rendering)
    assert within == [False, True]
    run_pending(nothing, 1)
    changed = {one for one, body in Entry.objects.values_list("public_id", "body") if body != before[one]}
    assert changed == {base, *answers, deep}
    after = dict(Entry.objects.values_list("public_id", "body"))
    nanashi("relink")
    assert dict(Entry.objects.values_list("public_id", "body")) == after


def test_an_edit_that_moves_no_estimate_evaluates_none(nanashi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_guest_key()
    base = _published(BASE.format(low=2), key)
    _published(f"```estimate\nbased on >>{base}\nb = 2 to 4 OOM\n```")

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("rendered again")

    monkeypatch.setattr("nanashi.lexicons.relinking.render_again", refuse)
    with renderer(1) as rendering:
        revise(base, key, Changes(f"{BASE.format(low=2)}\n\n雨。"), rendering)
    assert "雨。" in Entry.objects.get(public_id=base).body


def test_an_entry_that_changes_while_it_is_rendered_again_keeps_the_change(nanashi: Run) -> None:
    key = new_guest_key()
    one = _published("雨の日。", key)
    entry = Entry.objects.get(public_id=one)
    with renderer(1) as rendering:
        again = render_again([entry.key], rendering)
        revise(one, key, Changes("雪の日。"), rendering)
        with turn():
            store_again(again, rendering)
    assert Entry.objects.get().body == "<p>雪の日。</p>\n"


def test_an_import_leaves_nothing_to_be_linked(nanashi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nanashi.lexicons.relinking.SECONDS", 0.0)
    named = "20240606-k7m2xq"
    imported(nanashi, *({"body": f"雨 {n} >>{named}"} for n in range(4)))
    assert not any(f'href="/e/{named}"' in body for body in Entry.objects.values_list("body", flat=True))
    recount(
        datetime.date(2024, 6, 7)
    )  # so that this is no first archive, after which everything is linked anew
    imported(nanashi, {"body": "名前のある日記", "id": named})
    bodies = Entry.objects.exclude(public_id=named).values_list("body", flat=True)
    assert [f'href="/e/{named}"' in body for body in bodies] == [True] * 4
    assert not Backfill.objects.exists()


@given(st.integers(FEWEST, MOST), st.floats(0.0001, 1000))
def test_the_next_batch_is_no_longer_than_meant_if_all_take_as_long(size: int, each: float) -> None:
    following = fitting(size, size * each)
    assert FEWEST <= following <= MOST
    assert following == FEWEST or following * each <= SECONDS * 1.001 or following <= size


def _published(body: str, key: bytes | None = None) -> str:
    locator = None if key is None else locator_of(key)
    with renderer(1) as rendering:
        return publish(Draft(body, datetime.date(2024, 6, 6), locator=locator), rendering)
