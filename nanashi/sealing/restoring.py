"""A backup becomes a diary again, in a folder that has none; nothing is moved there before all of it is checked."""

import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from nanashi.sealing.backup import FILES, FORMAT, MANIFEST, hash_of
from nanashi.sealing.disk import check_room, making_in, settle
from nanashi.sealing.errors import SealError

FOLDER_MODE = 0o700
LARGEST_MANIFEST = 100_000
"""Bytes; ours has some hundreds."""
APPLIED = "SELECT name FROM django_migrations WHERE app = 'nanashi'"


def restore(file: Path, folder: Path) -> None:
    """Put a backup into a data folder that has no diary. Raises SealError.

    The accounts come first, so a folder with a diary has its accounts, too, wherever this is cut off.
    """
    _refuse_taken(folder)
    folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    with making_in(folder) as place:
        check_room(folder, file.stat().st_size)
        _unpack(file, place)
        for name in FILES:
            _check(place / name)
        _refuse_taken(folder)
        # Compiled words of a diary that was here before are none of this one's.
        shutil.rmtree(folder / "lexicon", ignore_errors=True)
        for name in FILES:
            settle(place / name)
            (place / name).replace(folder / name)
            settle(folder)


def _refuse_taken(folder: Path) -> None:
    """A log that is left alone counts: SQLite would write it into the file that is restored."""
    taken = sorted(one.name for name in FILES for one in folder.glob(f"{name}*"))
    if taken:
        message = _(
            "%(folder)s has a diary already (%(file)s); name an empty folder by NANASHI_DATA, or move it away"
        )
        raise SealError(message % {"folder": folder, "file": taken[0]})


def _unpack(file: Path, place: Path) -> None:
    try:
        with tarfile.open(file, "r:") as tar:
            if tar.getmember(MANIFEST).size > LARGEST_MANIFEST:
                raise ValueError(MANIFEST)
            tar.extract(MANIFEST, place, filter="data")
            manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
            if manifest["format"] != FORMAT:
                raise SealError(_("%s was made by another version; restore it with that one") % file)
            for name in FILES:
                tar.extract(name, place, filter="data")
        whole = all(hash_of(place / name) == manifest["sha256"][name] for name in FILES)
    except (tarfile.TarError, LookupError, TypeError, ValueError, EOFError) as error:
        raise SealError(_("%s is no whole backup of a diary; choose another file") % file) from error
    if not whole:
        raise SealError(_("%s is no whole backup of a diary; choose another file") % file)


def _check(file: Path) -> None:
    """Refuse a database that is damaged, or that a newer version has changed."""
    try:
        with closing(sqlite3.connect(file)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            applied = {name for (name,) in database.execute(APPLIED)}
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise SealError(_("%s in the backup is damaged; choose another file") % file.name)
    newer = applied - {name for app, name in MigrationLoader(None).disk_migrations if app == "nanashi"}
    if newer:
        message = _("the backup is of a newer version (%s); restore it with that version")
        raise SealError(message % max(newer))
