"""Names that do not come back: what is kept of entries that were withdrawn or struck.

A tombstone holds one name: a locator as it is, an id or the identity of an imported entry as a hash. No row joins
two of them, and none has a day.
"""

import hashlib
from collections.abc import Collection, Iterable

from nanashi.models import Entry, Tombstone
from nanashi.models.chunks import chunks


def name_digest(name: str | bytes) -> bytes:
    """What a tombstone keeps of an id or an identity: SHA-256, apart from all locators by its prefix."""
    raw = name.encode() if isinstance(name, str) else name
    return hashlib.sha256(b"nanashi withdrawn name\0" + raw).digest()


def gone_among(digests: Collection[bytes]) -> set[bytes]:
    """Those of these digests and locators that have a tombstone."""
    rows = Tombstone.objects.values_list("digest", flat=True)
    return {bytes(one) for chunk in chunks(digests) for one in rows.filter(digest__in=chunk)}


def names_of(entry: Entry) -> list[bytes]:
    """Digests of every name by which an archive could bring this entry again."""
    names: Iterable[str | bytes | None] = (entry.public_id, entry.old_id, entry.identity)
    return [name_digest(bytes(one) if not isinstance(one, str) else one) for one in names if one]


def bury(entry: Entry, *, struck: bool) -> None:
    """Leave the tombstones of an entry that goes; inside a turn."""
    names = names_of(entry)
    if entry.locator is not None:
        names.append(bytes(entry.locator))
    rows = [Tombstone(digest=digest, struck=struck) for digest in names]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True)
