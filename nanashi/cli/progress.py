"""What a long command shows on the way: on a terminal a bar, anywhere else nothing."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from nanashi.archive.reports import Finding
from nanashi.cli.language import gettext as _

Advance = Callable[[int], None]
Watch = Callable[[int, int], None]


@contextmanager
def bytes_read(paths: Iterable[str], label: str) -> Iterator[Advance]:
    """A bar that fills as these files are read; gives what to call with each number of bytes."""
    total = sum(os.path.getsize(path) for path in paths if os.path.isfile(path))
    with _bar(label) as tell:
        done = 0

        def advance(amount: int) -> None:
            nonlocal done
            done += amount
            tell(done, total)

        yield advance


@contextmanager
def entries_done(label: str) -> Iterator[Watch]:
    """A bar of entries; gives what to call with how many are done, and of how many."""
    with _bar(label) as tell:
        yield tell


@contextmanager
def _bar(label: str) -> Iterator[Watch]:
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import, and of no use without a terminal
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)


def say_error(finding: Finding) -> None:
    """Print a bad line."""
    click.secho(str(finding), err=True, fg="red")


def say_warning(finding: Finding) -> None:
    """Print what is odd about a line that was taken."""
    click.secho(_("warning: %s") % str(finding), err=True, fg="yellow")
