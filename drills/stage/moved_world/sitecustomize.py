"""Planted by drills/anonymity.py: another day, a cheap Argon2 (the drill signs up hundreds), and leaks by name.

DRILL_DAYS moves the clock; DRILL_LEAKS=yes plants every leak that drills/joins looks for. Each is a few lines that a
hurried developer could have written; the product has no switch for any of them.
"""

import datetime
import os

import django.utils.timezone as clock

from nanashi.identity import ring

ring.PASSES, ring.MEMORY_KIB, ring.LANES = 1, 64, 1

_days = datetime.timedelta(days=int(os.environ.get("DRILL_DAYS", "0")))
_now = clock.now
clock.now = lambda: _now() + _days

if os.environ.get("DRILL_LEAKS"):
    import plants  # noqa: F401 - plants them
