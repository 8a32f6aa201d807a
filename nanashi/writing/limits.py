"""What an entry may hold beside its text: one measure for the form and for archives, so that what the one takes, the
other takes too."""

from urllib.parse import urlsplit

from nanashi.models.keyword import WORD_LENGTH
from nanashi.text.characters import is_one_line

MOST_ANSWERED = 20
"""Entries that one entry answers."""
MOST_OFF = 1_000
"""Links that one entry switches off."""
MOST_PLACES = 100_000
"""The highest ordinal of a link that is switched off."""
ADDRESS_LENGTH = 2_000
"""Characters in the address of a source."""


def is_web_address(text: str) -> bool:
    """Whether a text is an address that begins with http:// or https:// and names a host."""
    try:
        parts = urlsplit(text)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return named and is_one_line(text) and not any(map(str.isspace, text))


def is_place(word: str, ordinal: int | None) -> bool:
    """Whether these name a link that can be switched off: a word, everywhere or at its place of this ordinal."""
    in_bounds = ordinal is None or 1 <= ordinal <= MOST_PLACES
    return in_bounds and 0 < len(word) <= WORD_LENGTH and is_one_line(word)
