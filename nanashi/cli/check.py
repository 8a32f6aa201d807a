"""`nanashi check`: what is wrong with the settings and the data, and how to mend it."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from nanashi.accounts import volatile_store
from nanashi.accounts.router import ACCOUNTS
from nanashi.cli.database import FOLDER_MODE, applied_migrations, own_migrations
from nanashi.cli.language import gettext as _
from nanashi.cli.pending import worker_lock
from nanashi.lexicons import generations
from nanashi.lexicons.progress import Progress, progress_of_all
from nanashi.models import Entry
from nanashi.models.keys import first_key
from nanashi.sealing import nightly
from nanashi.sealing.disk import ROOM, database_files, size
from nanashi.sealing.one_at_a_time import was_cut_off

SHORTEST_KEY = 32
"""Characters of a secret key that cannot be guessed."""


class Note(str):
    """What is so for the moment, and is no fault."""

    __slots__ = ()


@click.command("check", help=_("Say what is wrong with the settings and the data, and how to mend it."))
def check_command() -> None:
    """Print each fault with its remedy, then what else is so; exit status 1 when there is a fault."""
    found = list(_found())
    faults = [one for one in found if not isinstance(one, Note)]
    for fault in faults:
        click.echo(f"- {fault}")
    for note in found:
        if isinstance(note, Note):
            click.echo(note)
    if faults:
        sys.exit(1)
    click.echo(_("All is well."))


def _found() -> Iterator[str]:
    """What is wrong or only so, settings first; the database is only looked at where there is one."""
    yield from _settings()
    folder = settings.NANASHI_DATA
    if not folder.exists():
        return
    yield from _folder()
    if not os.access(folder, os.W_OK | os.X_OK):  # SQLite would call it damaged
        return
    for alias in (connection.alias, ACCOUNTS):
        if Path(connections[alias].settings_dict["NAME"]).exists():
            yield from _database(connections[alias])


def _settings() -> Iterator[str]:
    address = urlsplit(settings.NANASHI_URL)
    if address.scheme not in ("http", "https") or not address.hostname or address.path or address.query:
        yield _(
            "NANASHI_URL is %r; write the diary's address, such as https://diary.example, without a path"
        ) % (settings.NANASHI_URL)
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield (
            _(
                "NANASHI_SECRET_KEY has fewer than %d characters; "
                "unset it, and a good one is made and kept in the data folder"
            )
            % SHORTEST_KEY
        )
    if settings.INSECURE_COOKIE:
        yield _(
            "NANASHI_INSECURE_COOKIE is on: people sign in over plain http, and others on the way can take their "
            "cookies; put the diary behind https, write that into NANASHI_URL, and unset it"
        )
    if volatile_store.folder() is None:
        yield _(
            "there is no /dev/shm that can be written: sign-ins hold in one process alone, "
            "so run one worker, or mount a tmpfs there"
        )
    for message in checks.run_checks():
        if message.is_serious():
            yield f"{message.msg} {message.hint or ''}".rstrip()


def _folder() -> Iterator[str]:
    folder = settings.NANASHI_DATA
    if not os.access(folder, os.W_OK | os.X_OK):
        yield _("%s cannot be written; give it to the account that runs this: chown") % folder
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & ~FOLDER_MODE:
        yield _("%s can be read by other accounts; close it: chmod %o %s") % (folder, FOLDER_MODE, folder)
    free, needed = shutil.disk_usage(folder).free, size(database_files()) * ROOM
    if free < needed:
        yield _("%s has %d MB free, and a backup may need %d MB; free some disk") % (
            folder,
            free // 10**6,
            needed // 10**6,
        )


def _database(database: BaseDatabaseWrapper) -> Iterator[str]:
    file = database.settings_dict["NAME"]
    try:
        applied, wanted = applied_migrations(database), own_migrations()
        if set(applied) - set(wanted):
            yield _("the database is of a newer version; install that version, or restore a backup")
        elif set(wanted) - set(applied):
            yield _(
                "the database is of an older version; `nanashi serve` makes a backup and brings it up to date"
            )
        else:
            yield from _contents(database)
    except (DatabaseError, sqlite3.Error) as error:
        yield _("%s: %s; restore a backup into an empty folder: nanashi restore FILE") % (file, error)


def _contents(database: BaseDatabaseWrapper) -> Iterator[str]:
    if database.alias == connection.alias:
        yield from _links()
        yield from _seals()
    with database.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (found,) = cursor.fetchone()
        if found != "ok":
            yield _("%s is damaged (%s); restore a backup into an empty folder: nanashi restore FILE") % (
                database.settings_dict["NAME"],
                found,
            )
        cursor.execute("PRAGMA foreign_key_check")
        if cursor.fetchone():
            yield _(
                "rows refer to others that are gone; restore a backup into an empty folder: nanashi restore FILE"
            )


def _links() -> Iterator[str]:
    """Whether links are still to be made, and by whom."""
    with worker_lock() as nobody_works:
        pass
    progress = progress_of_all()
    if nobody_works:
        if progress is not None:
            yield _(
                "links are still to be made, and no worker is running; "
                "start one: nanashi worker, or make them now: nanashi relink"
            )
        return
    if generations.is_needed():
        yield Note(_("The worker compiles the lexicon; links with the new words are made after that."))
    elif progress is not None:
        yield Note(_links_made(progress))


def _links_made(progress: Progress) -> str:
    if progress.total is None:
        return _("The worker makes links; it counts the entries that may contain the words.")
    return _("The worker makes links: %d of %d entries are looked through.") % progress


def _seals() -> Iterator[str]:
    """Whether the files still say in which order people wrote."""
    if was_cut_off():
        yield _("a seal was cut off; finish it: nanashi seal --now")
    elif nightly.is_overdue():
        last = nightly.last_seal()
        if last is not None:
            yield _("the last seal was on %s; is the worker running? seal now: nanashi seal --now") % last
        elif _has_posts_of_nights_before():
            yield _(
                "the diary was never sealed, so its files say in which order people wrote: nanashi seal --now"
            )
        else:
            yield Note(
                _(
                    "Not sealed yet: the worker does it at night, from %d o'clock on. "
                    "Until then the files say in which order people wrote; to seal now: nanashi seal --now"
                )
                % settings.SEAL_HOUR
            )


def _has_posts_of_nights_before() -> bool:
    """Whether somebody wrote here so long ago that a worker would have sealed since; imported entries do not count."""
    oldest = nightly.last_night() - nightly.OLDEST
    return bool(Entry.objects.filter(locator__isnull=False, key__lt=first_key(oldest)).exists())
