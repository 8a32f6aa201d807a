"""Charts of stored estimates: drawn once, by content, and kept as files until their estimate goes."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from nanashi.estimates.chart_themes import THEMES
from nanashi.lexicons.estimate_processes import TryAgainError, drawing
from nanashi.lexicons.estimating import bases_of, charts_folder, texts_before
from nanashi.models import Estimate
from nanashi.models.file_times import blur_time

NEWEST = 40
"""Estimates whose charts the worker draws ahead."""


def chart(digest: str, number: int, theme: str) -> bytes | None:
    """The SVG of a chart; None where no estimate has it. Raises TryAgainError when it cannot be drawn now.

    The row is looked up each time: an entry that is withdrawn takes its charts with it at once.
    """
    estimate = _estimate_with(digest, number)
    if estimate is None:
        return None
    file = charts_folder() / f"{digest}-{number}-{theme}.svg"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return _drawn(estimate, number, theme, file)


def chart_with(digest: str, number: int, theme: str, changes: Mapping[str, str]) -> bytes | None:
    """The same with a reader's numbers: drawn each time, written nowhere."""
    estimate = _estimate_with(digest, number)
    return None if estimate is None else _answered(estimate, number, theme, changes)


def _estimate_with(digest: str, number: int) -> Estimate | None:
    """The estimate of this digest, where it has a chart of this number."""
    estimate = Estimate.objects.filter(digest=digest).first()
    return estimate if estimate is not None and number < len(estimate.record["charts"]) else None


_done: set[str] = set()
"""Digests whose charts this process has seen drawn."""


def draw_ahead() -> None:
    """Draw what the newest estimates have and nobody has asked for yet, one estimate at a call; for the worker."""
    newest = Estimate.objects.order_by("-entry").values_list("digest", flat=True)[:NEWEST]
    waiting = [digest for digest in newest if digest not in _done]
    if not waiting:
        return
    record = Estimate.objects.filter(digest=waiting[0]).values_list("record", flat=True).first()
    try:
        for number in range(len(record["charts"]) if record else 0):
            for theme in THEMES:
                chart(waiting[0], number, theme)
    except TryAgainError:
        return
    _done.add(waiting[0])


def _answered(estimate: Estimate, number: int, theme: str, changes: Mapping[str, str]) -> bytes | None:
    before = texts_before(estimate)
    listed = estimate.record["charts"][number]
    answer = drawing.answer(
        {
            "task": "chart",
            "text": estimate.text,
            "before": before,
            "bases": sorted(bases_of([estimate.text, *before]).items()),
            "work": settings.ESTIMATE_WORK,
            "name": listed["name"],
            "scale": listed["scale"],
            "theme": theme,
            "language": estimate.record["language"],
            "changes": dict(changes),
        }
    )
    return str(answer["svg"]).encode() if "svg" in answer else None


def _drawn(estimate: Estimate, number: int, theme: str, file: Path) -> bytes | None:
    svg = _answered(estimate, number, theme, {})
    if svg is None:
        return None
    _keep(file, svg)
    # Withdrawn while it was drawn: what `erase` could not see yet goes here.
    if not Estimate.objects.filter(digest=estimate.digest).exists():
        file.unlink(missing_ok=True)
        return None
    return svg


def _keep(file: Path, svg: bytes) -> None:
    """Write a file at once; of its time it says the diary's day, as all files do."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(svg)
    blur_time(part)
    part.replace(file)
