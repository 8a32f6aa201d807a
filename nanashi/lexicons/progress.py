"""How far the old entries are linked after a keyword changed; its page shows it."""

from typing import NamedTuple

from nanashi.lexicons.defining import NO_ENTRY
from nanashi.models import Backfill


class Progress(NamedTuple):
    """Entries that were looked through, of those that may contain the word; `total` is None until they are counted."""

    done: int
    total: int | None


def progress_of(keyword_key: int) -> Progress | None:
    """How far the backfills of a keyword have come; None where there are none."""
    queued = Backfill.objects.filter(keyword_key=keyword_key).exclude(before=NO_ENTRY)
    rows = list(queued.values_list("done", "total"))
    if not rows:
        return None
    totals = [total for _done, total in rows]
    known = [total for total in totals if total is not None]
    return Progress(sum(done for done, _total in rows), sum(known) if len(known) == len(totals) else None)
