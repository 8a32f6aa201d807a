"""The command line. Each command is imported when it is called: `nanashi --help` and `nanashi link` know no
Django and start at once."""

from importlib import import_module
from typing import NamedTuple

import click

from nanashi import __version__
from nanashi.cli.language import gettext as _


class Place(NamedTuple):
    """Where a command is, and what it does in one line."""

    module: str
    attribute: str
    summary: str
    needs_django: bool = True


COMMANDS = {
    "serve": Place("nanashi.cli.serve", "serve_command", _("Serve the diary and print its address.")),
    "import": Place("nanashi.cli.entries", "import_command", _("Add the entries of archives.")),
    "export": Place("nanashi.cli.entries", "export_command", _("Write all entries to a file.")),
    "keywords": Place("nanashi.cli.keywords", "keywords_command", _("Add, import and export keywords.")),
    "relink": Place("nanashi.cli.relink", "relink_command", _("Render and link everything again.")),
    "worker": Place(
        "nanashi.cli.worker", "worker_command", _("Compile and link what is pending, until stopped.")
    ),
    "link": Place("nanashi.cli.link", "link_command", _("Link the words of a text; needs no diary."), False),
    "estimate": Place(
        "nanashi.cli.estimate",
        "estimate_command",
        _("Evaluate the estimates of a text; needs no diary."),
        False,
    ),
    "strike": Place("nanashi.cli.strike", "strike_command", _("Withdraw an entry by the operator.")),
    "seal": Place("nanashi.cli.seal", "seal_command", _("Remove what files say of the order of writing.")),
    "backup": Place("nanashi.cli.backup", "backup_command", _("Write a sealed copy to one file.")),
    "restore": Place("nanashi.cli.restore", "restore_command", _("Restore a backup into an empty folder.")),
    "check": Place("nanashi.cli.check", "check_command", _("Say what is wrong and how to mend it.")),
}


INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""
CUT_OFF = {
    "": _("Cut off; run it again."),
    "export": _("Cut off; no file was written."),
    "backup": _("Cut off; no backup was written."),
    "restore": _("Cut off; nothing was restored."),
    "relink": _("Cut off; every entry has its old links or its new ones. Run it again."),
    "seal": _("Cut off; the seal is still due: nanashi seal --now"),
    "link": _("Cut off; what was printed is right."),
    "serve": _("Stopped."),
}
"""What is true after Ctrl-C, by command."""


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        if place.needs_django:
            import_module("nanashi.cli.django_setup").set_up_django()
        command = getattr(import_module(place.module), place.attribute)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; Ctrl-C ends it with a word on what is left, and the status that shells expect."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(f"\n{CUT_OFF.get(ctx.invoked_subcommand or '', CUT_OFF[''])}", err=True)
            raise SystemExit(INTERRUPTED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, place.summary) for name, place in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    help=_("Nanashi: an anonymous diary whose words link themselves."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="nanashi")
def main() -> None:
    """The command `nanashi`."""
