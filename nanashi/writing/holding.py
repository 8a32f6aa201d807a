"""Who may change an entry: whoever holds its key, and nobody else."""

import hmac

from nanashi.identity.entry_keys import locator_of
from nanashi.models import Entry


class NotHolderError(Exception):
    """The key is not that of this entry, or no such entry is here."""


def held_entry(public_id: str, key: bytes) -> Entry:
    """The entry whose locator is the hash of this key, compared in constant time.

    Raises NotHolderError for another key, for an entry without one (imported), and where the entry is gone.
    """
    entry = Entry.objects.filter(public_id=public_id).first()
    if entry is None or entry.locator is None:
        raise NotHolderError(public_id)
    if not hmac.compare_digest(bytes(entry.locator), locator_of(key)):
        raise NotHolderError(public_id)
    return entry
