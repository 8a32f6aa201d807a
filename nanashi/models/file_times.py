"""What a file says of the time at which it was written: the day, and nothing finer."""

import datetime
import os
from pathlib import Path

from django.utils import timezone


def blur_time(path: Path) -> None:
    """Let a file or folder, if it is there, say of its own time no more than today's day."""
    day = datetime.datetime.combine(timezone.localdate(), datetime.time(), timezone.get_current_timezone())
    try:
        os.utime(path, (day.timestamp(), day.timestamp()), follow_symlinks=False)
    except FileNotFoundError:
        return
