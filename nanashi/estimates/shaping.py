"""Distributions by the name of their shape: which arguments each takes."""

from __future__ import annotations

from dataclasses import replace

from nanashi.estimates.nodes import Distribution, Interval, Node
from nanashi.estimates.problems import Place, fail
from nanashi.estimates.words import SHAPES

_NAMED = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd"),
    "exponential": ("mean",),
    "poisson": ("mean",),
}
_ORDERED = {"triangular": 3, "beta": 2, "uniform": 2, "loguniform": 2, "exponential": 1, "poisson": 1}
_FROM_INTERVAL = frozenset({"normal", "lognormal", "share", "uniform", "loguniform"})
_EXAMPLES = {
    "normal": ("normal(1 to 3)", "normal(mean=2, sd=1)"),
    "lognormal": ("lognormal(1 to 3)", "lognormal(median=2, sd=0.5)"),
    "share": ("share(10% to 30%)",),
    "uniform": ("uniform(1 to 3)",),
    "loguniform": ("loguniform(1 to 3)",),
    "triangular": ("triangular(1, 2, 4)",),
    "beta": ("beta(2, 5)",),
    "exponential": ("exponential(mean=2)",),
    "poisson": ("poisson(mean=2)",),
}


def build_shape(shape: str, word: str, given: list[tuple[str, Node]], place: Place) -> Node:
    """The interval or distribution of `shape` with the arguments (name or empty, node) that were written.

    Raises EstimateError when the shape does not take them.
    """
    names = tuple(name for name, _ in given)
    nodes = tuple(node for _, node in given)
    first = nodes[0]
    if names == ("",) and isinstance(first, Interval) and shape in _FROM_INTERVAL:
        return _from_interval(shape, first, place)
    if shape in _NAMED and sorted(names) == sorted(_NAMED[shape]):
        return Distribution(shape, tuple(nodes[names.index(name)] for name in _NAMED[shape]), place)
    if _ORDERED.get(shape) == len(nodes) and not any(names):
        if shape in ("uniform", "loguniform"):
            return Interval(nodes[0], nodes[1], 1.0, shape, place)
        return Distribution(shape, nodes, place)
    return _refuse(shape, word, names, nodes, place)


def _from_interval(shape: str, interval: Interval, place: Place) -> Interval:
    if shape in ("uniform", "loguniform"):
        if interval.level != 0.9:
            ends = f"{interval.low.place.text} to {interval.high.place.text}"
            fail("level_of_ends", place, f"{SHAPES[shape][0]}({ends})", shape=shape)
        return replace(interval, shape=shape, level=1.0, place=place)
    return replace(interval, shape=shape, place=place)


def _refuse(shape: str, word: str, names: tuple[str, ...], nodes: tuple[Node, ...], place: Place) -> Node:
    texts = [node.place.text for node in nodes]
    if shape == "normal" and names == ("", ""):
        fail("normal_parameters", place, f"normal(mean={texts[0]}, sd={texts[1]})")
    if shape == "lognormal" and names == ("", ""):
        fail("normal_parameters", place, f"lognormal({texts[0]} to {texts[1]})")
    fail("shape_arguments", place, *_EXAMPLES[shape], shape=word)
