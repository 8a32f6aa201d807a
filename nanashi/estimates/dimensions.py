"""Which low-discrepancy dimension each uncertain thing is drawn from.

A value keeps its dimension whatever another line becomes: the assumptions of the first base have the first
dimensions, in the order of their lines, then come the intervals inside its formulas, then what replies and
readers add. Numbers have a dimension, too, as a reader may make an interval of one.
"""

from __future__ import annotations

from collections.abc import Mapping

from nanashi.estimates.limits import MAX_DIMENSIONS
from nanashi.estimates.nodes import (
    Axis,
    Distribution,
    Every,
    First,
    Interval,
    Mixture,
    Name,
    Node,
    Number,
    PerYear,
    Probability,
    Yes,
    children,
    walk,
)
from nanashi.estimates.problems import fail
from nanashi.estimates.statements import Value

DRAWN = (Interval, Distribution, Mixture, Yes)


def is_closed(node: Node) -> bool:
    """Whether nothing in `node` depends on other values or on the year."""
    return not any(isinstance(part, Name | Axis | First | Probability) for part in walk(node))


def is_assumption(node: Node) -> bool:
    """Whether a value of this expression is an assumption: a number, an interval, a distribution, or a
    growth rate of that kind."""
    core = _core(node)
    return isinstance(core, Number) or is_single_draw(core)


def is_uncertain(node: Node) -> bool:
    """Whether `node` is an assumption that is drawn; a number is not."""
    return is_single_draw(_core(node))


def _core(node: Node) -> Node:
    """What a growth rate is made of; any other node itself."""
    if isinstance(node, Every):
        node = node.period
    return node.operand if isinstance(node, PerYear) else node


def is_single_draw(node: Node) -> bool:
    """Whether `node` is drawn from one dimension: an interval or distribution between constants, or a choice
    among such."""
    if not isinstance(node, DRAWN) or not is_closed(node):
        return False
    if isinstance(node, Mixture):
        return all(_is_simple_arm(arm) for arm in node.arms)
    return not any(isinstance(part, DRAWN) for child in children(node) for part in walk(child))


def _is_simple_arm(arm: Node) -> bool:
    return is_single_draw(_core(arm)) or not any(isinstance(part, DRAWN) for part in walk(arm))


def draw_roots(node: Node) -> list[Node]:
    """The parts of `node` that are drawn from a dimension of their own, in the order of reading.

    A mixture of intervals with all its arms is one; the arms of one over other values are drawn apart.
    """
    found: list[Node] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DRAWN):
            found.append(part)
        if not is_single_draw(part):
            waiting.extend(reversed(children(part)))
    return found


def assign_dimensions(
    values: Mapping[str, Value], known: Mapping[tuple[str, int], int]
) -> dict[tuple[str, int], int]:
    """Dimension by (name, ordinal of the drawn part in its expression); `known` ones are kept.

    Raises EstimateError past MAX_DIMENSIONS.
    """
    assigned = dict(known)
    following = max(assigned.values(), default=-1) + 1
    assumed = {name for name, value in values.items() if is_assumption(value.node)}
    for name in sorted(values, key=lambda name: name not in assumed):
        value = values[name]
        count = 1 if name in assumed else len(draw_roots(value.node))
        for ordinal in range(count):
            if (value.name, ordinal) not in assigned:
                assigned[value.name, ordinal] = following
                following += 1
        if following > MAX_DIMENSIONS:
            fail("dimensions_many", value.node.place, "1", limit=str(MAX_DIMENSIONS))
    return assigned
