"""How much disk a seal takes, how long it pauses writing, and what the files say about when they were written."""

import fcntl
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django.utils.translation import gettext as _

from nanashi.models.file_times import blur_time
from nanashi.models.turns import try_lock
from nanashi.sealing.errors import SealError

BYTES_A_SECOND = 115_000_000
"""What VACUUM with both checkpoints wrote of a database, measured for ANONYMITY.md on two cores."""
ROOM = 3
"""Free disk that a seal or a backup needs, as a multiple of the databases: a second search index, a copy, its log."""
MEGABYTE = 1_000_000
MADE, PARTIAL = ".nanashi-", ".partial"
"""How the name of a folder begins and ends in which a backup or a restored diary is in the making."""


def database_files() -> list[Path]:
    """The files of all databases that are there, the diary's first."""
    named = [Path(connections[alias].settings_dict["NAME"]) for alias in connections]
    return [file for file in named if file.is_file()]


def size(files: list[Path]) -> int:
    """Bytes of these databases."""
    return sum(file.stat().st_size for file in files)


def expected_pause() -> int:
    """Seconds for which a seal will pause writing, at least 1."""
    return max(1, math.ceil(size(database_files()) / BYTES_A_SECOND))


def check_room(folder: Path, needed: int) -> None:
    """Raise SealError, with both figures, where a folder's disk has less room than that."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        message = _("%(folder)s has %(free)d MB free and this needs %(needed)d MB; free some disk")
        figures = {"folder": folder, "free": free // MEGABYTE, "needed": math.ceil(needed / MEGABYTE)}
        raise SealError(message % figures)


def reset_times(folder: Path) -> None:
    """Let no file of the diary say when in the day it was written; the folders last."""
    for place, _folders, files in os.walk(folder, topdown=False):
        for file in files:
            blur_time(Path(place, file))
        blur_time(Path(place))


@contextmanager
def making_in(parent: Path) -> Iterator[Path]:
    """A folder of one's own beside what is to be made; it is locked, so that none outlives its maker for long."""
    remove_leftovers(parent)
    with tempfile.TemporaryDirectory(prefix=MADE, suffix=PARTIAL, dir=parent) as folder:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield Path(folder)
        finally:
            os.close(descriptor)


def remove_leftovers(*parents: Path) -> None:
    """Remove what backups and restorings that were cut off have left in these folders."""
    for parent in parents:
        for folder in parent.glob(f"{MADE}*{PARTIAL}"):
            _remove_unless_locked(folder)


def _remove_unless_locked(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        if try_lock(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
