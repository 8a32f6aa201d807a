"""Two people's numbers side by side: what the stored records of an estimate and its answers say together."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Record = Mapping[str, Any]
LEAST_WIDTH = 0.05
"""A fixed number counts as this wide, relative to itself, where distances are told in widths."""
NOTABLE = 0.05
"""Distances below this share of an interval are no disagreement."""


class Column(NamedTuple):
    """One version: the author's or an answer's. Without a public id it is the author's own, above."""

    public_id: str
    title: str
    excerpt: str
    lang: str
    ordinal: int
    record: Record


class Cell(NamedTuple):
    """What one version says of one name."""

    text: str
    """As written, or the median."""
    interval: str
    marked: bool
    """Changed by this answer; among results: closest to what came true."""


class Row(NamedTuple):
    """One name in every version."""

    name: str
    cells: tuple[Cell, ...]
    distance: float
    """How far the medians lie apart, in widths of the 90 % interval."""


class Comparison(NamedTuple):
    """An estimate and its answers."""

    ordinal: int
    title: str
    columns: tuple[Column, ...]
    assumptions: tuple[Row, ...]
    results: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    apart: str
    """The assumption on which they disagree most; "" for none."""
    more: int
    """Answers that are not shown."""


def compared(columns: Sequence[Column], more: int, language: str) -> Comparison:
    """Set an estimate, the first column, and its answers side by side."""
    author = columns[0].record
    records = [column.record for column in columns]
    named = [one["name"] for one in author["assumptions"]]
    for record in records[1:]:
        named += [one["name"] for one in record["assumptions"] if one["changed"] and one["name"] not in named]
    assumptions = tuple(_assumption(name, records) for name in named)
    changed = [row for row in assumptions if any(cell.marked for cell in row.cells)]
    furthest = max(changed, key=lambda row: row.distance, default=None)
    shown = list(dict.fromkeys(name for record in records for name in record["results"]))
    return Comparison(
        columns[0].ordinal,
        author["title"],
        tuple(columns),
        tuple(changed),
        tuple(row for name in shown for row in _results(name, records, language)),
        tuple(_outcome(name, records) for name in author["scores"]),
        furthest.name if furthest and furthest.distance >= NOTABLE else "",
        more,
    )


def _assumption(name: str, records: Sequence[Record]) -> Row:
    cells: list[Cell] = []
    for record in records:
        one = next((one for one in record["assumptions"] if one["name"] == name), None)
        cells.append(Cell(one["text"], "", one["changed"]) if one else Cell("", "", False))
    return Row(name, tuple(cells), _distance([record["values"].get(name) for record in records]))


def _results(name: str, records: Sequence[Record], language: str) -> list[Row]:
    """The rows of one result; of a series its last year, of a list its first item."""
    values = [record["values"].get(name) for record in records]
    cells = tuple(_cell(value, language) if value else Cell("", "", False) for value in values)
    year = next((f" ({value['years'][-1]})" for value in values if value and value.get("years")), "")
    return [Row(name + year, cells, _distance(values))]


def _cell(value: Record, language: str) -> Cell:
    from nanashi.estimates.tables import event_year, spoken  # noqa: PLC0415 - loads NumPy

    low, middle, high = _figures(value)
    if value["kind"] == "event":
        said = [event_year(one, language) for one in (low, middle, high)]
    else:
        said = [spoken(one, value["unit"], language, value["percent"]) for one in (low, middle, high)]
    between = "〜" if language == "ja" else " to "
    interval = f"{said[0]}{between}{said[2]}" if said[0] != said[2] and not value.get("truth") else ""
    if value.get("truth"):
        return Cell(spoken(value["mean"], "", language, True), "", False)
    return Cell(said[1], interval, False)


def _figures(value: Record) -> tuple[float | None, float | None, float | None]:
    """5th percentile, median and 95th percentile: of a series in its last year, of a list of its first item."""
    place = -1 if value["kind"] == "series" else 0
    low, middle, high = (
        figures[place] if isinstance(figures := value[level], list) else figures
        for level in ("p5", "p50", "p95")
    )
    return low, middle, high


def _distance(values: Sequence[Record | None]) -> float:
    """How far the medians of these versions lie apart, in mean widths; on the log scale where all is above zero."""
    figures = [_figures(value) for value in values if value]
    known = [(low, middle, high) for low, middle, high in figures if None not in (low, middle, high)]
    if len(known) < 2:
        return 0.0
    scale = math.log if all(low is not None and low > 0 for low, _, _ in known) else float
    middles = [scale(middle) for _, middle, _ in known if middle is not None]
    widths = [scale(high) - scale(low) for low, _, high in known if low is not None and high is not None]
    least = LEAST_WIDTH * (1.0 if scale is math.log else max(map(abs, middles)) or 1.0)
    return (max(middles) - min(middles)) / max(sum(widths) / len(widths), least)


def _outcome(name: str, records: Sequence[Record]) -> Row:
    """The scores of one outcome; the lowest is marked."""
    scores = [record["scores"].get(name) for record in records]
    figures = [_score(score) for score in scores]
    known = [figure for figure in figures if figure is not None]
    best = min(known) if known and min(known) < max(known) else None
    cells = tuple(
        Cell("" if figure is None else f"{figure:.3g}", "", figure is not None and figure == best)
        for figure in figures
    )
    return Row(name, cells, 0.0)


def _score(score: Record | None) -> float | None:
    if not score:
        return None
    found = score.get("brier") if score.get("brier") is not None else score.get("crps")
    return None if found is None else float(found)
