"""The entries of a key ring, found by trying the locators of its numbers; nothing about them is stored by account.

Numbers are given out in order and never twice, since a withdrawn entry leaves its locator in a tombstone. So the
first free one is found by growing steps and then narrowing, and all of them by reading on until GAP numbers in a row
are free, as wallets find their coins (BIP 44).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from nanashi.identity.entry_keys import GAP, derived_key, locator_of
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry
from nanashi.models.chunks import PARAMETERS
from nanashi.models.turns import turn
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import held_entry
from nanashi.writing.publish import Announced, Decide, publish

POWERS = (0, *(4**power for power in range(13)))
"""The numbers that are looked for at first, up to 16 million."""
NEAR = 7
"""As many of them suffice for a thousand entries; the others are looked for where all of these are in use."""
STEPS = 5
"""Numbers that one further query tries: one costs a quarter of a query (3.5 and 13 microseconds)."""
SPARE = 4
"""Numbers that are tried beyond those that are wanted, where others have taken some."""
NOWHERE = 1 << 62

USED = """
SELECT locator, public_id, 0 FROM nanashi_entry WHERE locator IN ({places})
UNION ALL
SELECT digest, NULL, struck FROM nanashi_tombstone WHERE digest IN ({places})"""


class OwnEntry(NamedTuple):
    """One number of a ring that is in use."""

    number: int
    public_id: str | None
    """None where the entry was withdrawn or struck."""
    struck: bool


def own_entries(master: bytes) -> list[OwnEntry]:
    """Every entry of this ring that is here or was withdrawn, in the order of its numbers."""
    found: list[OwnEntry] = []
    start, size = 0, GAP
    while start <= (found[-1].number if found else -1) + GAP:
        found += _used(master, range(start, start + size))
        start, size = start + size, min(size * 2, PARAMETERS)
    return found


def key_for(master: bytes, public_id: str) -> bytes | None:
    """The key of an entry, where this ring holds it."""
    return key_among(own_entries(master), master, public_id)


def key_among(own: Iterable[OwnEntry], master: bytes, public_id: str) -> bytes | None:
    """The key of an entry, where it is one of these of the ring."""
    numbers = (one.number for one in own if one.public_id == public_id)
    return next((derived_key(master, number) for number in numbers), None)


def keys_of(master: bytes, public_ids: Iterable[str]) -> dict[str, bytes]:
    """The keys of those of these entries that this ring holds, in their order."""
    numbers = {own.public_id: own.number for own in own_entries(master)}
    held = ((public_id, numbers.get(public_id)) for public_id in dict.fromkeys(public_ids))
    return {one: derived_key(master, number) for one, number in held if number is not None}


def is_suspended(master: bytes) -> bool:
    """Whether the rule of NANASHI_STRIKES holds for this ring: so many of its entries were struck."""
    return too_many_struck(own_entries(master))


def too_many_struck(own: Iterable[OwnEntry]) -> bool:
    """The same, of a ring whose entries these are."""
    return bool(sum(one.struck for one in own) >= settings.STRIKES)


def publish_as(master: bytes, draft: Draft, renderer: Renderer, *, announce: Announced | None = None) -> str:
    """Make one entry that this ring can edit and withdraw; returns its public id."""
    return publish(draft, renderer, decide=numbered(master), announce=announce)


def numbered(master: bytes) -> Decide:
    """What gives drafts the next numbers of this ring; the search for them is done outside of the turn."""
    likely = first_free(master)
    return lambda drafts: give_locators(master, drafts, likely)


def give_locators(master: bytes, drafts: Sequence[Draft], likely: int) -> list[Draft]:
    """Drafts with the locators of the first free numbers from `likely` on; inside a turn, where nobody takes them."""
    numbers: list[int] = []
    start, spare = likely, 0
    while len(numbers) < len(drafts):
        tried = range(start, start + len(drafts) - len(numbers) + spare)
        used = {own.number for own in _used(master, tried)}
        numbers += [number for number in tried if number not in used]
        start, spare = tried.stop, SPARE
    pairs = zip(drafts, numbers, strict=False)
    return [replace(draft, locator=locator_of(derived_key(master, number))) for draft, number in pairs]


def adopt(public_id: str, guest_key: bytes, master: bytes) -> None:
    """Take an entry whose key somebody holds into a ring: from then on the ring's key counts, and no other.

    Raises NotHolderError where the key is not the entry's.
    """
    with turn():
        entry = held_entry(public_id, guest_key)
        (draft,) = give_locators(master, [Draft("", entry.day)], first_free(master))
        Entry.objects.filter(key=entry.key).update(locator=draft.locator)


def first_free(master: bytes) -> int:
    """A number that is free while the one below it is in use (or 0); a few queries at any number of entries."""
    low, high = _narrowed(master, POWERS[:NEAR])
    if high == NOWHERE:
        below, high = _narrowed(master, POWERS[NEAR:])
        low = max(low, below)
    while high - low > 1:
        step = max(1, (high - low) // STEPS)
        below, above = _narrowed(master, range(low + step, high, step))
        low, high = max(low, below), min(high, above)
    return high


def _narrowed(master: bytes, numbers: Sequence[int]) -> tuple[int, int]:
    """Of these rising numbers: the last in use before the first that is free, and that one, or NOWHERE."""
    used = {own.number for own in _used(master, numbers)}
    low = -1
    for number in numbers:
        if number not in used:
            return low, number
        low = number
    return low, NOWHERE


def _used(master: bytes, numbers: Sequence[int]) -> list[OwnEntry]:
    """Those of these numbers, at most PARAMETERS, whose locator an entry or a tombstone has."""
    by_locator = {locator_of(derived_key(master, number)): number for number in numbers}
    places = ", ".join(["%s"] * len(by_locator))
    with connection.cursor() as cursor:
        cursor.execute(USED.format(places=places), [*by_locator, *by_locator])
        rows = cursor.fetchall()
    own = (
        OwnEntry(by_locator[bytes(locator)], public_id, bool(struck)) for locator, public_id, struck in rows
    )
    return sorted(own)
