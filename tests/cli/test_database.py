"""The database before a command touches it: made, backed up and migrated, or refused."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest
from click.testing import Result
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nanashi.cli.database import own_migrations
from nanashi.models import Entry, bigram_index

Run = Callable[..., Result]
FIRST = "0001_tables"
LINE = '{"date": "2024-06-06", "body": "雨が降っている。"}'


@pytest.fixture
def older(diary: Path, nanashi: Run) -> Path:
    """A diary with an entry whose database stands at the first migration."""
    nanashi("import", "-", given=LINE)
    MigrationExecutor(connection).migrate([("nanashi", FIRST)])
    connection.close()
    return diary


def applied() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'nanashi' ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def test_the_folder_and_the_database_are_made_for_nobody_else(
    start: Callable[..., Popen[str]], environment: dict[str, str]
) -> None:
    assert start("export", "-").wait() == 0
    folder = Path(environment["NANASHI_DATA"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "nanashi.sqlite3").stat().st_size > 0


def test_an_older_database_is_backed_up_then_migrated_and_both_are_said(older: Path, nanashi: Run) -> None:
    result = nanashi("export", "-")
    (backup,) = (older / "backups").iterdir()
    assert FIRST in backup.name
    assert str(backup) in result.stderr
    assert own_migrations()[-1] in result.stderr
    assert "雨が降っている。" in result.stdout
    assert applied() == own_migrations()
    with sqlite3.connect(backup) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        assert copy.execute("SELECT source_text FROM nanashi_entry").fetchall() == [("雨が降っている。",)]
    assert "nanashi_bigrams" not in tables
    assert "copied" not in nanashi("export", "-").stderr


def test_a_backup_never_takes_the_place_of_another(older: Path, nanashi: Run) -> None:
    before = shutil.copy(older / "nanashi.sqlite3", older / "before")
    nanashi("export", "-")
    connection.close()
    shutil.copy(before, older / "nanashi.sqlite3")
    nanashi("export", "-")
    assert len(list((older / "backups").iterdir())) == 2


def test_a_dry_run_leaves_an_older_database_as_it_is(older: Path, nanashi: Run) -> None:
    before = (older / "nanashi.sqlite3").read_bytes()
    result = nanashi("import", "--dry-run", "-", given=LINE)
    assert result.exit_code == 1
    assert "without --dry-run" in result.stderr
    assert (older / "nanashi.sqlite3").read_bytes() == before
    assert not (older / "backups").exists()


def test_a_newer_database_is_refused(diary: Path, nanashi: Run) -> None:
    with connection.cursor() as cursor:
        columns = "('nanashi', '9999_later', '2030-01-01')"
        cursor.execute(f"INSERT INTO django_migrations (app, name, applied) VALUES {columns}")
    for arguments in (["export", "-"], ["import", "--dry-run", "-"]):
        result = nanashi(*arguments)
        assert result.exit_code == 1
        assert "newer version (9999_later)" in result.stderr


def test_a_file_that_is_no_database_is_named(diary: Path, nanashi: Run) -> None:
    (diary / "nanashi.sqlite3").write_bytes(b"this is no database at all" * 100)
    result = nanashi("export", "-")
    assert result.exit_code == 1
    assert str(diary / "nanashi.sqlite3") in result.stderr


@pytest.fixture
def cut_off(diary: Path) -> None:
    """A database whose making was cut off after its first table."""
    (diary / "nanashi.sqlite3").unlink()
    with sqlite3.connect(diary / "nanashi.sqlite3") as database:
        database.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)"
        )


@pytest.mark.usefixtures("cut_off")
def test_a_database_whose_making_was_cut_off_is_made(diary: Path, nanashi: Run) -> None:
    assert nanashi("import", "-", given=LINE).exit_code == 0
    assert not (diary / "backups").exists()
    (key,) = bigram_index.candidates(["降って"])
    assert Entry.objects.get().key == key


def test_two_commands_can_make_the_database_at_once(
    start: Callable[..., Popen[str]], environment: dict[str, str]
) -> None:
    processes = [start("export", "-") for _ in range(3)]
    outcomes = [(process.communicate()[1], process.returncode) for process in processes]
    assert outcomes == [("0 entries written\n", 0)] * 3
