"""What a form carries from one step to the next without being readable, and without a row: sealed by the day's key."""

import json
import time

from nanashi.accounts import day_seal

SECONDS = 3_600
"""How long somebody may take to write a recovery code down."""
SIZE = 4_096
"""Bytes of what is sealed, filled up with spaces: it says nothing about what is in it."""


class StaleError(Exception):
    """It was altered, is of another form, or is more than an hour old."""


def sealed(purpose: str, content: dict[str, str]) -> str:
    """Seal this content for forms of one purpose."""
    plain = json.dumps([time.time(), content], ensure_ascii=False).encode("utf-8", "replace").ljust(SIZE)
    return day_seal.seal(purpose, plain)


def opened(purpose: str, text: str) -> dict[str, str]:
    """What was sealed for this purpose within the last hour. Raises StaleError."""
    found = day_seal.opened(purpose, text)
    if found is None:
        raise StaleError
    made, content = json.loads(found.plain)
    if time.time() - made > SECONDS:
        raise StaleError
    return {str(name): str(value) for name, value in content.items()}
