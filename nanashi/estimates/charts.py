"""Charts as SVG, made on the server by Vega-Lite through vl-convert; nothing is fetched.

vl-convert starts V8 in this process: the first chart takes half a second and memory stays in use, later ones
take some 40 ms (docs/estimates.md has the figures), so pages make charts in the worker and keep them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from nanashi.estimates.chart_specs import Asked, dots, event_bars, fan, item_bars, matters
from nanashi.estimates.chart_themes import THEMES, Theme
from nanashi.estimates.result import Result, ValueResult
from nanashi.estimates.tables import rows_of, share_of_yes, spoken

_OPENING = re.compile(r"<svg [^>]*>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_CHARTS = 24
"""Charts of one block; further ones are left out."""


def charted(result: Result) -> list[tuple[str, str]]:
    """Name and scale of each chart: those of `chart` lines, or each value that is shown and spreads."""
    if result.block.charts is not None:
        return [(chart.name, chart.scale) for chart in result.block.charts][:MAX_CHARTS]
    shown = [result.values[name] for name in result.block.results]
    drawn = [value for value in shown if value.sample.axis or _spreads(value)]
    return [(value.name, "") for value in drawn][:MAX_CHARTS]


def _spreads(value: ValueResult) -> bool:
    """Whether a chart shows more than the table does: of yes or no, it does not."""
    return not value.sample.certain and value.sample.kind != "truth"


def chart_svg(  # noqa: PLR0913 - what a chart may be asked for
    result: Result,
    name: str,
    *,
    scale: str = "",
    theme: str = "light",
    language: str = "en",
    author: Result | None = None,
) -> str:
    """The chart of one value as an SVG document with a text alternative.

    `scale` is `log`, `linear` or empty (chosen by the figures), `theme` light, dark or print. `author` is the
    estimate before a reader changed it; its figures are drawn dashed, where they are of the same unit.
    """
    spec = _chart(Asked(result, result.values[name], scale, THEMES[theme], language, author))
    return _rendered(spec, THEMES[theme], name, alternative(result, name, language))


def sensitivity_svg(result: Result, name: str, *, theme: str = "light", language: str = "en") -> str | None:
    """The bar chart of what matters most for a value; None where fewer than two assumptions do."""
    spec = matters(result, name, THEMES[theme], language)
    if spec is None:
        return None
    told = ", ".join(f"{other} {share:.0%}" for other, share in result.sensitivity[name] if share >= 0.005)
    return _rendered(spec, THEMES[theme], name, told)


def charts_svg(results: Sequence[Result], *, theme: str = "light", language: str = "en") -> str:
    """All charts of some blocks, one under the other, in one SVG document."""
    specs: list[dict[str, Any]] = []
    told: list[str] = []
    for result in results:
        for name, scale in charted(result):
            specs.append(_chart(Asked(result, result.values[name], scale, THEMES[theme], language)))
            told.append(alternative(result, name, language))
            bars = matters(result, name, THEMES[theme], language)
            specs.extend([bars] if bars is not None else [])
    title = " / ".join(result.block.title for result in results if result.block.title) or "estimate"
    empty = {"data": {"values": []}, "mark": "point", "width": 10, "height": 10}
    return _rendered({"vconcat": specs or [empty]}, THEMES[theme], title, " ".join(told))


def alternative(result: Result, name: str, language: str = "en") -> str:
    """The figures of a chart in words: median and 90 % interval, for series of the first and last year."""
    value = result.values[name]
    parts = [
        f"{label}: {middle}" + (f" ({between})" if between else "")
        for label, middle, between in rows_of(value, language)
    ]
    if value.kind == "series" and len(value.years) > 1:
        if value.sample.kind == "truth":
            first = share_of_yes(value, 0, language)
        else:
            first = spoken(value.quantile("p50")[0], value.unit, language, value.percent)
        year = f"（{value.years[0]}年）" if language == "ja" else f" ({value.years[0]})"
        parts.insert(0, f"{name}{year}: {first}")
    return "; ".join(parts) + "."


def _chart(asked: Asked) -> dict[str, Any]:
    match asked.value.kind:
        case "series":
            return fan(asked)
        case "event":
            return event_bars(asked)
        case "list":
            return item_bars(asked)
        case _:
            return dots(asked)


def _rendered(spec: dict[str, Any], theme: Theme, title: str, told: str) -> str:
    """The SVG of a specification, with title and description for those who cannot see it."""
    import vl_convert  # noqa: PLC0415 - large, and only charts need it

    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        **spec,
        "background": theme.background,
        "config": {
            "view": {"stroke": None},
            "font": "sans-serif",
            "axis": {"labelFontSize": 11, "titleFontSize": 12},
        },
    }
    svg = str(vl_convert.vegalite_to_svg(whole, allowed_base_urls=[]))
    opening = _OPENING.search(svg)
    if opening is None:
        raise ValueError("the renderer gave no SVG")
    label = quoteattr(_NOT_XML.sub("", told))
    head = opening.group()[:-1] + f' role="img" aria-label={label}>'
    texts = f"<title>{escape(_NOT_XML.sub('', title))}</title><desc>{escape(_NOT_XML.sub('', told))}</desc>"
    return svg[: opening.start()] + head + texts + svg[opening.end() :]
