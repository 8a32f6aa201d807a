"""`nanashi strike`."""

import click

from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.moderating.striking import NotHereError, lift, strike


@click.command(
    "strike",
    help=_(
        "Withdraw the entry ID, as its writer could, and count it against whoever holds its key. With --lift, ID is "
        "the words of an entry key, whose strike no longer counts, or an id that an import may bring again."
    ),
)
@click.argument("public_id", metavar="ID")
@click.option("--lift", "lifts", is_flag=True, help=_("Take a strike back; the text is gone all the same."))
def strike_command(public_id: str, lifts: bool) -> None:
    """Strike an entry, or lift a strike."""
    with open_database():
        try:
            (lift if lifts else strike)(public_id)
        except NotHereError as error:
            message = _("nothing was struck under %s") if lifts else _("no entry has the id %s")
            raise DiaryError(message % error) from error
    click.echo(_("lifted") if lifts else _("struck"))
