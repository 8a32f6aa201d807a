"""Planted by drills/anonymity.py: another day, a cheap Argon2 (the drill signs up hundreds), a page that fails where
it is asked to, and leaks by name.

DRILL_DAYS moves the clock; DRILL_LEAKS=yes plants every leak that drills/joins looks for. Each is a few lines that a
hurried developer could have written; the product has no switch for any of them.
"""

import datetime
import os
from typing import Any

import django.utils.timezone as clock

from drills.stage.spoiling import spoils
from nanashi.identity import ring

ring.PASSES, ring.MEMORY_KIB, ring.LANES = 1, 64, 1

_days = datetime.timedelta(days=int(os.environ.get("DRILL_DAYS", "0")))
_now = clock.now
clock.now = lambda: _now() + _days


@spoils("nanashi.reading.views.entries")
def failing_page(module: Any) -> None:
    """A bug as any other: what it was about stands in the exception's text."""
    source = module.source

    def failing(request: Any, public_id: str) -> Any:
        if "X-Drill-Fails" in request.headers:
            raise RuntimeError(f"cannot show {public_id} at {request.path}")
        return source(request, public_id)

    module.source = failing


if os.environ.get("DRILL_LEAKS"):
    import plants  # noqa: F401 - plants them
