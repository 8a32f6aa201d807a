"""`nanashi worker`: what is pending is done here, beside the processes that serve pages.

Each job looks in the tables whether there is something to do, does it in turns of about 0.3 s, and leaves a state
from which the next worker goes on, wherever this one is ended.
"""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import click
from django.conf import settings
from django.db import DatabaseError

from nanashi.accounts.error_log import forbid_tracebacks, report
from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.cli.pending import worker_lock
from nanashi.cli.worker_child import compile_apart
from nanashi.editing.proposals import apply_ripe
from nanashi.lexicons import generations
from nanashi.lexicons.backfill import run_pending
from nanashi.lexicons.current import stay_small
from nanashi.lexicons.estimate_charts import draw_ahead
from nanashi.lexicons.versions import lexicon_version
from nanashi.models import Backfill
from nanashi.models.turns import BusyError
from nanashi.sealing.nightly import run_if_due

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_PROPOSALS = 60.0
SECONDS_OF_QUIET = 5.0
"""How long no keyword has changed before a generation is compiled that could wait."""
SECONDS_TO_WAIT = 60.0
"""How long a change of many keywords waits at most for that."""
SECONDS_AFTER_FAILURE = 30.0
"""How long it rests when compiling has failed, for want of memory or disk."""

Job = Callable[[], object]
Stopped = threading.Event


@click.command(
    "worker", help=_("Compile the lexicon, link old entries and do the nightly work, until stopped.")
)
def worker_command() -> None:
    """Work until Ctrl-C or SIGTERM; exit status 1 when another worker is running."""
    with open_database():
        pass
    work(wait=False)


def work(*, wait: bool) -> None:
    """Be the one worker of this diary; with `wait`, wait until the other one ends.

    Raises DiaryError when there is another one and nothing is waited for.
    """
    forbid_tracebacks()
    stopped = _stopped_by_signals()
    while not stopped.is_set():
        with worker_lock() as mine:
            if mine:
                _loop(stopped)
                return
        if not wait:
            message = _("another worker is at work on %s; stop it first, or let it work")
            raise DiaryError(message % settings.NANASHI_DATA)
        stopped.wait(SECONDS_BETWEEN_LOOKS)


def _stopped_by_signals() -> Stopped:
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped


def _loop(stopped: Stopped) -> None:
    stay_small()
    jobs = _jobs(stopped)
    while not stopped.is_set():
        for job in jobs:
            _do(job)
            if stopped.is_set():
                return
        stopped.wait(SECONDS_BETWEEN_LOOKS)


def _do(job: Job) -> None:
    """A job that fails says so without saying on what, and is tried again at the next look."""
    try:
        job()
    except (DatabaseError, BusyError, OSError) as error:
        report(error)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _jobs(stopped: Stopped) -> list[Job]:
    """Generations first: what is linked after that is linked with them."""
    return [
        _Generations(stopped).compile,
        _Backfills(stopped).run,
        draw_ahead,
        _Proposals().apply,
        run_if_due,
    ]


class _Generations:
    """Compiles when too much has changed, or when something has and nobody edits at the moment."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped
        self._seen = -1
        self._since = 0.0
        self._not_before = 0.0
        self._needed_since: float | None = None

    def compile(self) -> None:
        """Compile the next generation if it is time."""
        version = lexicon_version()
        if version != self._seen:
            self._seen, self._since = version, time.monotonic()
        if not generations.is_due() or time.monotonic() < self._not_before:
            return
        is_quiet = time.monotonic() - self._since >= SECONDS_OF_QUIET
        if is_quiet or generations.is_pressing() or self._has_waited():
            self._not_before = time.monotonic() + SECONDS_AFTER_FAILURE
            compile_apart(self._stopped)
            self._not_before, self._needed_since = 0.0, None

    def _has_waited(self) -> bool:
        """Whether a change of many keywords, whose links wait for it, has waited as long as it may."""
        if not generations.is_needed():
            self._needed_since = None
            return False
        self._needed_since = self._needed_since or time.monotonic()
        return time.monotonic() - self._needed_since >= SECONDS_TO_WAIT


class _Proposals:
    """Carries out proposals that are due; they wait for hours, so a look a minute is enough."""

    def __init__(self) -> None:
        self._not_before = 0.0

    def apply(self) -> None:
        """Look, if it is time."""
        if time.monotonic() >= self._not_before:
            apply_ripe()
            self._not_before = time.monotonic() + SECONDS_BETWEEN_PROPOSALS


class _Backfills:
    """Links old entries, except while a change of many keywords is not compiled: that takes a process of its own."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped

    def run(self) -> None:
        """Do what is queued."""
        if Backfill.objects.exists():
            run_pending(_unwatched, 1, self._holds)

    def _holds(self) -> bool:
        return self._stopped.is_set() or generations.is_needed()


def _unwatched(_done: int, _total: int) -> None:
    """Nobody looks; the rows say how far it is."""
