"""`nanashi seal`."""

import click

from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.models.turns import BusyError
from nanashi.sealing import nightly
from nanashi.sealing.disk import expected_pause
from nanashi.sealing.errors import SealError
from nanashi.sealing.one_at_a_time import was_cut_off
from nanashi.sealing.seal import seal


@click.command(
    "seal",
    help=_(
        "Take the order of writing out of the files, as happens every night. Without --now, say when it was "
        "done last and for how long posts will have to wait."
    ),
)
@click.option("--now", is_flag=True, help=_("Seal now, also while the server runs."))
def seal_command(now: bool) -> None:
    """Seal, or say what a seal would take."""
    with open_database():
        if not now:
            _say()
            return
        try:
            seal()
        except SealError as error:
            raise DiaryError(str(error)) from error
        except BusyError as error:
            raise DiaryError(
                _("others write without end; stop imports and the like, and seal again")
            ) from error
    click.echo(_("sealed"))


def _say() -> None:
    last = nightly.last_seal()
    click.echo(_("never sealed") if last is None else _("last sealed on %s") % last.isoformat())
    click.echo(_("posts will wait for about %d s") % expected_pause())
    if was_cut_off():
        click.echo(_("a seal was cut off"))
    if nightly.is_due():
        click.echo(_("a seal is due; the worker of `nanashi serve` makes it, or `nanashi seal --now`"))
