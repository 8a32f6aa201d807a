"""Writers queue: one at a time, in their order, and nobody waits without a bound."""

import multiprocessing
import sqlite3
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from django.db import connection

from nanashi.models.turns import BusyError, alone, others_wait, turn

WRITERS, ROUNDS = 4, 15


def _connect(file: str) -> None:
    """In a process of its own: the connection that was inherited is left alone."""
    connection.connection = None
    connection.settings_dict["NAME"] = file


def _count(file: str) -> None:
    _connect(file)
    for _ in range(ROUNDS):
        with turn(60), connection.cursor() as cursor:
            cursor.execute("SELECT at FROM tally")
            (at,) = cursor.fetchone()
            cursor.execute("UPDATE tally SET at = %s", [at + 1])
    connection.close()


def _hold(file: str, holding: Event, release: Event) -> None:
    _connect(file)
    with alone(60):
        holding.set()
        release.wait(60)


def _write_name(file: str, name: str) -> None:
    _connect(file)
    with turn(60), connection.cursor() as cursor:
        cursor.execute("INSERT INTO arrival (name) VALUES (%s)", [name])
    connection.close()


@pytest.fixture
def file(diary: Path) -> str:
    name = str(connection.settings_dict["NAME"])
    with sqlite3.connect(name) as database:
        database.executescript(
            "CREATE TABLE tally (at INTEGER); INSERT INTO tally VALUES (0); CREATE TABLE arrival (name TEXT);"
        )
    return name


FORK = multiprocessing.get_context("fork")


def _start(target: object, *arguments: object) -> multiprocessing.process.BaseProcess:
    connection.close()
    process = FORK.Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    return process


def test_several_processes_lose_nothing(file: str) -> None:
    writers = [_start(_count, file) for _ in range(WRITERS)]
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert sqlite3.connect(file).execute("SELECT at FROM tally").fetchone() == (WRITERS * ROUNDS,)


def test_they_come_in_order(file: str) -> None:
    holding, release = FORK.Event(), FORK.Event()
    holder = _start(_hold, file, holding, release)
    holding.wait(60)
    first = _start(_write_name, file, "first")
    while not others_wait():
        time.sleep(0.01)
    second = _start(_write_name, file, "second")
    release.set()
    for one in (holder, first, second):
        one.join()
    rows = sqlite3.connect(file).execute("SELECT name FROM arrival ORDER BY rowid").fetchall()
    assert rows == [("first",), ("second",)]


def test_a_wait_is_bounded_and_says_when_to_come_again(file: str) -> None:
    holding, release = FORK.Event(), FORK.Event()
    holder = _start(_hold, file, holding, release)
    holding.wait(60)
    with pytest.raises(BusyError) as refused, turn(0.05):
        raise AssertionError("two writers at once")
    assert refused.value.retry_after >= 1
    release.set()
    holder.join()
    with turn(5):
        assert connection.in_atomic_block


def test_a_turn_within_a_turn_is_part_of_it(file: str) -> None:
    def fails_after_the_inner_one() -> None:
        with turn():
            with turn(), connection.cursor() as cursor:
                cursor.execute("UPDATE tally SET at = 7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after_the_inner_one()
    assert sqlite3.connect(file).execute("SELECT at FROM tally").fetchone() == (0,)
