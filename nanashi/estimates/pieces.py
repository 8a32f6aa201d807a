"""Tokens of an expression, with their places."""

from __future__ import annotations

from typing import Any

from lark import Token

from nanashi.estimates.problems import Place


class Piece(Token):
    """A token: its type, its text, where it stands, and what was read from it."""

    data: Any
    place: Place


def piece(kind: str, text: str, place: Place, data: Any = None) -> Piece:
    """A token of type `kind`."""
    made = Piece(kind, text, place.start, place.line, place.start + 1, place.line, place.end + 1, place.end)
    made.data = data
    made.place = place
    return made
