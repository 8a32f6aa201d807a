"""The seal: what was withdrawn is in no byte, what was written meanwhile is found, and posts do not wait for it."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connection, connections
from django.test import Client

from nanashi.models import bigram_index
from nanashi.models.turns import BusyError
from nanashi.sealing import compacting, disk, nightly, refilling
from nanashi.sealing import seal as sealing
from nanashi.sealing.errors import SealError
from nanashi.sealing.one_at_a_time import only_one, was_cut_off
from nanashi.sealing.seal import seal
from tests.sealing.conftest import found, post, withdraw

Run = Callable[..., Result]
SECRET = "𓂀𐎀𠮷𐌰"
"""Four letters of four scripts: the bytes of their pairs come by no chance."""
TRACES = [SECRET.encode()] + [(one + two).encode()[1:] for one, two in pairwise(SECRET)]
"""The text, and each of its grams as FTS5 keeps it: without the byte that it shares with its neighbour."""


def with_traces(files: list[Path]) -> list[str]:
    """Names of the files that hold a trace of the secret text."""
    return sorted(file.name for file in files if any(trace in file.read_bytes() for trace in TRACES))


def test_withdrawn_text_is_in_no_byte(nanashi: Run, diary: Path, tmp_path: Path) -> None:
    kept = post("雨の日の記録。")
    gone = post(f"秘密の{SECRET}話。", "gone")
    assert "nanashi.sqlite3-wal" in with_traces([*diary.iterdir()])
    withdraw(gone, "gone")
    assert found(SECRET) == []
    assert with_traces([*diary.glob("*.sqlite3*")]), "nothing is to be removed by the seal"
    assert nanashi("seal", "--now").exit_code == 0
    file = tmp_path / "backup.tar"
    assert nanashi("backup", file).exit_code == 0
    assert with_traces([file, *(one for one in diary.rglob("*") if one.is_file())]) == []
    assert found("雨の") == [kept]


def test_a_backup_without_a_seal_before_has_nothing_of_it_either(
    nanashi: Run, diary: Path, tmp_path: Path
) -> None:
    withdraw(post(f"秘密の{SECRET}話。", "gone"), "gone")
    assert nanashi("backup", tmp_path / "backup.tar").exit_code == 0
    assert with_traces([tmp_path / "backup.tar"]) == []


def test_what_comes_and_goes_during_the_filling_is_in_the_new_index(
    diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = post("消える話。", "gone")
    calls = iter(range(100))
    fill = refilling._fill_from

    def meanwhile(reached: int) -> int | None:
        result = fill(reached)
        if next(calls) == 0:
            withdraw(gone, "gone")
            post("途中の話。")
        return result

    monkeypatch.setattr(refilling, "_fill_from", meanwhile)
    seal()
    assert found("消え") == []
    assert len(found("途中")) == 1


@contextmanager
def during_the_pause(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> Iterator[None]:
    """Do this while a seal writes the files anew; it says that this takes 30 s."""
    compact = compacting.compact
    done: list[bool] = []

    def acting() -> None:
        act()
        done.append(True)
        compact()

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "expected_pause", lambda: 30)
        patch.setattr(sealing, "compact", acting)
        yield
    assert done


def test_posts_fail_at_once_while_writing_pauses(diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def act() -> None:
        with pytest.raises(BusyError) as refused:
            post("待てない話。")
        assert refused.value.retry_after == 30
        page = Client().post("/new", {"do": "publish", "body": "待てない話。"})
        assert page.status_code == 503
        assert page["Retry-After"] == "30"
        assert "待てない話。" in page.content.decode()

    with during_the_pause(monkeypatch, act):
        seal()
    assert len(found(SECRET)) == 0
    post(f"あとの{SECRET}")
    assert len(found(SECRET)) == 1


def test_reading_goes_on_while_writing_pauses(diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public_id = post("読める話。")
    pages: list[int] = []
    with during_the_pause(monkeypatch, lambda: pages.append(Client().get(f"/e/{public_id}").status_code)):
        seal()
    assert pages == [200]


def test_a_reader_without_end_stops_a_seal_and_the_next_one_is_whole(
    diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compacting, "TRY_MILLISECONDS", 20)
    monkeypatch.setattr(nightly, "_not_before", 0.0)
    post("前の話。")
    with closing(sqlite3.connect(diary / "nanashi.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM nanashi_entry").fetchone()
        public_id = post("後の話。")
        with pytest.raises(SealError, match="reads the database without end"):
            nightly.run_if_due()
        assert nightly.is_due()
        nightly.run_if_due()  # it rests, or this would fail again
    assert found("後の話") == [public_id]
    monkeypatch.setattr(nightly, "_not_before", 0.0)
    nightly.run_if_due()
    assert not nightly.is_due()
    assert (diary / "nanashi.sqlite3-wal").stat().st_size == 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)


def test_the_copy_is_on_the_disk_of_the_diary(diary: Path) -> None:
    for number in range(40):
        post(f"長い話{number}。" * 400)
    seen: set[str] = set()

    def look() -> int:
        for descriptor in os.listdir("/proc/self/fd"):
            try:
                seen.add(os.readlink(f"/proc/self/fd/{descriptor}"))
            except FileNotFoundError:
                continue
        return 0

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size=10")
    connection.connection.set_progress_handler(look, 500)
    seal()
    connection.connection.set_progress_handler(None, 0)
    copies = [one for one in seen if "etilqs_" in one]
    assert copies
    assert all(one.startswith(f"{diary}/") for one in copies)


def test_what_is_freed_later_is_overwritten_again(diary: Path) -> None:
    post("話。")
    seal()
    for alias, temporary in (("default", 2), ("accounts", 0)):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
            cursor.execute("PRAGMA temp_store")
            assert cursor.fetchone() == (temporary,)


def test_one_seal_at_a_time(nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SECONDS_FOR_A_LOOK", 0.0)
    post("話。")
    with only_one():
        result = nanashi("seal", "--now")
    assert result.exit_code == 1
    assert "another seal or backup is going on" in result.stderr
    assert nanashi("seal", "--now").exit_code == 0


@pytest.mark.parametrize("cut_at", ["recount", "refill", "compact"])
def test_a_seal_that_is_cut_off_is_due_again(
    diary: Path, monkeypatch: pytest.MonkeyPatch, cut_at: str
) -> None:
    public_id = post("切れた話。")
    step = getattr(sealing, cut_at)

    def cut(*arguments: object) -> None:
        step(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sealing, cut_at, cut)
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert was_cut_off()
    assert nightly.is_due()
    assert found("切れた話") == [public_id]
    seal()
    assert not was_cut_off()
    assert not nightly.is_due()
    assert bigram_index.reached() is None
    assert found("切れた話") == [public_id]


def test_too_little_room_is_said_before_anything_is_done(
    nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post("話。")
    monkeypatch.setattr(sealing, "ROOM", 10**12)
    result = nanashi("seal", "--now")
    assert result.exit_code == 1
    assert "free some disk" in result.stderr
    assert not was_cut_off()


def test_leftovers_of_killed_ones_go_and_those_in_use_stay(diary: Path) -> None:
    left = diary / f"{disk.MADE}left{disk.PARTIAL}"
    left.mkdir()
    (left / "nanashi.sqlite3").write_text(SECRET)
    with disk.making_in(diary.parent) as used:
        disk.remove_leftovers(diary.parent)
        seal()
        assert used.is_dir()
    assert not left.exists()


def test_files_and_rows_say_the_day_alone(diary: Path) -> None:
    post("話。")
    seal()
    midnight = {time.strftime("%H%M%S", time.localtime(file.stat().st_mtime)) for file in diary.rglob("*")}
    assert len(midnight) == 1
    for name in ("nanashi.sqlite3", "accounts.sqlite3"):
        with closing(sqlite3.connect(diary / name)) as database:
            moments = {one[10:] for (one,) in database.execute("SELECT applied FROM django_migrations")}
        assert moments == {" 00:00:00"}
