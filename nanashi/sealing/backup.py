"""Backups: sealed copies of both databases in one file.

Never a log of transactions: whoever has it can see who wrote when (docs/backups.md). A copy has its search index made
anew, so no gram of a withdrawn text is in it, and says of its own time no more than the day. Equal diaries give equal
files. Keys of sessions are not in it: they are on no disk.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connections
from django.utils import timezone

from nanashi.models import bigram_index
from nanashi.models.file_times import blur_time
from nanashi.models.turns import UNHURRIED
from nanashi.sealing.compacting import DAY_ALONE
from nanashi.sealing.disk import ROOM, check_room, database_files, making_in, settle, size
from nanashi.sealing.one_at_a_time import only_one
from nanashi.text.grams import grams_of

DIARY, ACCOUNTS, MANIFEST = "nanashi.sqlite3", "accounts.sqlite3", "manifest.json"
FILES = {ACCOUNTS: "accounts", DIARY: "default"}
"""What a backup holds, in the order in which it is put back: where there is a diary, its accounts are there."""
FORMAT = 2
"""Of the tar; 2 has a hash of each file."""
MODE = 0o600
SAME_NUMBER = "PRAGMA schema_version=1"
"""SQLite counts changes of the tables, and each seal makes some; nobody else has the copy open that would miss one."""


def back_up(file: Path) -> None:
    """Write a sealed copy; at any moment the old file is there whole, or the new one.

    Raises SealError where the disk has too little room or a seal goes on for more than UNHURRIED seconds.
    """
    with only_one(UNHURRIED), making_in(file.parent) as place:
        check_room(place, ROOM * size(database_files()))
        for name, alias in FILES.items():
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(place / f"first-{name}")])
            _seal_copy(place / f"first-{name}", place / name)
            (place / f"first-{name}").unlink()
        partial = place / "backup.tar"
        _pack(partial, place)
        blur_time(partial)
        partial.replace(file)
    settle(file.parent)


def _seal_copy(copy: Path, sealed: Path) -> None:
    """Make the copy's search index anew, in the order of keys, and write it compact to another file."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("BEGIN")
        database.execute(DAY_ALONE)
        if _has_index(database):
            _index_anew(database)
        database.execute("COMMIT")
        database.execute(SAME_NUMBER)
        database.execute("VACUUM INTO ?", [str(sealed)])


def _has_index(database: sqlite3.Connection) -> bool:
    found = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'nanashi_bigrams'").fetchone()
    return found is not None


def _index_anew(database: sqlite3.Connection) -> None:
    database.execute(bigram_index.DROP)
    database.execute("DROP TABLE IF EXISTS nanashi_bigrams_second")
    database.execute(f"DROP TABLE IF EXISTS {bigram_index.REACHED}")
    database.execute(bigram_index.CREATE)
    database.executemany("INSERT INTO nanashi_bigrams(rowid, grams) VALUES (?, ?)", _rows(database))
    database.execute("INSERT INTO nanashi_bigrams(nanashi_bigrams) VALUES ('optimize')")


def _rows(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for key, title, source in database.execute(
        "SELECT key, title, source_text FROM nanashi_entry ORDER BY key"
    ):
        yield key, grams_of(title, source)


def hash_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _pack(partial: Path, place: Path) -> None:
    hashes = {name: hash_of(place / name) for name in FILES}
    manifest = {"format": FORMAT, "day": timezone.localdate().isoformat(), "sha256": hashes}
    with open(partial, "xb", opener=lambda path, flags: os.open(path, flags, MODE)) as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, MANIFEST, io.BytesIO(json.dumps(manifest).encode()))
            for name in FILES:
                with (place / name).open("rb") as copy:
                    _add(tar, name, copy)
                (place / name).unlink()
        raw.flush()
        os.fsync(raw.fileno())


def _add(tar: tarfile.TarFile, name: str, content: io.BufferedIOBase) -> None:
    """One member without times or owners."""
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = MODE
    content.seek(0)
    tar.addfile(member, content)
