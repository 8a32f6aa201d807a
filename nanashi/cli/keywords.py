"""`nanashi keywords import | add | export | stats`."""

import json

import click

from nanashi.archive.exporting import exported_keywords
from nanashi.archive.keyword_files import import_keywords
from nanashi.archive.reports import Findings, Report
from nanashi.cli.database import open_database
from nanashi.cli.django_setup import DiaryError
from nanashi.cli.language import gettext as _
from nanashi.cli.pending import do_pending
from nanashi.cli.progress import bytes_read, say_error, say_warning
from nanashi.cli.reporting import reported
from nanashi.cli.streams import READABLE, WRITABLE, standard_input, write_out
from nanashi.lexicons.defining import KeywordDraft, Outcome, define_many
from nanashi.lexicons.registrable import RefusedError
from nanashi.lexicons.statistics import Linking, most_linked


@click.group("keywords", help=_("Add, import and export keywords."))
def keywords_command() -> None:
    """The lexicon from the command line."""


@keywords_command.command(
    "import", help=_("Register the keywords of FILE: one word a line, CSV or JSON Lines, gzipped or not.")
)
@click.argument("file", type=READABLE)
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as one JSON object."))
def import_command(file: str, as_json: bool) -> None:
    """Register a list of keywords; exit status 1 when a line was bad."""
    report = Report(Findings(say_error), Findings(say_warning))
    with reported(report, as_json=as_json), open_database():
        with bytes_read([file], _("Reading")) as advance:
            import_keywords(file, report, advance=advance, standard_input=standard_input())
        do_pending()


@keywords_command.command("add", help=_("Register one keyword, or change what is said of it."))
@click.argument("word")
@click.option("--reading", help=_("Its kana."))
@click.option("--alias", "aliases", multiple=True, help=_("Another spelling; may be given several times."))
@click.option("--definition", help=_("What it means, in Markdown."))
def add_command(word: str, reading: str | None, aliases: tuple[str, ...], definition: str | None) -> None:
    """Register one keyword."""
    draft = KeywordDraft(word, reading, aliases or None, definition)
    with open_database():
        (result,) = define_many([draft])
        do_pending()
    if isinstance(result, RefusedError):
        raise DiaryError(f"{result.field}: {result.message}")
    said = {
        Outcome.ADDED: _("%s: added"),
        Outcome.UPDATED: _("%s: updated"),
        Outcome.UNCHANGED: _("%s: already here"),
    }
    click.echo(said[result] % word.strip())


@keywords_command.command("export", help=_("Write all keywords to FILE, or to the standard output (-)."))
@click.argument("file", type=WRITABLE)
def export_command(file: str) -> None:
    """Write all keywords as JSON Lines, in the order of the index."""
    with open_database():
        number = write_out(exported_keywords(), file)
    click.echo(_("%d keywords written") % number, err=True)


@keywords_command.command(
    "stats", help=_("Show the most linked words, and how much of all linking they make.")
)
@click.option(
    "--top", type=click.IntRange(1, 100_000), default=30, show_default=True, help=_("Number of words.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print the figures as one JSON object."))
def stats_command(top: int, as_json: bool) -> None:
    """The most linked words; nothing is written."""
    with open_database():
        linking = most_linked(top)
    if as_json:
        words = [word._asdict() for word in linking.words]
        click.echo(json.dumps({**linking._asdict(), "words": words}, ensure_ascii=False))
    else:
        _say(linking)


def _say(linking: Linking) -> None:
    """A line for each word: entries, share, share with those before it, the word, whether it is on the stop list."""
    occurring = _("%(keywords)d keywords occur %(occurrences)d times, once in each entry that contains them")
    click.echo(occurring % {"keywords": linking.keywords, "occurrences": linking.occurrences})
    for word in linking.words:
        note = "  " + _("(stop list)") if word.is_common else ""
        click.echo(f"{word.entries:>8} {word.share:>7.2%} {word.together:>7.2%}  {word.word}{note}")
