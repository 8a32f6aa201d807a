"""Vega-Lite specifications of the charts. Writers' text stands in them only as titles and data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from nanashi.estimates.chart_overlays import (
    author_interval,
    author_items,
    author_lines,
    author_shares,
    before_of,
    ends_of,
)
from nanashi.estimates.chart_themes import Theme
from nanashi.estimates.nodes import Binary, First, Name, Number
from nanashi.estimates.result import Result, ValueResult
from nanashi.estimates.tables import ENGLISH_SCALES, JAPANESE_SCALES, unit_text
from nanashi.estimates.units import factor_to

Spec = dict[str, Any]
_WIDE = 100.0
_TINY = 1e-290
_DOTS = 40
_BARS = 8
_WORDS = {
    "en": {"year": "year", "never": "never", "share": "share of draws", "matters": "what matters most"},
    "ja": {"year": "年", "never": "来ない", "share": "回の割合", "matters": "効いている前提"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A chart that is asked for: of which value, how it is to be drawn, and whose figures stand beside its own."""

    result: Result
    value: ValueResult
    scale: str
    """`log`, `linear`, or empty where the figures choose."""
    theme: Theme
    language: str
    author: Result | None = None
    """The estimate before a reader changed it."""

    @property
    def before(self) -> ValueResult | None:
        """What the author says of the value, where it differs and can stand on the same axis."""
        return before_of(self.author, self.value)


def is_log(low: float, high: float, scale: str) -> bool:
    """Whether an axis is logarithmic: where the writer says so, or by itself over more than two orders."""
    if low <= _TINY or scale == "linear":
        return False
    return scale == "log" or high / low > _WIDE


def _axis(title: str, theme: Theme, log: bool) -> Spec:
    axis: Spec = {"title": title, "labelColor": theme.text, "titleColor": theme.text, "gridColor": theme.grid}
    axis |= {"domainColor": theme.grid, "tickColor": theme.grid, "titleFontWeight": "normal"}
    if log:
        axis |= {"labelExpr": "'1e' + round(log(datum.value) / LN10)"}
    return axis


def _powers(low: float, high: float) -> Spec:
    """Ticks of a logarithmic axis at powers of ten, at most eight; none of its own within one order."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    inside = [power for power in range(first, last + 1) if low <= 10.0**power <= high]
    if len(inside) < 2:
        return {"labelExpr": "format(datum.value, ',')"}
    return {"values": [10.0**power for power in inside[:: math.ceil(len(inside) / 8)]]}


def _magnitude(high: float, log: bool, language: str) -> tuple[float, str]:
    """What to count a linear axis in, so that it says 20億円 and not 2,000,000,000円."""
    if log:
        return 1.0, ""
    table = JAPANESE_SCALES if language == "ja" else ENGLISH_SCALES
    return next(((factor, word) for factor, word in table if high >= factor), (1.0, ""))


def _scale(log: bool, zero: bool = False) -> Spec:
    return {"type": "log"} if log else {"zero": zero, "nice": True}


def fan(asked: Asked) -> Spec:
    """A series: the median, the middle half and the 90 % interval by year, the threshold of an event over it,
    and the band of the event's years."""
    value, theme, before = asked.value, asked.theme, asked.before
    _log, factor, y = _measured(asked, *ends_of(value, before or value))
    rows = [
        {"year": year, **dict(zip(("p5", "p25", "p50", "p75", "p95"), column, strict=True))}
        for year, column in zip(value.years, (value.summary.quantiles.T / factor).tolist(), strict=True)
    ]
    x = {"field": "year", "type": "quantitative", "scale": {"nice": False, "zero": False}}
    x["axis"] = _axis(_WORDS[asked.language]["year"], theme, False) | {
        "format": "d",
        "tickMinStep": 1,
        "labelFlush": False,
    }
    layers: list[Spec] = [
        *_event_layers(asked.result, value, factor, theme),
        _area(x, y, "p5", "p95", theme.band_light),
        _area(x, y, "p25", "p75", theme.band_dark),
        {
            "mark": {"type": "line", "color": theme.line, "strokeWidth": 2},
            "encoding": {"x": x, "y": {**y, "field": "p50"}},
        },
        *author_lines(before, factor, {**x, "field": "year"}, y, theme),
    ]
    return {"width": theme.width, "height": 240, "data": {"values": rows}, "layer": layers}


def _area(x: Spec, y: Spec, low: str, high: str, colour: str) -> Spec:
    encoding = {"x": x, "y": {**y, "field": low}, "y2": {"field": high}}
    return {"mark": {"type": "area", "color": colour}, "encoding": encoding}


def _event_layers(result: Result, value: ValueResult, factor: float, theme: Theme) -> list[Spec]:
    """The thresholds and year bands of the events that look at this series."""
    layers: list[Spec] = []
    for other in result.values.values():
        node = result.block.values[other.name].node
        if other.kind != "event" or not isinstance(node, First):
            continue
        level = threshold(result, node, value)
        if level is None:
            continue
        early, late = other.quantile("p5")[0], other.quantile("p95")[0]
        if early is not None:
            band = [{"a": early - 0.5, "b": (late if late is not None else value.years[-1]) + 0.5}]
            encoding = {"x": {"field": "a", "type": "quantitative"}, "x2": {"field": "b"}}
            mark = {"type": "rect", "color": theme.event, "clip": True}
            layers.append({"data": {"values": band}, "mark": mark, "encoding": encoding})
        rule = {"type": "rule", "color": theme.accent, "strokeDash": [4, 3]}
        at = {"y": {"field": "v", "type": "quantitative"}}
        layers.append({"data": {"values": [{"v": level / factor}]}, "mark": rule, "encoding": at})
    return layers


def threshold(result: Result, node: First, value: ValueResult) -> float | None:
    """The number that an event compares this series with, in the series' unit; None where it is none."""
    condition = node.condition
    if not isinstance(condition, Binary):
        return None
    for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
        if not isinstance(one, Name) or one.name != value.name:
            continue
        if isinstance(other, Number):
            factor = factor_to(other.unit, value.sample.unit)
            return None if factor is None else other.value * factor
        if isinstance(other, Name) and result.values[other.name].kind == "scalar":
            level = result.values[other.name].quantile("p50")[0]
            factor = factor_to(result.values[other.name].sample.unit, value.sample.unit)
            return None if factor is None or level is None else level * factor
    return None


def dots(asked: Asked) -> Spec:
    """A scalar as a strip of forty equally likely dots (M. Kay et al., "When (ish) is my bus?", CHI 2016),
    the 90 % interval as a line and the outcome, if known, as a rule."""
    result, value, theme, before = asked.result, asked.value, asked.theme, asked.before
    ordered = np.sort(result.draws(value.name))
    chosen = [float(ordered[int((i + 0.5) / _DOTS * len(ordered))]) for i in range(_DOTS)]
    others = ends_of(before) if before is not None else (chosen[0], chosen[-1])
    least, most = min(chosen[0], others[0]), max(chosen[-1], others[1])
    log, factor, amounts = _measured(asked, least, most)
    x = {"field": "v", **amounts}
    stacked = _stacked([dot / factor for dot in chosen], log)
    y = {
        "field": "n",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-1.5 if before is None else -3.0, max(12, len(stacked) / 3)]},
    }
    low, high = (float(value.summary.quantiles[row, 0]) / factor for row in (0, -1))
    ends = [{"v": low, "w": high, "n": -0.8}]
    layers: list[Spec] = [
        {
            "data": {"values": stacked},
            "mark": {"type": "circle", "color": theme.line, "size": 44, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": ends},
            "mark": {"type": "rule", "color": theme.text, "strokeWidth": 3},
            "encoding": {"x": x, "x2": {"field": "w"}, "y": y},
        },
        *author_interval(before, factor, x, y, theme),
    ]
    score = result.scores.get(value.name)
    if score is not None and score.outcome is not None:
        rule = {"type": "rule", "color": theme.accent, "strokeWidth": 2}
        layers.append(
            {"data": {"values": [{"v": score.outcome / factor}]}, "mark": rule, "encoding": {"x": x}}
        )
    return {"width": theme.width, "height": 110, "layer": layers}


def _stacked(values: list[float], log: bool) -> list[dict[str, float]]:
    """Dots in columns of equal width, one upon another."""
    places = [math.log(value) if log else value for value in values]
    width = (places[-1] - places[0]) / 24 or 1.0
    columns: dict[int, int] = {}
    out: list[dict[str, float]] = []
    for place in places:
        column = round((place - places[0]) / width)
        columns[column] = columns.get(column, -1) + 1
        centre = places[0] + column * width
        out.append({"v": math.exp(centre) if log else centre, "n": float(columns[column])})
    return out


def _shares(result: Result, name: str, never: str) -> list[Spec]:
    """The share of the draws by year, and of never."""
    draws = result.draws(name)
    years, counts = np.unique(draws, return_counts=True)
    return [
        {"when": str(int(year)) if np.isfinite(year) else never, "share": int(count) / len(draws)}
        for year, count in zip(years, counts, strict=True)
    ]


def event_bars(asked: Asked) -> Spec:
    """An event: the share of draws by year, and never."""
    name, theme, words = asked.value.name, asked.theme, _WORDS[asked.language]
    rows = _shares(asked.result, name, words["never"])
    author = None if asked.before is None else asked.author
    others = [] if author is None else _shares(author, name, words["never"])
    axis = _axis(name, theme, False) | {"labelAngle": 0, "labelOverlap": True}
    order = sorted({row["when"] for row in (*rows, *others)}, key=lambda when: (not when.isdigit(), when))
    x = {"field": "when", "type": "ordinal", "sort": None, "axis": axis, "scale": {"domain": order}}
    y_axis = _axis(words["share"], theme, False) | {"format": ".0%", "tickCount": 5}
    y = {"field": "share", "type": "quantitative", "axis": y_axis}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": theme.band_dark if others else theme.line},
        "encoding": {"x": x, "y": y},
    }
    layers = [bars, *author_shares(others, x, y, theme)]
    return {"width": theme.width, "height": 160, "layer": layers}


def item_bars(asked: Asked) -> Spec:
    """A list: median and 90 % interval of each item."""
    value, theme, before = asked.value, asked.theme, asked.before
    _log, factor, y = _measured(asked, *ends_of(value, before or value))
    rows = [
        {"i": i, "a": column[0], "m": column[2], "b": column[4]}
        for i, column in enumerate((value.summary.quantiles.T / factor).tolist(), 1)
    ]
    x = {"field": "i", "type": "ordinal", "axis": _axis("", theme, False) | {"labelAngle": 0}}
    layers = [
        {
            "mark": {"type": "rule", "color": theme.line, "strokeWidth": 3},
            "encoding": {"x": x, "y": {**y, "field": "a"}, "y2": {"field": "b"}},
        },
        {
            "mark": {"type": "circle", "color": theme.line, "size": 70, "opacity": 1},
            "encoding": {"x": x, "y": {**y, "field": "m"}},
        },
        *author_items(before, factor, x, y, theme),
    ]
    return {"width": theme.width, "height": 200, "data": {"values": rows}, "layer": layers}


def matters(result: Result, name: str, theme: Theme, language: str) -> Spec | None:
    """What matters most for a value: a bar an assumption, None where there is only one."""
    shares = [(other, share) for other, share in result.sensitivity.get(name, ()) if share >= 0.005]
    if len(shares) < 2:
        return None
    rows = [{"name": other, "share": share} for other, share in shares[:_BARS]]
    title = f"{_WORDS[language]['matters']}: {name}"
    x_axis = _axis(title, theme, False) | {"format": ".0%", "tickCount": 5}
    x = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": x_axis}
    y = {"field": "name", "type": "nominal", "sort": None, "axis": _axis("", theme, False) | {"title": None}}
    mark = {"type": "bar", "color": theme.line}
    size = {"width": theme.width, "height": 24 * len(rows)}
    return {**size, "data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}


def _measured(asked: Asked, low: float, high: float) -> tuple[bool, float, Spec]:
    """How figures from `low` to `high` are shown: whether by their logarithm, what they are counted in, and their axis,
    titled with the value's name and unit."""
    log = is_log(low, high, asked.scale)
    factor, word = _magnitude(high, log, asked.language)
    unit = unit_text(asked.value.unit, asked.language)
    counted = f"{word}{unit}" if asked.language == "ja" else f"{word} {unit}".strip()
    title = f"{asked.value.name} ({counted})" if counted else asked.value.name
    axis = _axis(title, asked.theme, log) | (_powers(low, high) if log else {"tickCount": 7})
    return log, factor, {"type": "quantitative", "scale": _scale(log), "axis": axis}
