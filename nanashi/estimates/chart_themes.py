"""Colours of charts for light pages, dark pages and paper."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Theme:
    """Text and line colours have a contrast of at least 4.5 : 1 with the background (WCAG 2.2, 1.4.3)."""

    text: str
    grid: str
    line: str
    band_dark: str
    band_light: str
    accent: str
    event: str
    background: str
    width: int = 520
    """Of the part within the axes, in pixels."""


THEMES: dict[str, Theme] = {
    "light": Theme(
        "#222222", "#d0d0d0", "#1f5fa8", "#8fb4dd", "#cfe0f2", "#b3261e", "#f7e3e1", "transparent"
    ),
    "dark": Theme("#e6e6e6", "#4a4a4a", "#8ab8ee", "#3d638f", "#26405e", "#ff9a8f", "#3a2a30", "transparent"),
    "print": Theme("#000000", "#bbbbbb", "#000000", "#999999", "#dddddd", "#000000", "#eeeeee", "white"),
}
NARROW = 250
"""Width for phones, so that letters keep their size there."""
THEMES |= {f"{name}-narrow": replace(THEMES[name], width=NARROW) for name in ("light", "dark")}
