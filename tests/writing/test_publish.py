"""Publishing: one way in for one entry as for an archive."""

import datetime
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nanashi.lexicons.current import renderer
from nanashi.models import Entry, Occurrence, Reference, bigram_index
from nanashi.models.keys import QUARTERS, day_of, entry_key, first_key, key_after
from nanashi.writing import ids
from nanashi.writing import publish as publishing
from nanashi.writing.drafts import Draft
from nanashi.writing.ids import free_public_ids, new_public_id
from nanashi.writing.publish import batches, publish, publish_many

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)
pytestmark = pytest.mark.usefixtures("diary")


def draft(body: str = "雨の日。", **fields: object) -> Draft:
    return Draft(body=body, day=DAY, **fields)  # type: ignore[arg-type]


def test_an_entry_is_stored_whole(nanashi: Run) -> None:
    nanashi("keywords", "add", "雨")
    with renderer() as rendering:
        public_id = publish(draft("**雨**の日。", title="雨と傘", quarter=3), rendering)
    entry = Entry.objects.get(public_id=public_id)
    assert re.fullmatch(r"20240606-[a-km-z2-9]{6}", public_id)
    assert (entry.source_text, entry.title, entry.quarter, entry.lang) == ("**雨**の日。", "雨と傘", 3, "ja")
    assert 'href="/keyword/' in entry.body
    assert entry.excerpt == "雨の日。"
    assert list(bigram_index.candidates(["と傘"])) == [entry.key]
    assert list(Occurrence.objects.values_list("entry_id", flat=True)) == [entry.key]
    assert Entry.objects.get().key == entry_key(DAY, 3, public_id)


def test_an_excerpt_leaves_out_what_is_quoted() -> None:
    with renderer() as rendering:
        one = publish(draft("> 雨が降る。\n\nいや、雪だ。"), rendering)
        two = publish(draft("> 雨が降る。"), rendering)
    excerpts = dict(Entry.objects.values_list("public_id", "excerpt"))
    assert (excerpts[one], excerpts[two]) == ("いや、雪だ。", "雨が降る。")


def test_a_reply_and_a_mention_are_told_apart() -> None:
    with renderer() as rendering:
        first = publish(draft("一つ目"), rendering)
        second = publish(draft("二つ目"), rendering)
        publish(draft(f">>{first} と >>{second}", reply_to=(first,)), rendering)
    found = Reference.objects.order_by("-is_reply").values_list("target__public_id", "is_reply")
    assert list(found) == [(first, True), (second, False)]


def test_ctrl_c_between_a_commit_and_its_count_is_heard_after_both() -> None:
    counted: list[int] = []

    def import_and_press() -> None:
        with renderer() as rendering:
            for written in publish_many([draft(), draft("晴れの日。")], rendering):
                os.kill(os.getpid(), signal.SIGINT)
                counted.append(written.entries)

    with pytest.raises(KeyboardInterrupt):
        import_and_press()
    assert sum(counted) == Entry.objects.count() == 2


def test_entries_of_one_batch_know_one_another() -> None:
    one, two = "20240606-aaaaaa", "20240606-bbbbbb"
    drafts = [draft(f"前は >>{two}", public_id=one), draft(f"後は >>{one}", public_id=two)]
    with renderer() as rendering:
        list(publish_many(drafts, rendering))
    for entry in Entry.objects.all():
        assert f'href="/e/{two if entry.public_id == one else one}"' in entry.body


def test_entries_of_neighbouring_batches_know_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "BATCH", 2)
    names = [f"20240606-aaaaa{n}" for n in range(2, 8)]
    drafts = [
        draft(f">>{before} >>{after}", public_id=name)
        for before, name, after in zip(names[-1:] + names, names, names[1:] + names[:1], strict=False)
    ]
    with renderer() as rendering:
        written = [one.entries for one in publish_many(drafts, rendering)]
    assert written == [2, 2, 2]
    assert all(entry.body.count('href="/e/') == 2 for entry in Entry.objects.all())


def test_a_batch_is_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "BATCH", 2)

    def fails(_rows: object) -> None:
        raise OSError("no space left on device")

    drafts = (draft(f"日記 {n}") for n in range(4))
    with renderer() as rendering:
        writing = publish_many(drafts, rendering)
        assert next(writing).entries == 2
        monkeypatch.setattr(bigram_index, "add", fails)
        with pytest.raises(OSError, match="no space"):
            next(writing)
    assert Entry.objects.count() == 2


def test_a_pool_of_processes_writes_what_one_process_writes(tmp_path: Path, nanashi: Run) -> None:
    nanashi("keywords", "import", "-", given="雨\n研究\n")
    drafts = [
        draft(f"{n} 日目の**雨**。研究の話 {'長い' * n}", public_id=f"20240606-{n:06}") for n in range(120)
    ]
    bodies = []
    for processes in (1, 2):
        Entry.objects.all().delete()
        with renderer(processes) as rendering:
            list(publish_many(drafts, rendering))
        bodies.append(list(Entry.objects.order_by("key").values_list("body", "excerpt")))
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) == 120


def test_the_queries_of_a_batch_do_not_grow_with_its_entries() -> None:
    with renderer(1) as rendering:
        with CaptureQueriesContext(connection) as few:
            list(publish_many([draft(f"日記 {n}") for n in range(5)], rendering))
        with CaptureQueriesContext(connection) as many:
            list(publish_many([draft(f"もっと {n}") for n in range(40)], rendering))
    assert len(many) == len(few)


def test_long_entries_make_short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "BATCH_CHARACTERS", 100)
    lengths = [10, 10, 80, 100, 1, 1]
    cut = [[len(one.body) for one in batch] for batch in batches((draft("a" * n) for n in lengths), 4)]
    assert cut == [[10, 10, 80], [100], [1, 1]]


def test_a_new_id_is_one_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("aaaaaa" + "aaaaaa" + "bbbbbb" + "cccccc" + "cccccc" + "dddddd")
    monkeypatch.setattr(ids.secrets, "choice", lambda _letters: next(letters))
    with renderer() as rendering:
        publish(draft(public_id="20240606-bbbbbb"), rendering)
    assert free_public_ids([DAY, DAY], ["20240606-cccccc"]) == ["20240606-aaaaaa", "20240606-dddddd"]


@given(st.dates(), st.none() | st.integers(0, QUARTERS - 1))
def test_a_key_says_its_day_and_stands_within_it(day: datetime.date, quarter: int | None) -> None:
    public_id = new_public_id(day)
    key = entry_key(day, quarter, public_id)
    assert day_of(key) == day
    assert first_key(day) <= key < key_after(day)
    assert 0 < key < 2**62
    assert public_id.startswith(day.isoformat().replace("-", ""))


@given(st.lists(st.tuples(st.dates(), st.none() | st.integers(0, QUARTERS - 1)), min_size=2, max_size=8))
def test_keys_stand_in_the_order_of_moments(moments: list[tuple[datetime.date, int | None]]) -> None:
    def moment(one: tuple[datetime.date, int | None]) -> tuple[datetime.date, int]:
        return one[0], -1 if one[1] is None else one[1]

    keys = [(entry_key(day, quarter, new_public_id(day)), moment((day, quarter))) for day, quarter in moments]
    assert [one for _, one in sorted(keys)] == sorted(moment(one) for one in moments)


def test_a_keyword_that_came_while_a_text_was_on_its_way_is_not_missed(nanashi: Run) -> None:
    nanashi("keywords", "add", "雨")
    with renderer(1) as rendering:
        nanashi("keywords", "add", "研究")
        one = publish(draft("研究の日。"), rendering)
        list(publish_many([draft("また研究の日。"), draft("まだ研究の日。")], rendering))
    assert Entry.objects.filter(body__contains="/keyword/").count() == 3
    assert "/keyword/" in Entry.objects.get(public_id=one).body


def test_an_entry_that_went_while_it_was_named_is_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    with renderer(1) as rendering:
        named = publish(draft("消える日記"), rendering)
        start = rendering.start

        def start_and_lose(jobs: object) -> object:
            rendered = list(start(jobs))  # type: ignore[arg-type]
            Entry.objects.filter(public_id=named).delete()
            return iter(rendered)

        monkeypatch.setattr(rendering, "start", start_and_lose)
        naming = publish(draft(f"これは >>{named}"), rendering)
    assert 'href="/e/' not in Entry.objects.get(public_id=naming).body


def test_an_import_makes_shorter_turns_while_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = publishing._Pace()
    monkeypatch.setattr(publishing, "others_wait", lambda: True)
    pace.note(200, 1.0)
    assert pace.size == round(200 * publishing.TURN_SECONDS)
    pace.note(60, 0.01)
    assert pace.size == 120
