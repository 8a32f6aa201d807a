"""In which order values are evaluated, and what each depends on."""

from __future__ import annotations

from collections.abc import Mapping

from nanashi.estimates.nodes import names_in
from nanashi.estimates.problems import fail
from nanashi.estimates.statements import Value


def dependency_order(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Names such that each comes after all that it uses, otherwise in the order of the lines.

    Raises EstimateError for a circle, naming it.
    """
    done: dict[str, None] = {}
    for start in values:
        path: list[tuple[str, list[str]]] = []
        _visit(start, values, done, path)
    return tuple(done)


def _visit(
    start: str, values: Mapping[str, Value], done: dict[str, None], path: list[tuple[str, list[str]]]
) -> None:
    if start in done:
        return
    on_path = {start}
    path.append((start, list(reversed(names_in(values[start].node)))))
    while path:
        name, waiting = path[-1]
        if not waiting:
            path.pop()
            on_path.discard(name)
            done[name] = None
            continue
        following = waiting.pop()
        if following in on_path:
            circle = [entry for entry, _ in path]
            _refuse_circle([*circle[circle.index(following) :], following], values)
        if following not in done:
            on_path.add(following)
            path.append((following, list(reversed(names_in(values[following].node)))))


def _refuse_circle(circle: list[str], values: Mapping[str, Value]) -> None:
    last = values[circle[-2]]
    fail("circle", last.node.place, "1", circle=" → ".join(circle), name=circle[-2])


def ancestors(values: Mapping[str, Value], order: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """For each name all names that it depends on, itself included."""
    found: dict[str, frozenset[str]] = {}
    for name in order:
        used = names_in(values[name].node)
        found[name] = frozenset({name}).union(*(found[other] for other in used))
    return found


def unused(values: Mapping[str, Value]) -> tuple[str, ...]:
    """The names that no other value uses."""
    used = {other for value in values.values() for other in names_in(value.node)}
    return tuple(name for name in values if name not in used)
