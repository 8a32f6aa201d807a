"""Letters that people copy by hand and read aloud, and what they typed instead."""

import unicodedata

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be misread."""
PLAIN = "abcdefghijkmnpqrstuvwxyz23456789"
"""Small letters without the look-alikes l, o, 0 and 1."""
_MISREAD = str.maketrans("ILO", "110")


def as_crockford(typed: str) -> str:
    """What was typed, in any case and width, with the digits that were meant where letters look like them."""
    return unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
