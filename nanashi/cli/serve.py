"""`nanashi serve`."""

import os

import click

from nanashi.cli.language import gettext as _

LARGEST_PORT = 65_535


@click.command("serve", help=_("Serve the diary and print its address; creates it when missing."))
@click.option("--host", envvar="NANASHI_HOST", default="127.0.0.1", help=_("Address to listen on."))
@click.option("--port", envvar="NANASHI_PORT", default=8000, type=click.IntRange(1, LARGEST_PORT))
@click.option("--workers", default=1, type=click.IntRange(1), help=_("Processes that answer requests."))
@click.option("--empty", is_flag=True, help=_("Do not load the sample diary on the first start."))
def serve_command(host: str, port: int, workers: int, empty: bool) -> None:
    """Serve until Ctrl-C."""
    # Settings are read once: what was said on the command line must be in the environment before that.
    os.environ["NANASHI_HOST"] = host
    os.environ["NANASHI_PORT"] = str(port)
    from nanashi.cli.django_setup import set_up_django  # noqa: PLC0415

    set_up_django()
    from nanashi.cli.server import run  # noqa: PLC0415 - needs the settings

    run(host, port, workers, sample=not empty)
