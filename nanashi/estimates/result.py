"""The answer to an estimate, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nanashi.estimates.block import Block
from nanashi.estimates.problems import Problem
from nanashi.estimates.samples import Sample
from nanashi.estimates.scoring import Score
from nanashi.estimates.summary import LEVELS, Summary

_DIGITS = 10


def rounded(value: float | None) -> float | int | None:
    """A number with the ten significant digits that are printed; None for what is not finite."""
    if value is None or not np.isfinite(value):
        return None
    short = float(f"{value:.{_DIGITS}g}")
    return short + 0.0


@dataclass(frozen=True, slots=True)
class ValueResult:
    """What is known of one value. `kind` is `scalar`, `series`, `list` or `event`; `shape` names the
    distribution of an assumption and is empty elsewhere; `percent` says that it was written in %."""

    name: str
    kind: str
    unit: str
    summary: Summary
    shape: str
    percent: bool
    years: tuple[int, ...]
    sample: Sample = field(repr=False)

    def quantile(self, level: str) -> list[float | None]:
        """One of p5, p25, p50, p75, p95: a number a year or list item, one for scalars and events."""
        index = [name for name, _ in LEVELS].index(level)
        return [float(v) if np.isfinite(v) else None for v in self.summary.quantiles[index]]

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        out: dict[str, Any] = {"kind": self.kind, "unit": self.unit}
        if self.kind == "series":
            out["years"] = list(self.years)
        if self.kind == "scalar":
            out["mean"] = rounded(self.summary.mean)
            out["sd"] = rounded(self.summary.sd)
        out.update(self._quantiles())
        if self.kind == "event":
            out["never"] = rounded(self.summary.never)
        if self.shape:
            out["shape"] = self.shape
        return out

    def _quantiles(self) -> dict[str, Any]:
        rows = self.summary.quantiles.tolist()
        if self.kind in ("series", "list"):
            return {name: [rounded(v) for v in row] for (name, _), row in zip(LEVELS, rows, strict=True)}
        if self.kind == "event":
            return {
                name: int(row[0]) if np.isfinite(row[0]) else None
                for (name, _), row in zip(LEVELS, rows, strict=True)
            }
        return {name: rounded(row[0]) for (name, _), row in zip(LEVELS, rows, strict=True)}


@dataclass(frozen=True, slots=True)
class Result:
    """An evaluated block: figures by name in the order of the lines, what matters most, and the scores."""

    block: Block = field(repr=False)
    seed: int
    samples: int
    values: dict[str, ValueResult]
    sensitivity: dict[str, list[tuple[str, float]]]
    scores: dict[str, Score]
    notices: tuple[Problem, ...]

    def warnings(self, language: str = "en") -> list[str]:
        """What readers should know, in English or Japanese."""
        return [notice.message(language) for notice in self.notices]

    def draws(self, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The draws of a value, shape (draws,) or (years or items, draws); *never* is infinity."""
        cells = self.values[name].sample.cells
        full = np.broadcast_to(cells, (cells.shape[0], self.samples))
        return full if self.values[name].sample.axis else full[0]

    def to_json(self, language: str = "en") -> dict[str, Any]:
        """The object that `nanashi estimate --json` prints."""
        return {
            "title": self.block.title,
            "seed": self.seed,
            "samples": self.samples,
            "warnings": self.warnings(language),
            "values": {name: value.to_json() for name, value in self.values.items()},
            "sensitivity": {
                name: [[other, rounded(share)] for other, share in shares]
                for name, shares in self.sensitivity.items()
            },
            "scores": {name: _score_json(score) for name, score in self.scores.items()},
        }


def _score_json(score: Score) -> dict[str, Any]:
    out: dict[str, Any] = {"outcome": rounded(score.outcome)}
    if score.brier is not None:
        out["brier"] = rounded(score.brier)
    else:
        out["crps"] = rounded(score.crps)
    out["log"] = rounded(score.log)
    if score.inside90 is not None:
        out["inside90"] = score.inside90
    return out
