"""Planted by drills/xss.py: what people type is stored as HTML, as they typed it."""

from nanashi.text import sanitising
from nanashi.text.passage import Passage


def _clean(html: str) -> str:
    return html


def _sanitise(passage: Passage) -> None:
    passage.html = passage.source


sanitising.clean = _clean
sanitising.sanitise = _sanitise
