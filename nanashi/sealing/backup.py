"""Backups: sealed copies of both databases in one file, and back.

Never a log of transactions: whoever has it can see who wrote when (docs/backups.md). A copy has its search index made
anew, so no gram of a withdrawn text is in it, and says of its own time no more than the day. Equal diaries give equal
files. Keys of sessions are not in it: they are on no disk.
"""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.models import bigram_index
from nanashi.sealing.errors import SealError
from nanashi.text.grams import grams_of

DIARY, ACCOUNTS, MANIFEST = "nanashi.sqlite3", "accounts.sqlite3", "manifest.json"
FILES = {DIARY: "default", ACCOUNTS: "accounts"}
FORMAT = 1
MODE = 0o600
FOLDER_MODE = 0o700


def back_up(file: Path) -> None:
    """Write a sealed copy; at any moment the old file is there whole, or the new one."""
    with tempfile.TemporaryDirectory(prefix=".nanashi-backup-", dir=file.parent) as folder:
        place = Path(folder)
        for name, alias in FILES.items():
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(place / name)])
        _seal_copy(place / DIARY)
        partial = place / "backup.tar"
        _pack(partial, place)
        partial.replace(file)


def restore(file: Path, folder: Path) -> None:
    """Put a backup into a data folder that has no diary. Raises SealError."""
    taken = [name for name in FILES if (folder / name).exists()]
    if taken:
        raise SealError(_("%s has a diary already; name an empty folder by NANASHI_DATA") % folder)
    folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".nanashi-restore-", dir=folder) as place:
        _unpack(file, Path(place))
        for name in FILES:
            _check(Path(place) / name)
        for name in FILES:
            (Path(place) / name).replace(folder / name)


def _seal_copy(file: Path) -> None:
    """Make the copy's search index anew, in the order of keys, and the file compact."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("BEGIN")
        database.execute(bigram_index.DROP)
        database.execute("DROP TABLE IF EXISTS nanashi_bigrams_second")
        database.execute(f"DROP TABLE IF EXISTS {bigram_index.REACHED}")
        database.execute(bigram_index.CREATE)
        database.executemany("INSERT INTO nanashi_bigrams(rowid, grams) VALUES (?, ?)", _rows(database))
        database.execute("INSERT INTO nanashi_bigrams(nanashi_bigrams) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("VACUUM")


def _rows(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for key, title, source in database.execute(
        "SELECT key, title, source_text FROM nanashi_entry ORDER BY key"
    ):
        yield key, grams_of(title, source)


def _pack(partial: Path, place: Path) -> None:
    manifest = {"format": FORMAT, "day": timezone.localdate().isoformat()}
    with open(partial, "xb", opener=lambda path, flags: os.open(path, flags, MODE)) as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, MANIFEST, io.BytesIO(json.dumps(manifest).encode()))
            for name in FILES:
                with (place / name).open("rb") as copy:
                    _add(tar, name, copy)
        raw.flush()
        os.fsync(raw.fileno())


def _add(tar: tarfile.TarFile, name: str, content: io.BufferedIOBase) -> None:
    """One member without times or owners."""
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = MODE
    content.seek(0)
    tar.addfile(member, content)


def _unpack(file: Path, place: Path) -> None:
    try:
        with tarfile.open(file, "r:") as tar:
            for name in (MANIFEST, *FILES):
                tar.extract(name, place, filter="data")
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise SealError(_("%s is no whole backup of a diary; choose another file") % file) from error
    if manifest.get("format") != FORMAT:
        raise SealError(_("%s was made by another version; restore it with that one") % file)


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise SealError(_("%s in the backup is damaged; choose another file") % file.name)
