"""How far the old entries are linked after a keyword changed; its page shows it."""

from typing import NamedTuple

from django.db.models import Q

from nanashi.lexicons.defining import NO_ENTRY
from nanashi.models import Alias, Backfill, Keyword


class Progress(NamedTuple):
    """Entries that were looked through, of those that may contain the word; `total` is None until they are counted."""

    done: int
    total: int | None


def progress_of(keyword_key: int) -> Progress | None:
    """How far the backfills that look for a keyword have come, its own and those of many words; None without any."""
    own_or_many = Q(keyword_key=keyword_key) | Q(keyword_key=None)
    rows = list(Backfill.objects.filter(own_or_many, entries=[]).exclude(before=NO_ENTRY))
    if any(row.keyword_key is None and row.spellings for row in rows):
        norms = _norms(keyword_key)
        rows = [row for row in rows if row.keyword_key or not row.spellings or norms & set(row.spellings)]
    return _sum(rows)


def progress_of_all() -> Progress | None:
    """How far all that is queued has come; None where nothing is."""
    return _sum(list(Backfill.objects.all()))


def _sum(rows: list[Backfill]) -> Progress | None:
    if not rows:
        return None
    totals = [row.total for row in rows if row.total is not None]
    return Progress(sum(row.done for row in rows), sum(totals) if len(totals) == len(rows) else None)


def _norms(keyword_key: int) -> set[str]:
    """What is looked for in entries where a keyword is."""
    word = Keyword.objects.filter(key=keyword_key).values_list("norm", flat=True)
    return {*word, *Alias.objects.filter(keyword=keyword_key).values_list("norm", flat=True)}
