"""`nanashi relink`."""

import click

from nanashi.cli.database import open_database
from nanashi.cli.language import gettext as _
from nanashi.cli.progress import entries_done
from nanashi.lexicons.backfill import relink_everything
from nanashi.lexicons.weighing import count_first
from nanashi.models import Entry


@click.command("relink", help=_("Render all entries and definitions again, and link them anew."))
def relink_command() -> None:
    """Render everything again, newest first; can be cut off and started again."""
    with open_database(), entries_done(_("Linking")) as watch:
        count_first()
        relink_everything(watch)
        entries = Entry.objects.count()
    click.echo(_("%d entries rendered again") % entries)
