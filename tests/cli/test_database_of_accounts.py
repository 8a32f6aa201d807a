"""The accounts' own database: made, backed up and migrated beside the diary."""

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest
from click.testing import Result
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import (
    AddField,
    DeleteModel,
    RenameModel,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation

from nanashi.cli.database import _is_done_in, applied_migrations, own_migrations

Run = Callable[..., Result]


def test_it_is_made_for_nobody_else(start: Callable[..., Popen[str]], environment: dict[str, str]) -> None:
    assert start("export", "-").wait() == 0
    file = Path(environment["NANASHI_DATA"]) / "accounts.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT count(*) FROM nanashi_account").fetchone() == (0,)


def test_an_older_one_is_backed_up_then_migrated(diary: Path, nanashi: Run) -> None:
    MigrationExecutor(connections["accounts"]).migrate([("nanashi", "0002_bigram_index")])
    result = nanashi("export", "-")
    (backup,) = (diary / "backups").iterdir()
    assert backup.name == "accounts-before-migration-from-0002_bigram_index-1.sqlite3"
    assert str(backup) in result.stderr
    with connections["accounts"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM nanashi_account")
        assert cursor.fetchone() == (0,)


def test_no_copy_is_made_where_nothing_of_it_changes(diary: Path, nanashi: Run) -> None:
    """A copy would keep what a password was before it is changed the next time."""
    before = (diary / "accounts.sqlite3").read_bytes()
    MigrationExecutor(connections["accounts"]).migrate([("nanashi", "0003_writing")])
    connections["accounts"].close()
    assert (diary / "accounts.sqlite3").read_bytes() != before
    result = nanashi("export", "-")
    assert (result.exit_code, result.stderr) == (0, "0 entries written\n")
    assert not (diary / "backups").exists()
    assert applied_migrations(connections["accounts"]) == own_migrations()


@pytest.mark.parametrize(
    ("operation", "touched"),
    [
        (AddField("Account", "x", models.IntegerField(null=True)), "accounts"),
        (AddField("entry", "x", models.IntegerField(null=True)), "default"),
        (RenameModel("Account", "Person"), "accounts"),
        (RunSQL("SELECT 1"), "default"),
        (SeparateDatabaseAndState([RunSQL("SELECT 1")], [DeleteModel("Account")]), "default"),
        (SeparateDatabaseAndState([DeleteModel("Account")], []), "accounts"),
    ],
)
def test_it_is_copied_for_what_is_done_to_it(operation: Operation, touched: str) -> None:
    assert [alias for alias in ("default", "accounts") if _is_done_in(alias, operation)] == [touched]


def test_a_diary_without_one_gets_one(diary: Path, nanashi: Run) -> None:
    (diary / "accounts.sqlite3").unlink()
    assert nanashi("export", "-").exit_code == 0
    assert (diary / "accounts.sqlite3").stat().st_size > 0


def test_a_damaged_one_is_named_by_check(diary: Path, nanashi: Run) -> None:
    (diary / "accounts.sqlite3").write_bytes(b"this is no database at all" * 100)
    result = nanashi("check")
    assert result.exit_code == 1
    assert str(diary / "accounts.sqlite3") in result.stdout


def test_check_reports_cookies_over_plain_http(diary: Path, nanashi: Run, settings) -> None:  # noqa: ANN001
    assert "NANASHI_INSECURE_COOKIE" not in nanashi("check").stdout
    settings.INSECURE_COOKIE = True
    assert "NANASHI_INSECURE_COOKIE is on" in nanashi("check").stdout
