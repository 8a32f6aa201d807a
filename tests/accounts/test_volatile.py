"""What is remembered in memory alone: by all processes, for a while, under keys that go."""

import contextlib
import os
import sqlite3
import stat
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nanashi.accounts import volatile, volatile_store
from tests.accounts.conftest import Later

pytestmark = pytest.mark.usefixtures("diary")


@pytest.fixture(params=["tmpfs", "memory"], autouse=True)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With /dev/shm, and without."""
    if request.param == "memory":
        monkeypatch.setattr(volatile_store, "TMPFS", Path("/nowhere"))
    return str(request.param)


def test_a_token_is_claimed_once(later: Later) -> None:
    assert volatile.token_value("a") is None
    assert volatile.claim_token("a", 60)
    assert not volatile.claim_token("a", 60)
    assert volatile.token_value("a") == ""
    volatile.remember_token("a", "20260611-k7m2xq", 60)
    assert volatile.token_value("a") == "20260611-k7m2xq"
    with later(seconds=61):
        assert volatile.token_value("a") is None
        assert volatile.claim_token("a", 60)
    volatile.forget_token("a")
    assert volatile.token_value("a") is None


def test_of_many_at_once_one_gets_it() -> None:
    got: list[bool] = []
    threads = [threading.Thread(target=lambda: got.append(volatile.claim_token("a", 60))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


def test_a_rate_lets_some_through_then_one_at_a_time(later: Later) -> None:
    waits = [volatile.spend("sign-in to", "198.51.100.1 ann") for _ in range(8)]
    assert [wait > 0 for wait in waits] == [False] * 6 + [True] * 2
    assert all(0 < wait <= 60 for wait in waits[6:])
    assert volatile.spend("sign-in to", "198.51.100.2 ann") == 0
    with later(seconds=61):
        assert volatile.spend("sign-in to", "198.51.100.1 ann") == 0
        assert volatile.spend("sign-in to", "198.51.100.1 ann") > 0


def test_the_day_key_changes_daily_and_yesterdays_is_kept(later: Later) -> None:
    today = volatile.day_key()
    assert volatile.day_key() == today
    assert volatile.earlier_keys() == []
    with later(days=1):
        tomorrow = volatile.day_key()
        assert tomorrow != today
        assert volatile.earlier_keys() == [today]
    with later(days=2):
        assert volatile.day_key() not in (today, tomorrow)
        assert volatile.earlier_keys() == [tomorrow]
        with volatile_store.reading() as database:
            kept = {bytes(key) for (key,) in database.execute("SELECT key FROM day_key")}
        assert today not in kept


@pytest.mark.parametrize(
    ("time", "hours"),
    [("2026-03-29T01:30", 45.5), ("2026-10-25T01:30", 47.5), ("2026-06-01T00:00", 48)],
    ids=["clocks go forward", "clocks go back", "an ordinary day"],
)
def test_marks_are_kept_as_long_as_cookies_count(
    monkeypatch: pytest.MonkeyPatch, time: str, hours: float
) -> None:
    """Two calendar days of the diary's zone, whatever its clocks do in them."""
    now = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr("django.utils.timezone.localtime", lambda: now)
    assert volatile.seconds_kept() == hours * 3_600


def test_what_was_kept_is_not_in_the_file_in_the_clear(place: str) -> None:
    volatile.remember_token("a token of a form", "x", 60)
    volatile.spend("post from", "198.51.100.1")
    with volatile_store.reading() as database:
        image = "\n".join(database.iterdump()).encode()
    assert b"198.51.100.1" not in image
    assert b"a token of a form" not in image


def test_an_unknown_kind_of_rate_is_an_error() -> None:
    with pytest.raises(KeyError):
        volatile.spend("no such kind", "x")


def test_a_transaction_that_fails_leaves_nothing() -> None:
    with contextlib.suppress(ZeroDivisionError), volatile_store.writing():
        volatile.remember_token("a", "b", 60)
        raise ZeroDivisionError
    assert volatile.token_value("a") is None


def test_the_folder_is_closed_to_others_and_a_strangers_is_refused(place: str) -> None:
    if place == "memory":
        assert volatile_store.folder() is None
        return
    volatile.day_key()
    folder = volatile_store.folder()
    assert folder is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    volatile_store.forget_everything()
    folder.mkdir(0o777)
    os.chmod(folder, 0o755)
    with pytest.raises(volatile_store.UnsafeFolderError):
        volatile.day_key()


def test_a_damaged_file_is_made_anew(place: str) -> None:
    volatile.remember_token("a", "b", 60)
    folder = volatile_store.folder()
    if folder is None:
        return
    volatile_store.forget_everything()
    folder.mkdir(0o700)
    (folder / volatile_store.FILE_NAME).write_bytes(b"no database at all" * 500)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(folder / volatile_store.FILE_NAME).execute("SELECT * FROM bucket")
    assert volatile.token_value("a") is None
    assert volatile.claim_token("a", 60)
