"""A result as a table for people: three significant figures, with the units that people say."""

from __future__ import annotations

import math
import unicodedata

import numpy as np

from nanashi.estimates.result import Result, ValueResult

ENGLISH_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
JAPANESE_SCALES = ((1e16, "京"), (1e12, "兆"), (1e8, "億"), (1e4, "万"))
_RARE = 0.0005
"""Below this share *never* is not worth a word in a table; JSON has it."""
_NOISE = 5e-4
"""Share of a 90 % interval below which a figure is not told from 0."""
_LARGEST = {"en": 1e15, "ja": 1e20}
_WORDS = {
    "en": ("value", "median", "90% interval", "year", "never", "draws", "seed", "note", "what matters most"),
    "ja": ("値", "中央値", "90%区間", "年", "来ない", "回数", "種", "注意", "効いている前提"),
}


def spoken(value: float | None, unit: str = "", language: str = "en", percent: bool = False) -> str:
    """A number as people say it: `3.1 million`, `2.4億円`, `1.2e29 FLOP`, `30%`, `0.012`; three figures.

    None is *never* or unknown and printed as a dash.
    """
    if value is None or not math.isfinite(value):
        return "—"
    if percent and unit in ("", "1/yr"):
        return f"{_figures(value * 100)}%" + ("/yr" if unit and language == "en" else "/年" if unit else "")
    text, scale = _figures(value), ""
    for factor, word in JAPANESE_SCALES if language == "ja" else ENGLISH_SCALES:
        if factor * 0.9995 <= abs(value) < _LARGEST[language]:
            text, scale = _figures(value / factor), word
            break
    joined = f"{text}{scale}" if language == "ja" else f"{text} {scale}".strip()
    shown = unit_text(unit, language)
    if not shown:
        return joined
    if language == "en" and unit in _PLURALS and joined.lstrip("-") != "1":
        shown = _PLURALS[unit]
    return f"{joined}{shown}" if language == "ja" and not shown[0].isascii() else f"{joined} {shown}"


_JAPANESE_UNITS = {
    "OOM": "桁",
    "OOM/yr": "桁/年",
    "year": "年",
    "month": "か月",
    "day": "日",
    "hour": "時間",
    "min": "分",
    "s": "秒",
    "week": "週",
    "x/yr": "倍/年",
    "1/yr": "/年",
}


_PLURALS = {"year": "years", "month": "months", "week": "weeks", "day": "days", "hour": "hours"}


def unit_text(unit: str, language: str = "en") -> str:
    """A unit as it is shown in the language."""
    return _JAPANESE_UNITS.get(unit, unit) if language == "ja" else unit


def _figures(value: float) -> str:
    """Three significant figures, powers of ten only where there would be many zeros."""
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e6:
        digits = 2 - math.floor(math.log10(abs(value)))
        text = f"{round(value, digits):,.{max(0, digits)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def rows(result: Result, language: str = "en") -> list[tuple[str, str, str]]:
    """Name, median and 90 % interval of every shown value; the last year of a series, each item of a list."""
    found: list[tuple[str, str, str]] = []
    for name in result.block.results:
        found.extend(rows_of(result.values[name], language))
    return found


def rows_of(value: ValueResult, language: str = "en") -> list[tuple[str, str, str]]:
    """The rows of one value."""
    p5, p50, p95 = (value.quantile(level) for level in ("p5", "p50", "p95"))
    if value.kind == "event":
        return [(value.name, event_year(p50[0], language), _event_interval(value, language))]
    out: list[tuple[str, str, str]] = []
    chosen = range(len(p50)) if value.kind == "list" else [len(p50) - 1]
    for index in chosen:
        label = value.name
        if value.kind == "series":
            label += f"（{value.years[index]}年）" if language == "ja" else f" ({value.years[index]})"
        elif value.kind == "list":
            label += f" [{index + 1}]"
        if value.sample.kind == "truth":
            out.append((label, share_of_yes(value, index, language), ""))
            continue
        low, middle, high = (
            spoken(number, value.unit, language, value.percent)
            for number in _without_noise(p5[index], p50[index], p95[index])
        )
        between = f"{low}〜{high}" if language == "ja" else f"{low} to {high}"
        out.append((label, middle, between if low != high else ""))
    return out


def _without_noise(*numbers: float | None) -> list[float | None]:
    """Low, middle and high, with 0 for one so near to it, within an interval on both sides of it, that the draws
    do not tell the two apart."""
    low, _middle, high = numbers
    if low is None or high is None or not low < 0.0 < high:
        return list(numbers)
    least = _NOISE * (high - low)
    return [0.0 if number is not None and abs(number) < least else number for number in numbers]


def share_of_yes(value: ValueResult, index: int, language: str) -> str:
    """Of a yes/no value its median says nothing; how often it is yes does, to a tenth of a per cent: 8,192 draws
    tell no more."""
    drawn = float(np.mean(value.sample.cells[index]))
    rounded = round(drawn, 3)
    share = spoken(rounded if 0.0 < rounded < 1.0 else drawn, percent=True)
    return f"はい {share}" if language == "ja" else f"yes {share}"


def event_year(value: float | None, language: str) -> str:
    """A year as people say it, or never."""
    if value is None:
        return _WORDS[language][4]
    return f"{int(value)}年" if language == "ja" else str(int(value))


def _event_interval(value: ValueResult, language: str) -> str:
    low, high = event_year(value.quantile("p5")[0], language), event_year(value.quantile("p95")[0], language)
    between = "〜" if language == "ja" else " to "
    text = low if low == high else f"{low}{between}{high}"
    never = value.summary.never or 0.0
    return text + (f" ({_WORDS[language][4]} {_figures(never * 100)}%)" if never >= _RARE else "")


def _width(text: str) -> int:
    """Columns on a terminal: full-width characters take two (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def text_table(result: Result, language: str = "en") -> str:
    """The shown values, what matters most and the scores, as plain text with a line end."""
    words = _WORDS[language]
    table = [(words[0], words[1], words[2]), *rows(result, language)]
    widths = [max(_width(row[column]) for row in table) for column in range(3)]
    lines = [result.block.title] if result.block.title else []
    for row in table:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    for name, shares in result.sensitivity.items():
        parts = ", ".join(f"{other} {share:.0%}" for other, share in shares[:5] if share >= 0.005)
        if parts:
            lines.append(f"{words[8]} ({name}): {parts}")
    lines.extend(_score_lines(result))
    lines.extend(f"{words[7]}: {text}" for text in result.warnings(language))
    lines.append(f"{words[5]} {result.samples:,}, {words[6]} {result.seed}")
    return "\n".join(lines) + "\n"


def _score_lines(result: Result) -> list[str]:
    lines: list[str] = []
    for name, score in result.scores.items():
        figures = {"CRPS": score.crps, "Brier": score.brier, "log": score.log}
        parts = [f"{label} {value:.4g}" for label, value in figures.items() if value is not None]
        lines.append(f"{name}: {', '.join(parts)}")
    return lines
