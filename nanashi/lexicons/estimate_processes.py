"""Processes that compute for the server: one for readers' numbers, one for charts, each started when it is needed.

Few may wait, and not for long: whoever finds the queue full, or waits past the time, is asked to try again, and
pages that need no computation have the threads that are left.
"""

import json
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

IDLE_SECONDS = 120
"""After this long without an errand a process ends and gives its memory back."""
RETRY_SECONDS = 1
_ALL_PLACES = threading.BoundedSemaphore(settings.ESTIMATE_QUEUE + 1)
"""Of both processes together: the server's other threads stay free for pages."""


class TryAgainError(Exception):
    """All places are taken, or the time was over; try again after a second."""


class ErrandProcess:
    """One process with a bounded queue before it."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def answer(self, errand: Mapping[str, Any]) -> dict[str, Any]:
        """Have an errand done. Raises TryAgainError when there is no place or no time for it."""
        deadline = time.monotonic() + settings.ESTIMATE_SECONDS
        if not self._places.acquire(blocking=False):
            raise TryAgainError
        if not _ALL_PLACES.acquire(blocking=False):
            self._places.release()
            raise TryAgainError
        try:
            if not self._turn.acquire(timeout=settings.ESTIMATE_SECONDS):
                raise TryAgainError
            try:
                return self._ask(json.dumps(errand).encode() + b"\n", deadline)
            finally:
                self._turn.release()
        finally:
            _ALL_PLACES.release()
            self._places.release()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, line: bytes, deadline: float) -> dict[str, Any]:
        """Send a line and read one; a process that had ended of idleness is started again."""
        for _attempt in range(2):
            process = self._running()
            try:
                if process.stdin is not None:
                    process.stdin.write(line)
                    process.stdin.flush()
                answered = _line_from(process, deadline)
            except BrokenPipeError:
                answered = b""
            if answered is None:
                self.close()
                raise TryAgainError
            if answered:
                return dict(json.loads(answered))
            self.close()
        raise TryAgainError

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - our own module, with a number
                [sys.executable, "-m", "nanashi.lexicons.estimate_errands", str(IDLE_SECONDS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        return self._process


def _line_from(process: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """The next line that a process writes; empty when it ended, None when the time is over."""
    if process.stdout is None:
        return b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            return None
    return process.stdout.readline()


readers = ErrandProcess(settings.ESTIMATE_QUEUE)
"""Computes readers' numbers."""
drawing = ErrandProcess(settings.ESTIMATE_QUEUE + 1)
"""Draws charts: V8 takes half a second to start and a hundred megabytes, which readers' numbers do not wait for."""
