"""`nanashi backup`."""

from pathlib import Path

import click

from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.sealing.backup import back_up


@click.command(
    "backup", help=_("Write a sealed copy of the diary and its accounts to FILE, also while it runs.")
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Back up."""
    if str(file) == "-":
        raise DiaryError(_("a backup is checked on the disk before it is whole; name a file"))
    if not file.absolute().parent.is_dir():
        raise DiaryError(_("there is no folder %s; make it, or name another file") % file.absolute().parent)
    with open_database():
        back_up(file.absolute())
    click.echo(_("written to %s") % file)
