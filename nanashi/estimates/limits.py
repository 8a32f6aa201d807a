"""Every bound of the estimate language in one place: text, model and work.

The bounds are checked before the work that they bound starts (`shapes.check_budget` for the evaluation).
"""

from __future__ import annotations

MAX_TEXT = 100_000
"""Characters of one block."""
MAX_LINES = 200
"""Lines of one block, notes and blank lines included."""
MAX_LINE_LENGTH = 4_000
"""Characters of one line."""
MAX_TOKENS = 600
"""Words, numbers and signs of one line."""
MAX_NESTING = 40
"""Brackets inside one another."""
MAX_DEPTH = 120
"""Levels of one expression's tree; `a + b + c` counts one level for each sign."""
MAX_NAME_LENGTH = 80
"""Characters of one name."""
MAX_ASSUMPTIONS = 64
"""Values that are numbers, intervals or distributions."""
MAX_DIMENSIONS = 128
"""Draws a world: assumptions and the intervals that stand inside formulas."""
MAX_YEARS = 500
"""Years of a series."""
MAX_LIST = 200
"""Items of a list."""
MAX_SAMPLES = 65_536
"""Draws."""
MIN_SAMPLES = 16
"""Draws, below which no quantile means anything."""
DEFAULT_SAMPLES = 8_192
"""Draws unless told otherwise."""
MAX_WORK = 400_000_000
"""Draws x years x operations of one evaluation; about two seconds on one core."""
HEAVY_WORK = 80
"""Operations that a draw from a beta or Poisson distribution counts for."""
MAX_CELLS = 24_000_000
"""Numbers held at once by one evaluation: 192 MB as doubles."""
MAX_EXPONENT = 300
"""Powers of ten that a number may reach; above it doubles overflow at once when multiplied."""
MAX_PROBLEMS = 20
"""Problems that are told at once."""
LARGEST = 1e305
"""Values beyond this overflow: differences of two of them still fit a double."""
MAX_BASES = 10
"""Estimates based on one another in a chain."""
MAX_MARKDOWN = 2_000_000
"""Characters of a file that holds blocks."""
MAX_BLOCKS = 50
"""Blocks of one file."""
