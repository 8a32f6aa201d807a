"""How much disk a seal takes, how long it pauses writing, and what the files say about when they were written."""

import datetime
import math
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.sealing.errors import SealError

BYTES_A_SECOND = 115_000_000
"""What VACUUM with both checkpoints wrote of a database, measured for ANONYMITY.md on two cores."""
ROOM = 3
"""Free disk that a seal needs, as a multiple of the databases: second search index, VACUUM's copy, its log."""
MEGABYTE = 1_000_000


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
    day = datetime.datetime.combine(timezone.localdate(), datetime.time(), timezone.get_current_timezone())
    for place, _folders, files in os.walk(folder, topdown=False):
        for file in files:
            _reset(Path(place, file), day.timestamp())
        _reset(Path(place), day.timestamp())


def _reset(path: Path, moment: float) -> None:
    try:
        os.utime(path, (moment, moment), follow_symlinks=False)
    except FileNotFoundError:
        return


def remove_leftovers() -> None:
    """Remove what backups that were cut off have left in the diary's folder."""
    for folder in (settings.NANASHI_DATA, settings.BACKUPS):
        for partial in folder.glob(".*.partial"):
            shutil.rmtree(partial, ignore_errors=True)
