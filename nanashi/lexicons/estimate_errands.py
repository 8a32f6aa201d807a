"""A process that computes estimates and draws charts for the server, one errand after another.

`python -m nanashi.lexicons.estimate_errands [SECONDS]` reads a JSON object a line and answers with one. It runs at
a low priority, so that pages come first, and ends when its server does, or after so many idle seconds. Nothing
here needs Django.
"""

import json
import os
import select
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from nanashi.estimates import ChangeError, EstimateError, Problem, Result, evaluate, with_changes
from nanashi.estimates.charts import alternative, chart_svg, charted
from nanashi.estimates.tables import rows_of, share_of_yes, spoken
from nanashi.lexicons.estimate_records import Surroundings, evaluate_all, read_block
from nanashi.lexicons.estimate_words import joined, word
from nanashi.text.markup import render

if TYPE_CHECKING:
    from nanashi.estimates import Block, ValueResult

Errand = Mapping[str, Any]
Answer = dict[str, Any]
NICENESS = 10
KEPT = 4
"""Authors' results that are kept between errands; one with many series takes some 10 MB."""
KEPT_CHARTS = 64
"""Charts of readers' numbers that are kept; one is some 30 kB."""
WIDE = 100.0
"""Ratio of the ends of a 90 % interval from which a difference is told as a factor."""


@lru_cache(maxsize=KEPT)
def _author(
    text: str, before: tuple[str, ...], bases: tuple[tuple[str, str | None], ...], work: int
) -> Result:
    return evaluate(read_block(text, before, dict(bases)), max_work=work)


def author_of(errand: Errand) -> Result:
    """The estimate as its author wrote it."""
    bases = tuple((key, text) for key, text in errand["bases"])
    return _author(errand["text"], tuple(errand["before"]), bases, errand["work"])


def compare(errand: Errand) -> Answer:
    """What a reader's numbers change: `rows` of [label, author's, reader's, difference, whether it moved].

    `wrong` are messages by name of an assumption, `problems` messages about the whole, `charts` the texts of the
    reader's charts, in the order of the author's.
    """
    author, language = author_of(errand), errand["language"]
    changes: dict[str, str] = errand["changes"]
    wrong = _wrong(author.block, changes, language)
    if wrong:
        return {"wrong": wrong, "problems": [], "rows": []}
    try:
        own = evaluate(author.block, changes=changes, max_work=errand["work"]) if changes else author
    except EstimateError as error:
        return {"wrong": {}, "problems": [_message(one, language) for one in error.problems], "rows": []}
    rows = [row for name in own.block.results for row in _compared(author, own, name, language)]
    charts = [alternative(own, name, language) for name, _scale in charted(author)]
    return {"wrong": {}, "problems": [], "rows": rows, "matters": _matters(own), "charts": charts}


def _wrong(block: "Block", changes: Mapping[str, str], language: str) -> dict[str, list[str]]:
    """What is wrong with each change by itself."""
    found: dict[str, list[str]] = {}
    for name, written in changes.items():
        try:
            with_changes(block, {name: written})
        except ChangeError as error:
            found[name] = [one.message(language) for one in error.problems]
        except EstimateError as error:
            found[name] = [_message(one, language) for one in error.problems]
    return found


def _message(problem: Problem, language: str) -> str:
    return problem.message(language)


def _matters(result: Result) -> dict[str, list[tuple[str, float]]]:
    return {
        name: result.sensitivity[name][:6] for name in result.block.results if result.sensitivity.get(name)
    }


def _compared(author: Result, own: Result, name: str, language: str) -> list[list[Any]]:
    """The rows of one value: a list has several."""
    before, after = author.values.get(name), own.values[name]
    rows = rows_of(after, language)
    if before is None or len(rows_of(before, language)) != len(rows):
        return [[label, "", joined(middle, between, language), "", True] for label, middle, between in rows]
    places = range(len(rows)) if after.kind == "list" else [len(after.quantile("p50")) - 1]
    out: list[list[Any]] = []
    for place, old, new in zip(places, rows_of(before, language), rows, strict=True):
        moved = not np.array_equal(_cells(author, name, place), _cells(own, name, place))
        change = difference(author, own, name, place, language) if moved else ""
        out.append([new[0], joined(*old[1:], language), joined(*new[1:], language), change, moved])
    return out


def _cells(result: Result, name: str, place: int) -> Any:
    draws = result.draws(name)
    return draws[place] if draws.ndim > 1 else draws


def difference(author: Result, own: Result, name: str, place: int, language: str) -> str:
    """How a value moved, draw by draw: a difference, or a factor where it spans orders of magnitude."""
    before, after = _cells(author, name, place), _cells(own, name, place)
    value = own.values[name]
    if value.sample.kind == "truth":
        return (
            f"{share_of_yes(author.values[name], place, language)} → {share_of_yes(value, place, language)}"
        )
    if value.unit != author.values[name].unit:
        return ""
    finite = np.isfinite(before) & np.isfinite(after)
    if finite.mean() < 0.05:
        return ""
    if value.kind != "event" and _wide(before) and _wide(after):
        return _signed(after[finite] / before[finite], "", language, factor=True)
    return _signed(after[finite] - before[finite], value, language)


def _wide(draws: Any) -> bool:
    low, high = np.quantile(draws, (0.05, 0.95))
    return bool(draws.min() > 0.0 and high / low > WIDE)


def _signed(draws: Any, value: "ValueResult | str", language: str, factor: bool = False) -> str:
    low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95))
    unit, percent = ("", False) if isinstance(value, str) else (value.unit, value.percent)

    def told(number: float) -> str:
        if factor:
            return f"×{spoken(float(number))}"
        if percent and not unit:  # what lies between 30% and 40% are 10 points, not 10%
            points = spoken(float(number) * 100, word("points", language), language)
            return ("+" if number > 0 else "") + points
        return ("+" if number > 0 else "") + spoken(float(number), unit, language, percent)

    middle_told, low_told, high_told = map(told, (middle, low, high))
    if low_told == high_told:
        return middle_told
    between = f"{low_told}〜{high_told}" if language == "ja" else f"{low_told} to {high_told}"
    return joined(middle_told, between, language)


def chart(errand: Errand) -> Answer:
    """One chart as SVG; with `changes`, of a reader's numbers, with the author's beside them.

    Readers' charts are kept by their content, in memory alone: nothing of what readers try is written down.
    """
    if not errand.get("changes"):
        return {"svg": _svg(author_of(errand), errand)}
    svg = _changed_svg(json.dumps(errand, sort_keys=True))
    return {"svg": svg} if svg else {}


@lru_cache(maxsize=KEPT_CHARTS)
def _changed_svg(written: str) -> str:
    """The chart of an errand, written as JSON; "" where its numbers cannot be read."""
    errand = json.loads(written)
    author = author_of(errand)
    try:
        own = evaluate(author.block, changes=errand["changes"], max_work=errand["work"])
    except EstimateError:
        return ""
    return _svg(own, errand, author)


def _svg(result: Result, errand: Errand, author: Result | None = None) -> str:
    scale, theme, language = errand["scale"], errand["theme"], errand["language"]
    return chart_svg(result, errand["name"], scale=scale, theme=theme, language=language, author=author)


def records(errand: Errand) -> Answer:
    """The records of all blocks of a text, by digest, for its preview."""
    around = Surroundings(
        errand["language"], errand["bases"], work=errand["work"], most=errand["most"], drawn=False
    )
    insets = render(errand["text"], anchor=errand["public_id"], set_aside="estimate").insets
    return {"records": {one.digest: one.record for one in evaluate_all(insets, errand["public_id"], around)}}


TASKS: dict[str, Callable[[Errand], Answer]] = {"compare": compare, "chart": chart, "records": records}


def serve(idle_seconds: float) -> None:
    """Do errands until standard input ends or nothing has come for so long."""
    os.nice(NICENESS)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while select.select([source], [], [], idle_seconds)[0]:
        line = source.readline()
        if not line:
            return
        errand = json.loads(line)
        try:
            answer = TASKS[errand["task"]](errand)
        except Exception as error:  # noqa: BLE001 - the server is told, and this process goes on
            answer = {"failed": type(error).__name__}
        sink.write(json.dumps(answer).encode() + b"\n")
        sink.flush()


if __name__ == "__main__":
    serve(float(sys.argv[1]) if len(sys.argv) > 1 else 600.0)
