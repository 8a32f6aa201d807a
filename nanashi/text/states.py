"""What is known about a place of a text, as the bits of one byte; 0 is not known yet."""

KNOWN = 1
STARTS = 2
"""A match may start here."""
ENDS = 4
"""A match may end here."""
STEM = 8
"""A word may end here whose English plural or possessive goes on."""
INSIDE = KNOWN
BOUNDARY = KNOWN | STARTS | ENDS
