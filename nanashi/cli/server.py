"""The server: the database prepared, the sample diary on the first start, then granian until Ctrl-C."""

import errno
import multiprocessing
import socket
import sys
import threading
import time
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

import nanashi
from nanashi.accounts import volatile_store
from nanashi.accounts.core_dumps import forbid_core_dumps
from nanashi.archive.reports import Report
from nanashi.archive.sample import load_sample
from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.cli.pending import worker_lock
from nanashi.cli.server_log import logging_of_server
from nanashi.cli.worker_child import compile_apart, worker_beside
from nanashi.lexicons import generations
from nanashi.lexicons.child_signals import interrupts_held
from nanashi.lexicons.versions import lexicon_version
from nanashi.models import Keyword

READING_THREADS = 2
"""Threads of a process that are left for pages when all others wait: beyond a few they only wait for one another."""
IDLE_SECONDS = 600
"""How long a thread, and its connection, is kept without work."""
SECONDS_TO_STOP = 10
"""How long a request may still take after Ctrl-C."""
SECONDS_BETWEEN_ASKING = 0.05
"""How often the server asks itself, while it starts, whether it answers."""
STATIC = Path(nanashi.__file__).parent / "static"
ICON = "icon.svg"
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names them, does not listen on them


def run(host: str, port: int, workers: int, *, sample: bool) -> None:
    """Serve until Ctrl-C or SIGTERM; raises DiaryError when the port is taken or the database unfit."""
    forbid_core_dumps()
    if workers > 1 and volatile_store.folder() is None:
        raise DiaryError(_("several workers need a /dev/shm that can be written; run one: --workers 1"))
    _check_port(host, port)
    with open_database() as created:
        if sample:
            _load_sample_once(first_start=created)
        _compile_lost()
    # A fresh interpreter for each worker: it reads the settings when the data folder is there.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "nanashi.web.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_threads(),
        blocking_threads_idle_timeout=IDLE_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=logging_of_server(),
        log_access=False,
        static_path_route=["/static"],
        static_path_mount=[STATIC],
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    server.on_startup(lambda: _say_when_it_answers(host, port))
    with suppress(KeyboardInterrupt), worker_beside():  # before granian listens to it
        server.serve()


class Server(MPServer):
    """granian, whose processes do not hear Ctrl-C."""

    def _spawn_workers(self, *arguments: Any) -> None:
        with interrupts_held():
            super()._spawn_workers(*arguments)

    def _respawn_workers(self, *arguments: Any, **named: Any) -> None:
        with interrupts_held():
            super()._respawn_workers(*arguments, **named)


def _threads() -> int:
    """Threads of a process: one for each that may wait (writers, readers' numbers, one chart), and those for pages."""
    return int(settings.WRITERS + settings.ESTIMATE_QUEUE) + 1 + READING_THREADS


def _check_port(host: str, port: int) -> None:
    """Raise DiaryError when nothing can listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise DiaryError(_cannot_listen(host, port, error)) from error


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        message = _("port %d is in use; stop the program that uses it, or choose another: --port %d")
        return message % (port, port + 1)
    if error.errno == errno.EACCES:
        return _("port %d is reserved for the system; choose one from 1024 on, such as --port 8000") % port
    return _("cannot listen on %s (%s); choose an address of this machine: --host 127.0.0.1") % (host, error)


def _load_sample_once(*, first_start: bool) -> None:
    """Load the sample diary on the first start, and on the next when that was cut off."""
    mark = settings.NANASHI_DATA / "sample-pending"
    if not first_start and not mark.exists():
        return
    click.echo(_("First start: loading the sample diary (without it: --empty) …"), err=True)
    mark.touch()
    report = Report()
    load_sample(report)
    for finding in report.errors.listed:
        click.echo(str(finding), err=True)
    mark.unlink()


def _compile_lost() -> None:
    """Compile many words, apart, where no generation is left: what is posted without one is linked only afterwards."""
    keywords = Keyword.objects.count()
    if keywords <= settings.SMALL_LEXICON or generations.latest(lexicon_version()) is not None:
        return
    with worker_lock() as nobody_works:
        if nobody_works:
            click.echo(_("Compiling the lexicon of %d keywords …") % keywords, err=True)
            with suppress(OSError):  # the worker tries again, and says what is wrong
                compile_apart(threading.Event())


def _say_when_it_answers(host: str, port: int) -> None:
    """Print the address as soon as a page can be had there, from a thread of its own; a terminal is told to wait."""
    if sys.stderr.isatty():
        click.echo(_("Starting …"), err=True)
    threading.Thread(target=_wait_and_say, args=[EVERY_ADDRESS.get(host, host), port], daemon=True).start()


def _wait_and_say(host: str, port: int) -> None:
    while not _answers(host, port):
        time.sleep(SECONDS_BETWEEN_ASKING)
    shown = f"[{host}]" if ":" in host else host
    click.echo(_("Nanashi %s: http://%s:%d/ (Ctrl-C stops it)") % (nanashi.__version__, shown, port))
    click.echo(_("The diary is kept in %s") % settings.NANASHI_DATA)


def _answers(host: str, port: int) -> bool:
    """Whether a process is ready: it serves files only when the application is loaded."""
    asking = HTTPConnection(host, port, timeout=SECONDS_TO_STOP)
    with closing(asking), suppress(OSError, HTTPException):
        asking.request("HEAD", f"/static/{ICON}")
        return asking.getresponse().status == HTTPStatus.OK
    return False
