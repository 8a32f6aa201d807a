"""Copies of a data folder, read as somebody reads them who has the disk and no password."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DIARY, ACCOUNTS = "nanashi.sqlite3", "accounts.sqlite3"
MOMENT = 1 << 33
"""What an entry's key is divided by to get the quarter of an hour that pages show (models/keys.py)."""


@contextmanager
def opened(folder: Path, name: str) -> Iterator[sqlite3.Connection]:
    """A database of this copy with its log, without changing the copy."""
    with tempfile.TemporaryDirectory(prefix="nanashi-image-") as place:
        for file in folder.glob(f"{name}*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, place)
        database = sqlite3.connect(Path(place) / name)
        try:
            yield database
        finally:
            database.close()


def tables(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Name of each table that holds rows of its own -> names of its columns."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    names = [row[0] for row in database.execute(query)]
    return {name: [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')] for name in names}


def account_keys(folder: Path) -> dict[str, int]:
    """Name -> key of each account."""
    with opened(folder, ACCOUNTS) as database:
        return dict(database.execute("SELECT name, key FROM nanashi_account"))


def account_rows(folder: Path) -> dict[int, bytes]:
    """Account's key -> digest of every row in the accounts' file that has that key."""
    found: dict[int, bytes] = {}
    for key, content in account_contents(folder).items():
        found[key] = hashlib.sha256(content).digest()
    return found


def account_contents(folder: Path, name: str = ACCOUNTS) -> dict[int, bytes]:
    """Account's key -> all that stands in rows with that key, in one of the files."""
    with reading(folder, ACCOUNTS) as accounts:
        found = {row[0]: b"" for row in accounts.execute("SELECT key FROM nanashi_account")}
    with reading(folder, name) as database:
        gather(database, found)
    return found


def gather(database: sqlite3.Connection, found: dict[int, bytes]) -> None:
    """Add to each account's bytes the rows of this database that have its key."""
    for table in tables(database).keys() - {"django_migrations", "sqlite_sequence"}:
        for row in database.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                if isinstance(value, int) and value in found:
                    found[value] += b"|".join(
                        one if isinstance(one, bytes) else str(one).encode() for one in row
                    )
                    break


@contextmanager
def reading(folder: Path, name: str) -> Iterator[sqlite3.Connection]:
    """A database where it is, also while somebody writes it."""
    database = sqlite3.connect(f"file:{folder / name}?mode=ro", uri=True, timeout=10)
    try:
        yield database
    finally:
        database.close()


def changed(before: dict[int, bytes], after: dict[int, bytes]) -> set[int]:
    """Accounts that were there before and are not the same."""
    return {key for key, digest in after.items() if key in before and before[key] != digest}


def entry_moments(folder: Path) -> dict[str, int]:
    """Public id -> the quarter of an hour that everybody sees."""
    with opened(folder, DIARY) as database:
        rows = database.execute("SELECT public_id, key FROM nanashi_entry")
        return {public_id: key // MOMENT for public_id, key in rows}


def everything(folder: Path) -> bytes:
    """All bytes of all files of a copy."""
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
