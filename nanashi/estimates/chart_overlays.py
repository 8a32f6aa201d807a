"""The author's figures in the chart of a reader's: dashed and in the colour of text, over the reader's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from nanashi.estimates.chart_themes import Theme
from nanashi.estimates.result import Result, ValueResult

Spec = dict[str, Any]
_DASHES = [5, 4]


def before_of(author: Result | None, value: ValueResult) -> ValueResult | None:
    """What the author says of a value; None where it cannot stand on the same axis."""
    before = author.values.get(value.name) if author is not None else None
    if before is None or (before.kind, before.unit, before.years) != (value.kind, value.unit, value.years):
        return None
    if before.summary.quantiles.shape != value.summary.quantiles.shape:
        return None
    return None if np.array_equal(before.summary.quantiles, value.summary.quantiles) else before


def ends_of(*values: ValueResult) -> tuple[float, float]:
    """The lowest and the highest figure of some values."""
    quantiles = [value.summary.quantiles for value in values]
    return min(float(one.min()) for one in quantiles), max(float(one.max()) for one in quantiles)


def author_lines(before: ValueResult | None, factor: float, x: Spec, y: Spec, theme: Theme) -> list[Spec]:
    """Of a series: the median as dashes, the ends of the 90 % interval as fine dots."""
    if before is None:
        return []
    layers: list[Spec] = []
    for row, dash, width in ((0, [1, 3], 1.2), (2, _DASHES, 1.8), (4, [1, 3], 1.2)):
        figures = (before.summary.quantiles[row] / factor).tolist()
        data = [{"year": year, "v": v} for year, v in zip(before.years, figures, strict=True)]
        mark = {"type": "line", "color": theme.text, "strokeDash": dash, "strokeWidth": width}
        layers.append(
            {"data": {"values": data}, "mark": mark, "encoding": {"x": x, "y": {**y, "field": "v"}}}
        )
    return layers


def author_interval(before: ValueResult | None, factor: float, x: Spec, y: Spec, theme: Theme) -> list[Spec]:
    """Of a number: the 90 % interval as a dashed line under the reader's, with a stroke at the median."""
    if before is None:
        return []
    low, middle, high = (float(before.summary.quantiles[row, 0]) / factor for row in (0, 2, 4))
    place = {"y": {**y, "field": "n"}}
    line = {"type": "rule", "color": theme.text, "strokeDash": _DASHES, "strokeWidth": 2}
    stroke = {"type": "tick", "color": theme.text, "thickness": 2, "size": 12, "orient": "vertical"}
    return [
        {
            "data": {"values": [{"v": low, "w": high, "n": -2.2}]},
            "mark": line,
            "encoding": {"x": x, "x2": {"field": "w"}, **place},
        },
        {"data": {"values": [{"v": middle, "n": -2.2}]}, "mark": stroke, "encoding": {"x": x, **place}},
    ]


def author_shares(rows: list[Spec], x: Spec, y: Spec, theme: Theme) -> list[Spec]:
    """Of an event: the author's share of each year as a stroke across its bar."""
    mark = {"type": "tick", "color": theme.text, "thickness": 2, "orient": "horizontal"}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}] if rows else []


def author_items(before: ValueResult | None, factor: float, x: Spec, y: Spec, theme: Theme) -> list[Spec]:
    """Of a list: the author's medians as open circles."""
    if before is None:
        return []
    data = [{"i": i, "v": v} for i, v in enumerate((before.summary.quantiles[2] / factor).tolist(), 1)]
    mark = {"type": "point", "color": theme.text, "size": 90, "opacity": 1, "strokeWidth": 1.5}
    return [{"data": {"values": data}, "mark": mark, "encoding": {"x": x, "y": {**y, "field": "v"}}}]
