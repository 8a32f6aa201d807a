"""What the lines that are no values say: years, correlations, what is shown, outcomes, the base."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from nanashi.estimates.grammar import parse_expression
from nanashi.estimates.limits import MAX_YEARS
from nanashi.estimates.lines import Line
from nanashi.estimates.naming import NameTable
from nanashi.estimates.nodes import Node, Number
from nanashi.estimates.problems import Place, fail, nearest
from nanashi.estimates.units import BARE, Unit
from nanashi.estimates.words import ANSWERS, NEVER, SCALES

_YEARS = re.compile(r"([0-9]{1,4}) *年? *(to|〜|から) *([0-9]{1,4}) *年?(?: *まで)?")
_DASHED_YEARS = re.compile(r"([0-9]{1,4}) *年? *-+ *([0-9]{1,4}) *年?")
_DATE = r"([0-9]{4}[-/年][0-9]{1,2}[-/月][0-9]{1,2}日?)"
_DATED = re.compile(rf"(?:\bon +{_DATE}|\( *{_DATE} *\))$")
_REFERENCE = re.compile(r">> *([^\s#]+)(?:#([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Value:
    """`name = expression`, with its note and source."""

    name: str
    node: Node
    text: str
    note: str
    source: str
    line: int
    place: Place


@dataclass(frozen=True, slots=True)
class Correlation:
    """`correlate first, second = rank`"""

    first: str
    second: str
    rank: float
    place: Place


@dataclass(frozen=True, slots=True)
class Chart:
    """`chart name scale`; the scale is empty where the chart chooses."""

    name: str
    scale: str
    place: Place


@dataclass(frozen=True, slots=True)
class Outcome:
    """`outcome name = value on date`; `answer` where it is yes or no, infinity for never."""

    name: str
    value: float
    unit: Unit
    answer: bool
    date: datetime.date
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reference:
    """`based on >>target#block`; `block` counts from 1."""

    target: str
    block: int
    place: Place


def read_value(line: Line, names: NameTable) -> Value:
    """The value of a line."""
    if line.name_place is None:
        raise ValueError("a value needs the place of its name")
    node = parse_expression(line.text, names, line.number, line.body, line.end, line.name)
    text = line.text[line.body : line.end].strip()
    return Value(line.name, node, text, line.note, line.source, line.number, line.name_place)


def read_title(line: Line) -> str:
    """The heading as typed."""
    return line.typed[line.body : line.end].strip()


def read_years(line: Line) -> tuple[int, int]:
    """The first and last year of every series."""
    written = line.text[line.body : line.end].strip()
    match = _YEARS.fullmatch(written)
    if match is None:
        dashed = _DASHED_YEARS.fullmatch(written)
        suggestion = f" {dashed[1]} to {dashed[2]}" if dashed else " 2023 to 2040"
        fail("years_form", line.place, suggestion, written=written)
    first, last = int(match[1]), int(match[3])
    if first >= last:
        fail("years_order", line.place, f" {last} to {first}" if first > last else f" {first} to {last + 10}")
    if last - first + 1 > MAX_YEARS:
        fail("years_many", line.place, f" {first} to {first + MAX_YEARS - 1}", limit=str(MAX_YEARS))
    return first, last


def read_correlation(line: Line, names: NameTable) -> Correlation:
    """The rank correlation of a line."""
    left, equals, right = line.text[line.body : line.end].partition("=")
    parts = [part.strip() for part in left.split(",")]
    if not equals or len(parts) != 2 or not all(parts):
        known = sorted(names.names)[:2]
        fail("correlate_form", line.place, f" {', '.join(known)} = 0.5" if len(known) == 2 else "")
    for part in parts:
        _defined(part, names, line)
    at = line.body + len(left) + 1
    place = Place(line.number, at, line.end, line.text)
    node = parse_expression(line.text, names, line.number, at, line.end)
    if not isinstance(node, Number) or not -1.0 <= node.value <= 1.0:
        fail("correlate_range", place, " 0.5", written=right.strip())
    if parts[0] == parts[1]:
        fail("correlate_self", Place(line.number, 0, line.end, line.text), "", name=parts[0])
    return Correlation(parts[0], parts[1], node.value, line.place)


def read_shown(line: Line, names: NameTable) -> tuple[str, ...]:
    """The names of a `show` line."""
    parts = [part.strip() for part in line.text[line.body : line.end].split(",")]
    if not all(parts):
        fail("show_form", line.place, " " + next(iter(sorted(names.names)), "x"))
    for part in parts:
        _defined(part, names, line)
    return tuple(parts)


def read_chart(line: Line, names: NameTable) -> Chart:
    """The chart of a line; the last word is the scale unless the whole is a name."""
    whole = line.text[line.body : line.end].strip()
    name, _, last = whole.rpartition(" ")
    if names.has(whole) or last not in SCALES or not name:
        _defined(whole, names, line)
        return Chart(whole, "", line.place)
    _defined(name.strip(), names, line)
    return Chart(name.strip(), SCALES[last], line.place)


def read_outcome(line: Line, names: NameTable) -> Outcome:
    """The outcome of a line: a number, yes or no, a year or never, and the day on which it was known."""
    body = line.text[line.body : line.end]
    left, equals, right = body.partition("=")
    name = left.strip()
    dated = _DATED.search(right.rstrip())
    if not equals or dated is None:
        fail(
            "outcome_form", line.place, f"{body.rstrip()} on 2027-03-01" if equals else " x = 1 on 2027-03-01"
        )
    _defined(name, names, line)
    date = _date(dated[1] or dated[2], line)
    written = right[: dated.start()].strip()
    if written in ANSWERS:
        return Outcome(name, ANSWERS[written], BARE, True, date, written, line.place)
    if written in NEVER:
        return Outcome(name, float("inf"), BARE, False, date, written, line.place)
    at = line.body + len(left) + 1
    node = parse_expression(line.text, names, line.number, at, at + dated.start())
    if not isinstance(node, Number):
        fail("outcome_number", Place(line.number, at, at + dated.start(), line.text), " 1", written=written)
    return Outcome(name, node.value, node.unit, False, date, written, line.place)


def _date(written: str, line: Line) -> datetime.date:
    year, month, day = (int(part) for part in re.split("[-/年月]", written.rstrip("日")))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        at = line.text.index(written, line.body)
        fail(
            "date", Place(line.number, at, at + len(written), line.text), f"{year:04}-03-01", written=written
        )


def read_reference(line: Line) -> Reference:
    """The base of a block."""
    match = _REFERENCE.fullmatch(line.text[line.body : line.end].strip())
    if match is None:
        fail("based_form", line.place, " >>1")
    return Reference(match[1], int(match[2] or 1), line.place)


def _defined(name: str, names: NameTable, line: Line) -> None:
    """Raise EstimateError when no value has this name."""
    if names.has(name):
        return
    at = line.text.find(name, line.body) if name else line.body
    place = Place(line.number, at, at + len(name), line.text)
    close = nearest(name, names.names) or tuple(sorted(names.names))[:1]
    fail("unknown_name", place, *close, name=name, known=", ".join(sorted(names.names)[:8]))
