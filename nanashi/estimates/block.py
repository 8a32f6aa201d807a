"""A block: its values and statements, put together with those of the block that it is based on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from nanashi.estimates.characters import as_read
from nanashi.estimates.dimensions import assign_dimensions, is_assumption
from nanashi.estimates.grammar import parse_expression
from nanashi.estimates.intervals import check_intervals
from nanashi.estimates.limits import MAX_ASSUMPTIONS, MAX_BASES, MAX_LINE_LENGTH, MAX_PROBLEMS
from nanashi.estimates.lines import Line, split_lines
from nanashi.estimates.naming import NameTable, check_name
from nanashi.estimates.order import dependency_order, unused
from nanashi.estimates.problems import ChangeError, EstimateError, Place, Problem, fail, nearest, problem
from nanashi.estimates.statements import (
    Chart,
    Correlation,
    Outcome,
    Reference,
    Value,
    read_chart,
    read_correlation,
    read_outcome,
    read_reference,
    read_shown,
    read_title,
    read_value,
    read_years,
)

FindBase = Callable[[Reference], "Block | None"]


@dataclass(frozen=True)
class Block:
    """An estimate as read. What is based on another block is already put in its place."""

    text: str
    title: str = ""
    years: tuple[int, int] | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    shown: tuple[str, ...] | None = None
    charts: tuple[Chart, ...] | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    base: Reference | None = None
    withdrawn: bool = False
    changed: frozenset[str] = frozenset()
    seed: int = 0
    dimensions: Mapping[tuple[str, int], int] = field(default_factory=dict)
    depth: int = 0

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """The names of what readers can change, in the order of the lines."""
        return tuple(name for name, value in self.values.items() if is_assumption(value.node))

    @cached_property
    def results(self) -> tuple[str, ...]:
        """What is tabulated: the values of `show`, or those that nothing else uses."""
        return self.shown if self.shown is not None else unused(self.values)


def parse(text: str, *, base: FindBase | None = None, first_line: int = 1) -> Block:
    """Read a block.

    `base` finds the block that `based on >>ID` names: it returns None when that one was withdrawn, and raises
    LookupError when there is none. `first_line` is the number of the block's first line in its file.
    Raises EstimateError with all problems that were found.
    """
    lines = split_lines(text, first_line)
    reference = _reference(lines)
    found = None if reference is None else _find(reference, base)
    withdrawn = reference is not None and found is None
    names = NameTable([*_names(lines), *(found.values if found else ())])
    own, problems = _read(lines, names, text, reference, withdrawn)
    if problems:
        raise EstimateError(problems)
    if withdrawn:
        return replace(own, withdrawn=True)
    block = own if found is None else _merged(found, own)
    return _completed(block, found)


def seed_of(text: str) -> int:
    """The seed of a block: 32 bits of the BLAKE2b hash of its text, without differences in line ends."""
    normal = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    return int.from_bytes(hashlib.blake2b(normal.encode(), digest_size=4).digest(), "big")


def _reference(lines: list[Line]) -> Reference | None:
    based = [line for line in lines if line.kind == "based on"]
    if len(based) > 1:
        fail("twice", based[1].place, "", word="based on")
    return read_reference(based[0]) if based else None


def _find(reference: Reference, base: FindBase | None) -> Block | None:
    try:
        found = base(reference) if base is not None else None
        if base is None:
            raise LookupError(reference.target)
    except LookupError:
        fail("base_unknown", reference.place, " >>1", target=reference.target, block=str(reference.block))
    if found is not None and found.depth >= MAX_BASES:
        fail("base_chain", reference.place, " >>1", limit=str(MAX_BASES))
    return found


def _names(lines: list[Line]) -> list[str]:
    """The names of the values, checked; a name may be given once."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line in lines:
        if line.kind != "value" or line.name_place is None:
            continue
        try:
            check_name(line.name, line.name_place)
        except EstimateError as error:
            problems.extend(error.problems)
            continue
        if line.name in seen:
            details = {"name": line.name, "line": str(seen[line.name])}
            problems.append(problem("defined_twice", line.name_place, f"{line.name}2", **details))
        seen.setdefault(line.name, line.number)
    if problems:
        raise EstimateError(problems)
    return list(seen)


@dataclass
class _Collected:
    """What the lines of one block say, while it is read."""

    title: str = ""
    years: tuple[int, int] | None = None
    values: dict[str, Value] = field(default_factory=dict)
    correlations: list[Correlation] = field(default_factory=list)
    shown: tuple[str, ...] | None = None
    charts: list[Chart] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)


def _read(
    lines: list[Line], names: NameTable, text: str, reference: Reference | None, withdrawn: bool
) -> tuple[Block, list[Problem]]:
    """The block of these lines alone, and what is wrong with them."""
    into = _Collected()
    problems: list[Problem] = []
    for line in lines:
        try:
            _collect(line, names, into)
        except EstimateError as error:
            if not (withdrawn and all(p.code == "unknown_name" for p in error.problems)):
                problems.extend(error.problems)
        if len(problems) >= MAX_PROBLEMS:
            break
    block = Block(
        text,
        into.title,
        into.years,
        into.values,
        (),
        tuple(into.correlations),
        into.shown,
        tuple(into.charts) or None,
        into.outcomes,
        reference,
        seed=seed_of(text),
    )
    return block, problems


def _collect(line: Line, names: NameTable, into: _Collected) -> None:
    match line.kind:
        case "value":
            value = read_value(line, names)
            check_intervals(value.node)
            into.values[line.name] = value
        case "title":
            _once(line, bool(into.title))
            into.title = read_title(line)
        case "years":
            _once(line, into.years is not None)
            into.years = read_years(line)
        case "correlate":
            into.correlations.append(read_correlation(line, names))
        case "show":
            into.shown = tuple(dict.fromkeys((*(into.shown or ()), *read_shown(line, names))))
        case "chart":
            into.charts.append(read_chart(line, names))
        case "outcome":
            outcome = read_outcome(line, names)
            _once(line, outcome.name in into.outcomes)
            into.outcomes[outcome.name] = outcome


def _once(line: Line, seen: bool) -> None:
    if seen:
        place = Place(line.number, 0, line.end, line.text)
        fail("twice", place, "", word=line.text[: line.body].strip().rstrip(":"))


def _merged(base: Block, own: Block) -> Block:
    """`base` with the lines of `own` put in place of its own."""
    pairs = {frozenset((c.first, c.second)): c for c in (*base.correlations, *own.correlations)}
    changed = {name for name, value in own.values.items() if name in base.values}
    return Block(
        own.text,
        own.title or base.title,
        own.years or base.years,
        {**base.values, **own.values},
        (),
        tuple(pairs.values()),
        own.shown if own.shown is not None else base.shown,
        own.charts if own.charts is not None else base.charts,
        {**base.outcomes, **own.outcomes},
        own.base,
        changed=frozenset(changed),
        seed=base.seed,
        depth=base.depth + 1,
    )


def _completed(block: Block, base: Block | None) -> Block:
    """The block with its order and dimensions; raises EstimateError for circles and too many assumptions."""
    if not block.values:
        fail("no_values", Place(1, 0, 0), "x = 1 to 2\n")
    order = dependency_order(block.values)
    known = base.dimensions if base is not None else {}
    dimensions = assign_dimensions(block.values, known)
    completed = replace(block, order=order, dimensions=dimensions)
    if len(completed.assumptions) > MAX_ASSUMPTIONS:
        last = block.values[completed.assumptions[MAX_ASSUMPTIONS]]
        fail(
            "assumptions_many",
            last.place,
            "",
            count=str(len(completed.assumptions)),
            limit=str(MAX_ASSUMPTIONS),
        )
    return completed


def with_changes(block: Block, changes: Mapping[str, str]) -> Block:
    """`block` with the expressions of some assumptions replaced, as a reader does.

    The seed and every dimension stay, so that the two blocks differ by the change and not by noise.
    Raises ChangeError for names that are no assumptions and for expressions that cannot be read.
    """
    values = dict(block.values)
    names = NameTable(values)
    for name, written in changes.items():
        try:
            values[name] = _changed(block, names, name, written)
        except EstimateError as error:
            raise ChangeError(name, error.problems) from None
    changed = block.changed | frozenset(changes)
    return _completed(replace(block, values=values, changed=changed), block)


def _changed(block: Block, names: NameTable, name: str, written: str) -> Value:
    """The value of a name with another expression."""
    place = Place(1, 0, len(name), name)
    if name not in block.values:
        known = ", ".join(block.assumptions[:8]) or "-"
        fail("unknown_name", place, *nearest(name, block.assumptions), name=name, known=known)
    if name not in block.assumptions:
        fail("set_formula", place, *block.assumptions[:1], name=name)
    if len(written) > MAX_LINE_LENGTH or "\n" in written:
        fail("line_long", place, "", count=str(len(written)), limit=str(MAX_LINE_LENGTH))
    text = as_read(written)
    node = parse_expression(text, names, 1, 0, own=name)
    check_intervals(node)
    return replace(block.values[name], node=node, text=text.strip())
