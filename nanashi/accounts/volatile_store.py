"""Where the volatile things are: one small SQLite file on tmpfs, which all processes of a diary share.

It is gone with the next start of the machine. Where there is no tmpfs, each process keeps its own in memory, and a
sign-in or sign-out holds in that process alone: `nanashi check` says so, and several workers are refused.
"""

import hashlib
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

TMPFS = Path("/dev/shm")  # noqa: S108 - memory, not a disk
FILE_NAME = "volatile.sqlite3"
FOLDER_MODE = 0o700
BUSY_SECONDS = 5.0
TABLES = """
PRAGMA synchronous=OFF;
PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS day_key (day INTEGER PRIMARY KEY, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS remembered
    (name BLOB PRIMARY KEY, value BLOB NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bucket
    (name BLOB PRIMARY KEY, level REAL NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
"""
"""Nothing is synced, since a power cut takes all of it anyway; the journal is an ordinary one, as a process can be
killed in the middle of a write while the file lives on."""

_own = threading.local()
_in_memory: dict[str, sqlite3.Connection] = {}
_memory_lock = threading.RLock()


class UnsafeFolderError(Exception):
    """Somebody else made the folder on tmpfs, or can read it."""


def folder() -> Path | None:
    """This diary's folder on tmpfs; None without tmpfs."""
    return _folder_of(settings.NANASHI_DATA)


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """The store, to look something up in. Raises UnsafeFolderError where others could read it."""
    place = folder()
    if place is None:
        with _memory_lock:
            yield _memory()
    else:
        yield _file(place)


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """The store, within one transaction; inside another it is that one."""
    with reading() as database:
        if database.in_transaction:
            yield database
            return
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


def forget_everything() -> None:
    """Remove all that is kept: everybody is signed out."""
    forget_diary(settings.NANASHI_DATA)


def forget_diary(data: Path) -> None:
    """Remove all that is kept for the diary in this data folder; it need not be there any more."""
    _in_memory.pop(_name(data), None)
    place = _folder_of(data)
    if place is not None and place.is_dir():
        for file in place.iterdir():
            file.unlink(missing_ok=True)
        place.rmdir()


def _folder_of(data: Path) -> Path | None:
    return TMPFS / _name(data) if os.access(TMPFS, os.W_OK | os.X_OK) else None


def _name(data: Path) -> str:
    digest = hashlib.sha256(str(data).encode()).hexdigest()
    return f"nanashi-{os.getuid()}-{digest[:16]}"


def _memory() -> sqlite3.Connection:
    name = _name(settings.NANASHI_DATA)
    if name not in _in_memory:
        _in_memory[name] = _connected(":memory:")
    return _in_memory[name]


def _file(place: Path) -> sqlite3.Connection:
    """This thread's connection; a new one where the file is another than before."""
    file = place / FILE_NAME
    known: tuple[Path, int, sqlite3.Connection] | None = getattr(_own, "known", None)
    try:
        if known is not None and known[:2] == (file, file.stat().st_ino):
            return known[2]
    except FileNotFoundError:
        pass
    _make_folder(place)
    database = _opened(file)
    _own.known = (file, file.stat().st_ino, database)
    return database


def _make_folder(place: Path) -> None:
    place.mkdir(FOLDER_MODE, exist_ok=True)
    found = place.lstat()
    safe = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not safe or stat.S_IMODE(found.st_mode) != FOLDER_MODE:
        raise UnsafeFolderError(place)


def _opened(file: Path) -> sqlite3.Connection:
    """The file, made anew where what is there is no database any more."""
    try:
        return _connected(str(file))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        return _connected(str(file))


def _connected(name: str) -> sqlite3.Connection:
    # Those in memory are used by one thread after another, under the lock above.
    database = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=name != ":memory:"
    )
    database.executescript(TABLES)
    return database
