"""The server: the database prepared, the sample diary on the first start, then granian until Ctrl-C."""

import errno
import multiprocessing
import socket
from pathlib import Path

import click
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

import nanashi
from nanashi.accounts import volatile_store
from nanashi.accounts.core_dumps import forbid_core_dumps
from nanashi.archive.reports import Report
from nanashi.archive.sample import load_sample
from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.cli.worker_child import worker_beside

THREADS = 4
"""Threads of a worker, each with a connection: beyond a few they only wait for one another."""
IDLE_SECONDS = 600
"""How long a thread, and its connection, is kept without work."""
SECONDS_TO_STOP = 10
"""How long a request may still take after Ctrl-C."""
STATIC = Path(nanashi.__file__).parent / "static"
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
    # A fresh interpreter for each worker: it reads the settings when the data folder is there.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "nanashi.web.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        log_level=LogLevels.warning,
        log_access=False,
        static_path_route=["/static"],
        static_path_mount=[STATIC],
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    server.on_startup(lambda: _say_address(host, port))
    with worker_beside():
        server.serve()


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


def _say_address(host: str, port: int) -> None:
    shown = EVERY_ADDRESS.get(host, host)
    shown = f"[{shown}]" if ":" in shown else shown
    click.echo(_("Nanashi %s: http://%s:%d/ (Ctrl-C stops it)") % (nanashi.__version__, shown, port))
    click.echo(_("The diary is kept in %s") % settings.NANASHI_DATA)
