"""What is said about every problem, in English and Japanese: what is wrong; what to write instead.

A template that does not say `{write}` gets the remedies appended where there are any.
"""

from __future__ import annotations

from nanashi.estimates.messages_evaluating import EVALUATING
from nanashi.estimates.messages_habits import HABITS
from nanashi.estimates.messages_reading import READING

MESSAGES: dict[str, tuple[str, str]] = {**READING, **HABITS, **EVALUATING}
"""Template by code: English, Japanese."""

STOPS: tuple[str, str] = (";", "。")
"""What stands before the part that says what to write, where a template says so itself."""

WITHOUT_UNIT: tuple[str, str] = ("(no unit)", "(単位なし)")
"""What stands for the unit of plain numbers."""

WRITE: tuple[tuple[str, str], tuple[str, str]] = (
    ("; write {write}", " or "),
    ("。{write} と書いてください", " または "),
)
"""How remedies are appended and joined, in English and Japanese."""
