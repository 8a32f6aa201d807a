"""Public ids: the day and random letters, never a second-precise time or a running number."""

import datetime
import secrets
from collections.abc import Collection, Sequence

from nanashi.models import Entry

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without the look-alikes l, o, 0 and 1: ids are read aloud and copied by hand."""
RANDOM_LETTERS = 6
CHUNK = 400
"""Ids in one query: SQLite bounds the number of parameters."""


def new_public_id(day: datetime.date) -> str:
    """An id such as 20260611-k7m2xq; one of 32**6 (a thousand million) on its day."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS))
    return f"{day.isoformat().replace('-', '')}-{letters}"


def free_public_ids(days: Sequence[datetime.date], taken: Collection[str]) -> list[str]:
    """An id for each of these days, all different, that no entry has, in the database or among `taken`."""
    ids: list[str] = []
    used = set(taken)
    for day in days:
        while (public_id := new_public_id(day)) in used:
            pass
        used.add(public_id)
        ids.append(public_id)
    here = _in_use(ids)
    return [
        free_public_ids([day], used)[0] if one in here else one for day, one in zip(days, ids, strict=True)
    ]


def _in_use(ids: Sequence[str]) -> set[str]:
    rows = Entry.objects.values_list("public_id", flat=True)
    chunks = (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
    return {one for chunk in chunks for one in rows.filter(public_id__in=chunk)}
