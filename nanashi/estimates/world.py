"""What an evaluation knows while it runs: the block, the points, what is done, and which draws count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from nanashi.estimates.block import Block
from nanashi.estimates.dimensions import draw_roots
from nanashi.estimates.drawing import Points
from nanashi.estimates.nodes import Node
from nanashi.estimates.problems import Place, Problem, fail, problem
from nanashi.estimates.samples import Sample, Truths
from nanashi.estimates.sobol import Floats


@dataclass
class World:
    """The state of one evaluation. Only draws in `mask` count for errors: those of a branch that is taken."""

    block: Block
    points: Points
    years: Floats
    done: dict[str, Sample] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    mask: Truths | None = None
    _name: str = ""
    _ordinals: dict[int, int] = field(default_factory=dict)
    _inner: Floats | None = None

    def enter(self, name: str) -> None:
        """Start the evaluation of a value: its drawn parts get its dimensions."""
        self._name = name
        self._ordinals = {id(node): i for i, node in enumerate(draw_roots(self.block.values[name].node))}

    def points_of(self, node: Node) -> Floats:
        """The points that `node` is drawn at, shape (1, draws)."""
        if self._inner is not None:
            return self._inner
        return self.points.of(self._name, self._ordinals[id(node)])

    @contextmanager
    def drawing_at(self, points: Floats) -> Iterator[None]:
        """Draw what is inside at these points: the arms of a mixture share its dimension."""
        before, self._inner = self._inner, points
        try:
            yield
        finally:
            self._inner = before

    @contextmanager
    def only_where(self, condition: Truths) -> Iterator[None]:
        """Let only draws in which `condition` holds count for errors."""
        before = self.mask
        self.mask = condition if before is None else condition & before
        try:
            yield
        finally:
            self.mask = before

    def counted(self, bad: Truths) -> Truths:
        """`bad` without the draws that do not count."""
        return bad if self.mask is None else bad & self.mask

    def checked(self, compute: Callable[[], Floats], place: Place) -> Floats:
        """The result of `compute`; raises EstimateError when it overflows in a draw that counts."""
        try:
            return compute()
        except FloatingPointError:
            with np.errstate(all="ignore"):
                result = compute()
            bad = self.counted(~np.isfinite(result))
            if np.any(bad):
                fail("overflow", place, share=share_text(bad), part=place.text)
            return result

    def notice(self, code: str, place: Place, **details: str) -> None:
        """Remember something that readers should know, once a line."""
        if all((known.code, known.line) != (code, place.line) for known in self.notices):
            self.notices.append(problem(code, place, **details))


def share_text(bad: Truths) -> str:
    """The share of draws with a bad cell, as printed."""
    share = float(np.mean(np.any(bad, axis=0)))
    return f"{share:.2%}" if share >= 0.0001 else "< 0.01%"
