"""Seals beside other processes: one that is killed anywhere, and one while somebody else posts."""

import multiprocessing
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.models.turns import BusyError
from nanashi.sealing import nightly, refilling
from nanashi.sealing.one_at_a_time import PENDING, was_cut_off
from nanashi.sealing.seal import seal
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish_many
from tests.sealing.conftest import DAY, found, post, withdraw

Start = Callable[..., subprocess.Popen[str]]
LONGEST = 60.0
WORDS = ("研究", "京都", "大学", "音楽", "映画", "料理", "散歩", "電車")
ENTRIES, KILLS, SEALS = 900, 5, 4
FORK = multiprocessing.get_context("fork")


def until(there: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + LONGEST
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture
def full(diary: Path, environment: dict[str, str]) -> Path:
    """A diary of some batches of entries, on which processes of their own work too."""
    environment["NANASHI_DATA"] = str(diary)
    chance = random.Random(2)
    drafts = [Draft("。".join(chance.choices(WORDS, k=20)) * 8, DAY) for _ in range(ENTRIES)]
    with renderer(1) as rendering:
        list(publish_many(drafts, rendering))
    return diary


def answers() -> dict[str, int]:
    """What search says of each word, and what is so."""
    said = {word: len(found(word)) for word in WORDS}
    assert said == {word: Entry.objects.filter(source_text__contains=word).count() for word in WORDS}
    return said


def begun(start: Start, folder: Path) -> subprocess.Popen[str]:
    """A seal in a process of its own, from the moment on when its mark is there."""
    process = start("seal", "--now")
    until((folder / PENDING).exists)
    return process


def test_a_seal_that_is_killed_anywhere_loses_nothing(full: Path, start: Start) -> None:
    before = answers()
    whole = begun(start, full)
    began = time.monotonic()
    until(lambda: not (full / PENDING).exists())
    takes = time.monotonic() - began
    assert whole.wait() == 0
    chance = random.Random()
    killed = 0
    for number in range(KILLS):
        process = begun(start, full)
        time.sleep(chance.uniform(0, takes) if number else 0)
        process.kill()
        killed += process.wait() == -signal.SIGKILL and was_cut_off()
        for name in ("nanashi.sqlite3", "accounts.sqlite3"):
            with closing(sqlite3.connect(full / name)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert answers() == before
        name = f"between {number}"
        public_id = post(f"𓂀{number}", name)
        assert found(f"𓂀{number}") == [public_id]
        withdraw(public_id, name)
    assert killed
    connections.close_all()
    assert start("seal", "--now").wait() == 0
    assert not was_cut_off()
    assert answers() == before
    assert not any("𓂀".encode() in file.read_bytes() for file in full.glob("*.sqlite3*"))


def _post_until(folder: Path, acknowledged: Path, ended: Path) -> None:
    """In a process of its own: post, and note each entry that is committed; what is refused is sent again."""
    connection.connection = None
    connection.settings_dict["NAME"] = folder / "nanashi.sqlite3"
    number = 0
    with acknowledged.open("a", encoding="utf-8") as noted:
        while not ended.exists():
            try:
                public_id = post(f"第{number:05}話。研究の日。")
            except BusyError:
                continue
            noted.write(f"第{number:05}話 {public_id}\n")
            noted.flush()
            number += 1
    connection.close()


def test_every_entry_that_comes_during_seals_is_found(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refilling, "MOST_ENTRIES", 60)  # so that posts come in between many batches
    acknowledged, ended = tmp_path / "acknowledged", tmp_path / "ended"
    connections.close_all()
    poster = FORK.Process(target=_post_until, args=(full, acknowledged, ended))
    poster.start()
    try:
        until(lambda: acknowledged.exists() and acknowledged.stat().st_size > 0)
        during = []
        for _ in range(SEALS):
            before = acknowledged.stat().st_size
            seal()
            during.append(acknowledged.stat().st_size - before)
    finally:
        ended.touch()
        poster.join(LONGEST)
    assert poster.exitcode == 0
    assert any(during), "nobody posted while a seal went on"
    lines = [line.split() for line in acknowledged.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if found(line[0]) != [line[1]]] == []
    assert Entry.objects.count() == ENTRIES + len(lines)


def test_the_worker_makes_up_for_nights_that_were_missed(full: Path, start: Start) -> None:
    assert nightly.is_due()
    start("worker")
    until(lambda: nightly.last_seal() is not None and not (full / PENDING).exists())
    assert not nightly.is_due()
    assert len(found("研究")) > 0
