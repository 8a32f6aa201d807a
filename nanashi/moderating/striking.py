"""The operator strikes an entry: it is withdrawn like any other, and counts against whoever holds its key.

Nothing joins the id of a struck entry to its locator, nor either to an account. So the text cannot come back, and a
strike can be lifted only by whoever shows the entry's key: the writer finds it under /mine and sends its words to
the operator. They name no account. By the id alone, what can be lifted is that no archive may bring the entry again.
What a writer withdrew stays away: only names that were struck are lifted.
"""

from django.db.models import QuerySet

from nanashi.identity.entry_keys import BadKeyError, locator_of, read_key
from nanashi.models import Entry, Tombstone
from nanashi.models.turns import UNHURRIED, turn
from nanashi.writing.tombstones import name_digest
from nanashi.writing.withdrawing import withdraw_found


class NotHereError(Exception):
    """No entry has this id, or nothing was struck under what was given."""


def strike(public_id: str) -> None:
    """Withdraw an entry by the operator; the ring that holds its key has one strike more.

    Raises NotHereError.
    """

    def find() -> Entry:
        entry = Entry.objects.filter(public_id=public_id).first()
        if entry is None:
            raise NotHereError(public_id)
        return entry

    withdraw_found(find, struck=True, wait=UNHURRIED)


def lift(named: str) -> None:
    """By the words of an entry key, its strike no longer counts; by an id, an archive may bring that entry again.

    Raises NotHereError where neither is known.
    """
    with turn(UNHURRIED):
        try:
            lifted = _struck(locator_of(read_key(named))).update(struck=False)
        except BadKeyError:
            lifted, _ = _struck(name_digest(named.strip())).delete()
    if not lifted:
        raise NotHereError(named)


def _struck(digest: bytes) -> QuerySet[Tombstone]:
    return Tombstone.objects.filter(digest=digest, struck=True)
