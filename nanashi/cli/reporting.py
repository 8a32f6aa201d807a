"""How a command that reads many lines ends: with a report, and an exit status."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from nanashi.archive.reports import Findings, Report
from nanashi.cli import INTERRUPTED
from nanashi.cli.language import gettext as _


@contextmanager
def reported(report: Report, *, dry_run: bool = False, as_json: bool = False) -> Iterator[None]:
    """Print the report when the work is done, or cut off by Ctrl-C; leaves with the exit status."""
    interrupted = False
    try:
        yield
    except KeyboardInterrupt:
        interrupted = True
    say_left_off(report.errors)
    say_left_off(report.warnings)
    if as_json:
        click.echo(json.dumps({**report.as_json(), "dry_run": dry_run}, ensure_ascii=False))
    else:
        click.echo(_summary(report, dry_run=dry_run))
    if interrupted:
        click.echo(_("Interrupted. What is said above went in; run the same again to go on."), err=True)
        sys.exit(INTERRUPTED)
    if report.errors.count:
        sys.exit(1)


def say_left_off(findings: Findings) -> None:
    """Say how many findings were not listed."""
    if findings.left_off:
        click.echo(_("… and %d more like these") % findings.left_off, err=True)


def _summary(report: Report, *, dry_run: bool) -> str:
    added = _("%d would be added") if dry_run else _("%d added")
    parts = [added % report.added, _("%d already here") % report.already_here]
    if report.updated:
        parts.insert(1, (_("%d would be updated") if dry_run else _("%d updated")) % report.updated)
    if report.withdrawn:
        parts.append(_("%d withdrawn here") % report.withdrawn)
    if report.errors.count:
        parts.append(_("%d bad lines") % report.errors.count)
    return ", ".join(parts)
