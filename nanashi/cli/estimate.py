"""`nanashi estimate FILE`: evaluate the estimate blocks of a file. Needs no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from nanashi.cli.language import gettext as _
from nanashi.cli.language import language
from nanashi.estimates import Block, ChangeError, EstimateError, Problem, Result, evaluate, parse_blocks
from nanashi.estimates.limits import DEFAULT_SAMPLES, MAX_SAMPLES, MIN_SAMPLES
from nanashi.estimates.tables import text_table

_MAX_BYTES = 16_000_000


@click.command(
    "estimate",
    help=_(
        "Evaluate the estimates in FILE (or - for the standard input): a bare block, or Markdown with "
        "```estimate blocks. Errors are printed as FILE:line:column: what is wrong; what to write instead."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--samples", type=int, default=DEFAULT_SAMPLES, show_default=True, metavar="N", help=_("Number of draws.")
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=None,
    metavar="S",
    help=_("Instead of the text's own."),
)
@click.option(
    "--set", "changes", multiple=True, metavar="NAME=EXPR", help=_("Replace an assumption; may be repeated.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object, a list for several blocks."))
@click.option(
    "--svg", type=click.Path(dir_okay=False), default=None, metavar="OUT", help=_("Write the charts as SVG.")
)
def estimate_command(  # noqa: PLR0913 - one for each option
    file: str, samples: int, seed: int | None, changes: tuple[str, ...], as_json: bool, svg: str | None
) -> None:
    """Evaluate a file; exit status 1 when an estimate is wrong, 2 when the command is."""
    tongue = language()
    if not MIN_SAMPLES <= samples <= MAX_SAMPLES:
        raise click.BadParameter(
            _("%d is outside %d to %d") % (samples, MIN_SAMPLES, MAX_SAMPLES), param_hint="--samples"
        )
    replaced = _changes(changes)
    try:
        blocks = parse_blocks(_read(file))
        results = _evaluate(blocks, samples, seed, replaced)
    except EstimateError as error:
        where = f"--set {error.name}" if isinstance(error, ChangeError) else file
        _fail(where, error.problems, as_json, tongue)
    if svg is not None:
        _write_charts(results, Path(svg), tongue)
    if as_json:
        objects = [result.to_json(tongue) for result in results]
        click.echo(
            json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, allow_nan=False)
        )
    else:
        click.echo("\n".join(text_table(result, tongue) for result in results), nl=False)


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.buffer.read(_MAX_BYTES).decode("utf-8", errors="replace")
    with open(file, encoding="utf-8-sig", errors="replace", newline="") as stream:
        return stream.read(_MAX_BYTES)


def _changes(given: tuple[str, ...]) -> dict[str, str]:
    changes: dict[str, str] = {}
    for change in given:
        name, equals, expression = change.partition("=")
        if not equals or not name.strip() or not expression.strip():
            raise click.BadParameter(_("%r: write NAME=EXPR") % change, param_hint="--set")
        changes[name.strip()] = expression.strip()
    return changes


def _evaluate(blocks: list[Block], samples: int, seed: int | None, changes: dict[str, str]) -> list[Result]:
    """Each block's answer; a change goes to every block in which the name is an assumption."""
    unknown = [name for name in changes if not any(name in block.assumptions for block in blocks)]
    results: list[Result] = []
    for block in blocks:
        own = {name: text for name, text in changes.items() if name in block.assumptions or name in unknown}
        results.append(evaluate(block, samples=samples, seed=seed, changes=own))
    return results


def _write_charts(results: list[Result], out: Path, language: str) -> None:
    from nanashi.estimates.charts import charts_svg  # noqa: PLC0415 - only for --svg

    try:
        out.write_text(charts_svg(results, language=language), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            _("%s: %s; choose another file for --svg") % (out, error.strerror)
        ) from None


def _fail(file: str, problems: tuple[Problem, ...], as_json: bool, language: str) -> NoReturn:
    """Print every problem and leave with status 1."""
    for problem in problems:
        click.echo(f"{file}:{problem.line}:{problem.column}: {problem.message(language)}", err=True)
    if as_json:
        errors: list[dict[str, Any]] = [
            {"line": problem.line, "column": problem.column, "message": problem.message(language)}
            for problem in problems
        ]
        click.echo(json.dumps({"errors": errors}, ensure_ascii=False))
    sys.exit(1)
