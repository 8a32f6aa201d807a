"""`nanashi restore`."""

from pathlib import Path

import click
from django.conf import settings

from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.sealing.restoring import restore


@click.command("restore", help=_("Restore a backup into an empty data folder."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Restore; refuses a data folder that has a diary."""
    try:
        restore(file, settings.NANASHI_DATA)
    except OSError as error:
        raise DiaryError(str(error)) from error
    click.echo(_("Restored into %s") % settings.NANASHI_DATA)
