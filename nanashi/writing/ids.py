"""Public ids: the day and random letters, never a second-precise time or a running number."""

import datetime
import secrets
from collections.abc import Collection, Sequence

from django.db import connection

from nanashi.identity.letters import PLAIN
from nanashi.models.chunks import chunks
from nanashi.writing.tombstones import name_digest

RANDOM_LETTERS = 6
IN_USE = """
SELECT public_id FROM nanashi_entry WHERE public_id IN ({places})
UNION ALL
SELECT digest FROM nanashi_tombstone WHERE digest IN ({places})"""


def new_public_id(day: datetime.date) -> str:
    """An id such as 20260611-k7m2xq; one of 32**6 (a thousand million) on its day."""
    letters = "".join(secrets.choice(PLAIN) for _ in range(RANDOM_LETTERS))
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
    here = in_use(ids)
    return [
        free_public_ids([day], used)[0] if one in here else one for day, one in zip(days, ids, strict=True)
    ]


def in_use(ids: Sequence[str]) -> set[str]:
    """Those that an entry has, or had before it was withdrawn."""
    found: set[str] = set()
    for chunk in chunks(ids):
        digests = {name_digest(one): one for one in chunk}
        places = ", ".join(["%s"] * len(digests))
        with connection.cursor() as cursor:
            cursor.execute(IN_USE.format(places=places), [*digests.values(), *digests])
            found.update(one if isinstance(one, str) else digests[bytes(one)] for (one,) in cursor.fetchall())
    return found
