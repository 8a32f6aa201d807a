"""Before a command touches the diary: its two databases, entries and accounts, are there and of this version."""

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError, connection, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from nanashi.accounts.router import ACCOUNTS
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _

APP = "nanashi"
FILE_MODE = 0o600
FOLDER_MODE = 0o700
"""Nobody but the operator's account reads the data folder."""


@contextmanager
def open_database(*, create: bool = True) -> Iterator[bool]:
    """Bring both databases to this version; gives whether the diary has just been created.

    A database of an older version is copied to the backups first, unless nothing in it is changed. With `create`
    off nothing is written: where there is no database an empty one in memory stands in for it, and an older one is
    an error. Faults of the databases and the disk become DiaryError, inside the block too.
    """
    files = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    file = files[connection.alias]
    try:
        created = _prepare() if create else _prepare_reading()
        with connection.cursor() as cursor:
            # Mapped, as the server has it, all of the file that a command reads would count as its memory.
            cursor.execute("PRAGMA mmap_size=0")
        yield created
    except DatabaseError as error:
        message = _("the database %s: %s; `nanashi check` says more")
        raise DiaryError(message % (file, error)) from error
    except BrokenProcessPool as error:
        message = _(
            "a process that renders entries was ended from outside; free some memory, run the same again"
        )
        raise DiaryError(message) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DiaryError(str(error)) from error
    finally:
        for alias, name in files.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


def _prepare() -> bool:
    """Create or migrate; one process at a time. Returns whether the diary is new."""
    folder = database_file().parent
    if not folder.is_dir():
        folder.mkdir(FOLDER_MODE, parents=True)
    with _only_one(folder):
        # The accounts first: the sample diary is loaded where the diary is new, and then all must be there.
        _create_or_migrate(connections[ACCOUNTS])
        return _create_or_migrate(connection)


def _create_or_migrate(database: BaseDatabaseWrapper) -> bool:
    """Bring one database to this version; returns whether it is new."""
    applied, wanted = applied_migrations(database), own_migrations()
    _refuse_newer(applied, wanted)
    if not applied:
        _migrate(database)
        _close_to_others(database)
        return True
    missing = set(wanted) - set(applied)
    if missing and _is_changed_by(missing, database):
        _say_and_migrate(database, applied)
    elif missing:
        _migrate(database)
    return False


def _is_changed_by(migrations: set[str], database: BaseDatabaseWrapper) -> bool:
    """Whether any of these does something to a table of this database; all are recorded in both."""
    every = MigrationLoader(None).disk_migrations
    operations = [one for name in migrations for one in every[APP, name].operations]
    return any(_is_done_in(database.alias, one) for one in operations)


def _is_done_in(alias: str, operation: Operation) -> bool:
    """Whether the router lets this operation do anything there."""
    if isinstance(operation, SeparateDatabaseAndState):
        return any(_is_done_in(alias, one) for one in operation.database_operations)
    names = (getattr(operation, name, "") for name in ("model_name", "name", "old_name"))
    model = next((name.lower() for name in names if name), None)
    return bool(router.allow_migrate(alias, APP, model_name=model, **getattr(operation, "hints", {})))


def _prepare_reading() -> bool:
    _prepare_reading_of(connections[ACCOUNTS])
    return _prepare_reading_of(connection)


def _prepare_reading_of(database: BaseDatabaseWrapper) -> bool:
    file = Path(database.settings_dict["NAME"])
    if not file.exists() or file.stat().st_size == 0:
        database.settings_dict["NAME"] = ":memory:"
        _migrate(database)
        return True
    applied, wanted = applied_migrations(database), own_migrations()
    _refuse_newer(applied, wanted)
    if set(wanted) - set(applied):
        raise DiaryError(_("the database is of an older version; run this once without --dry-run"))
    return False


def database_file() -> Path:
    """The file of the diary."""
    return Path(connection.settings_dict["NAME"])


def applied_migrations(database: BaseDatabaseWrapper | None = None) -> list[str]:
    """Names of this project's migrations that a database, or the diary, has had, in order."""
    recorder = MigrationRecorder(connection if database is None else database)
    return sorted(name for app, name in recorder.applied_migrations() if app == APP)


def own_migrations() -> list[str]:
    """Names of this project's migrations that this version brings, in order."""
    return sorted(name for app, name in MigrationLoader(None).disk_migrations if app == APP)


def _refuse_newer(applied: list[str], wanted: list[str]) -> None:
    newer = [name for name in applied if name not in wanted]
    if newer:
        message = _("the database is of a newer version (%s); install that version, or restore a backup")
        raise DiaryError(message % newer[-1])


def _say_and_migrate(database: BaseDatabaseWrapper, applied: list[str]) -> None:
    backup = _back_up(database, applied[-1])
    click.echo(_("The database is of an older version; it was copied to %s") % backup, err=True)
    _migrate(database)
    click.echo(_("The database is now of this version (%s).") % own_migrations()[-1], err=True)


def _back_up(database: BaseDatabaseWrapper, migration: str) -> Path:
    """Copy a database, whole and compact, under its name and that of the migration that it has reached."""
    settings.BACKUPS.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    stem = f"{Path(database.settings_dict['NAME']).stem}-before-migration-from-{migration}"
    number = 1
    while (file := settings.BACKUPS / f"{stem}-{number}.sqlite3").exists():
        number += 1
    partial = file.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with database.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(partial)])
    partial.rename(file)
    return file


def _migrate(database: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(database)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _close_to_others(database: BaseDatabaseWrapper) -> None:
    """The folder is closed already; a file that is copied elsewhere keeps its own rights."""
    Path(database.settings_dict["NAME"]).chmod(FILE_MODE)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Let one process at a time create or migrate: the others wait for the lock on the folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
