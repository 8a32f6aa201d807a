"""The value of every kind of node."""

from __future__ import annotations

import numpy as np

from nanashi.estimates.arithmetic import apply_sign, require_truth
from nanashi.estimates.choices import choose, draw_distribution, draw_interval, draw_mixture, draw_yes, gather
from nanashi.estimates.functions import call, convert
from nanashi.estimates.limits import LARGEST
from nanashi.estimates.nodes import (
    Axis,
    Binary,
    Call,
    Convert,
    Distribution,
    Every,
    First,
    Growing,
    If,
    Interval,
    ListOf,
    Mixture,
    Name,
    Negative,
    Node,
    Not,
    Number,
    PerYear,
    Pick,
    Probability,
    Yes,
)
from nanashi.estimates.problems import fail
from nanashi.estimates.rates import doubling, per_year, yearly_factor
from nanashi.estimates.samples import Sample, as_truth, constant, signed
from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import AXIS, PLAIN, YEAR
from nanashi.estimates.world import World, share_text


class Evaluator:
    """Evaluates nodes in a world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def value(self, name: str) -> Sample:
        """Evaluate the value `name`; what it uses must be done."""
        self.world.enter(name)
        node = self.world.block.values[name].node
        try:
            sample = self.of(node)
        except (FloatingPointError, OverflowError, ZeroDivisionError):
            fail("overflow", node.place, share="100%", part=node.place.text)
        if sample.kind != "event" and not (sample.cells.min() >= -LARGEST and sample.cells.max() <= LARGEST):
            bad = ~(np.abs(sample.cells) <= LARGEST)
            fail("overflow", node.place, share=share_text(bad), part=node.place.text)
        return sample

    def of(self, node: Node) -> Sample:  # noqa: C901, PLR0911 - one case for each kind of node
        """The sample of a node."""
        match node:
            case Number():
                return constant(node.value, node.unit)
            case Name():
                return self.world.done[node.name]
            case Axis():
                return Sample(self.world.years[:, np.newaxis], AXIS, "years")
            case Binary():
                return apply_sign(self.world, node, self.of(node.left), self.of(node.right))
            case Interval():
                return draw_interval(self.world, node, self.of)
            case Distribution():
                return draw_distribution(self.world, node, self.of)
            case Mixture():
                return draw_mixture(self.world, node, self.of)
            case Yes():
                return draw_yes(self.world, node, self.of)
            case If():
                return choose(self.world, node, self.of)
            case Call():
                return call(self.world, node, [self.of(part) for part in node.arguments])
            case ListOf():
                return gather(node, [self.of(item) for item in node.items], node.items)
            case _:
                return self._rest(node)

    def _rest(self, node: Node) -> Sample:  # noqa: PLR0911 - one case for each kind of node
        match node:
            case Negative():
                return self._negative(node)
            case Not():
                condition = self.of(node.operand)
                require_truth(condition, node.operand)
                return Sample(1.0 - condition.cells, PLAIN, condition.axis, "truth")
            case Probability():
                return self._probability(node)
            case First():
                return self._first(node)
            case Pick():
                sample = self.of(node.operand)
                row = int(node.year - self.world.years[0])
                return Sample(sample.cells[row : row + 1], sample.unit, "", sample.kind)
            case Convert():
                return convert(node, self.of(node.operand))
            case Growing():
                return self._growing(node)
            case Every():
                return doubling(self.of(node.period), node.falling, node.period)
            case PerYear():
                return per_year(self.of(node.operand), node.operand.place)
            case _:
                raise TypeError(type(node).__name__)

    def _negative(self, node: Negative) -> Sample:
        sample = self.of(node.operand)
        if sample.kind == "event":
            fail("event_arithmetic", node.place, node.operand.place.text, written=node.place.text)
        sample = signed(sample)
        return Sample(-sample.cells, sample.unit, sample.axis)

    def _probability(self, node: Probability) -> Sample:
        """The share of draws in which the condition holds, of those in which the given one does."""
        if node.given is None:
            condition = self.of(node.condition)
            require_truth(condition, node.condition)
            return Sample(condition.cells.mean(axis=1, keepdims=True), PLAIN, condition.axis, "chance")
        given = self.of(node.given)
        require_truth(given, node.given)
        held = as_truth(given)
        with self.world.only_where(held):
            condition = self.of(node.condition)
        require_truth(condition, node.condition)
        both = np.broadcast_arrays(condition.cells, given.cells)
        count = both[1].sum(axis=1, keepdims=True)
        if np.any(count == 0):
            fail(
                "given_never", node.given.place, f"not ({node.given.place.text})", part=node.given.place.text
            )
        cells = np.where(both[1] != 0, both[0], 0.0).sum(axis=1, keepdims=True) / count
        return Sample(cells, PLAIN, condition.axis or given.axis, "chance")

    def _first(self, node: First) -> Sample:
        condition = self.of(node.condition)
        require_truth(condition, node.condition)
        held = as_truth(condition)
        years = np.where(held.any(axis=0), self.world.years[np.argmax(held, axis=0)], np.inf)
        return Sample(years[np.newaxis], YEAR, "", "event")

    def _growing(self, node: Growing) -> Sample:
        """base (1 + r)^(t - start), by one multiplication a year: a rate is drawn once, not yearly."""
        base = self.of(node.base)
        if base.kind == "event":
            fail("event_arithmetic", node.base.place, "1", written=node.place.text)
        factor = yearly_factor(self.of(node.rate), node.rate)
        cells = self.world.checked(lambda: self._grown(base.cells, factor, node.start), node.place)
        if 0.0 in (cells.min(), cells.max()) and np.any((cells == 0.0) & (base.cells != 0.0)):
            fail("overflow", node.place, share="100%", part=node.place.text)
        return Sample(cells, base.unit, "years")

    def _grown(self, base: Floats, factor: Floats, start: int) -> Floats:
        """From the year that is nearest to the start to either side."""
        years = self.world.years
        grown = np.empty((len(years), max(base.shape[1], factor.shape[1])))
        nearest = min(max(start - int(years[0]), 0), len(years) - 1)
        distance = years[nearest] - start
        grown[nearest] = base[0] * np.power(factor[0], distance) if distance else base[0]
        for row in range(nearest + 1, len(years)):
            np.multiply(grown[row - 1], factor[0], out=grown[row])
        for row in range(nearest - 1, -1, -1):
            np.divide(grown[row + 1], factor[0], out=grown[row])
        return grown
