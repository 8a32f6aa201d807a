"""`nanashi import` and `nanashi export`."""

import click

from nanashi.archive.exporting import exported_entries
from nanashi.archive.importing import check_entries, import_entries
from nanashi.archive.reports import Findings, Report
from nanashi.cli.database import open_database
from nanashi.cli.language import gettext as _
from nanashi.cli.pending import do_pending
from nanashi.cli.progress import bytes_read, say_error, say_warning
from nanashi.cli.reporting import reported
from nanashi.cli.streams import READABLE, WRITABLE, standard_input, write_out
from nanashi.lexicons.backfill import relink_everything
from nanashi.lexicons.weighing import count_first
from nanashi.models import Backfill, Entry

FORMATS = click.Choice(["jsonl"])
WEIGHED_AT_ONCE = 5_000
"""Entries that are rendered a second time, with counts, when an archive is the first: some seconds."""


@click.command("import", help=_("Add the entries of FILEs (or - for the standard input) to the diary."))
@click.argument("files", nargs=-1, required=True, type=READABLE, metavar="FILE...")
@click.option("--format", "_format", type=FORMATS, default="jsonl", help=_("Format of the files."))
@click.option("--dry-run", is_flag=True, help=_("Say what would be added; write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as one JSON object."))
def import_command(files: tuple[str, ...], _format: str, dry_run: bool, as_json: bool) -> None:
    """Add the entries of archives; exit status 1 when a line was bad."""
    report = Report(Findings(say_error), Findings(say_warning))
    work = check_entries if dry_run else import_entries
    with reported(report, dry_run=dry_run, as_json=as_json), open_database(create=not dry_run):
        with bytes_read(files, _("Reading")) as advance:
            work(files, report, advance=advance, standard_input=standard_input())
            if report.added and not dry_run:
                _weigh_first()
        if report.added and not dry_run and Backfill.objects.exists():
            do_pending()


def _weigh_first() -> None:
    """Weigh the links of the first archive; a larger one waits for the first seal, or for `nanashi relink`."""
    if count_first() and Entry.objects.count() <= WEIGHED_AT_ONCE:
        relink_everything(lambda _done, _total: None)


@click.command("export", help=_("Write all entries to FILE, or to the standard output (-), as JSON Lines."))
@click.argument("file", type=WRITABLE)
@click.option("--format", "_format", type=FORMATS, default="jsonl", help=_("Format of the file."))
def export_command(file: str, _format: str) -> None:
    """Write all entries, oldest first."""
    with open_database():
        number = write_out(exported_entries(), file)
    click.echo(_("%d entries written") % number, err=True)
