"""What a command that changed words leaves to be linked: done by it, unless a worker is there to do it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from nanashi.cli.language import gettext as _
from nanashi.cli.progress import entries_done
from nanashi.lexicons.backfill import run_pending
from nanashi.models.turns import try_lock


@contextmanager
def worker_lock() -> Iterator[bool]:
    """Hold the lock of the one worker, and give True; False where another process has it."""
    descriptor = os.open(settings.NANASHI_DATA / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield try_lock(descriptor)
    finally:
        os.close(descriptor)


def do_pending() -> None:
    """Link what is queued, with a bar, when no worker is running."""
    with worker_lock() as mine:
        if mine:
            with entries_done(_("Linking")) as watch:
                run_pending(watch)
