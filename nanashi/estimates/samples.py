"""Values while they are evaluated: draws by years or list items, with their unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from nanashi.estimates.sobol import Floats
from nanashi.estimates.units import PLAIN, Unit

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """`cells` has shape (K, D): K is 1, the number of years or of list items; D is 1 for what is certain,
    else the number of draws. `axis` is empty, `years` or `list`; `kind` is `number`, `truth` (cells 0 or 1)
    or `event` (years, infinity for never). `shape` names the distribution where one was drawn directly."""

    cells: Floats
    unit: Unit = PLAIN
    axis: str = ""
    kind: str = "number"
    shape: str = ""

    @property
    def certain(self) -> bool:
        """Whether all draws are the same."""
        return bool(self.cells.shape[1] == 1)


def constant(value: float, unit: Unit = PLAIN) -> Sample:
    """A certain number."""
    return Sample(np.full((1, 1), value), unit)


def joined_axis(*samples: Sample) -> str:
    """The axis of a result of `samples`; `shapes` has refused those that do not fit."""
    return next((sample.axis for sample in samples if sample.axis), "")


def as_truth(sample: Sample) -> Truths:
    """The cells of a condition as booleans."""
    return np.not_equal(sample.cells, 0.0)


def signed(sample: Sample) -> Sample:
    """A rate of halving as the fall that it is; anything else unchanged."""
    if sample.unit.hint != "halving":
        return sample
    return Sample(-sample.cells, replace(sample.unit, hint=""), sample.axis, sample.kind)
