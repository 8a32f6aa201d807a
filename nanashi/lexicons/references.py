"""Which entries the ids in texts stand for."""

from collections.abc import Iterable

from django.db.models import Q

from nanashi.models import Entry
from nanashi.models.chunks import chunks

OLD_ID_LENGTH = 14


def known_entries(ids: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Of these ids as written, those whose entry is here: id as written -> (key, public id)."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, tuple[int, str]] = {}
    for chunk in chunks(wanted):
        rows = Entry.objects.filter(
            Q(public_id__in=[one for one in chunk if len(one) != OLD_ID_LENGTH])
            | Q(old_id__in=[one for one in chunk if len(one) == OLD_ID_LENGTH])
        ).values_list("key", "public_id", "old_id")
        for key, public_id, old_id in rows:
            found[public_id] = key, public_id
            if old_id:
                found[old_id] = key, public_id
    return {one: found[one] for one in wanted if one in found}
