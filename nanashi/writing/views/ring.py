"""What the ring of a request holds: its numbers are tried once in a request, whoever asks how often."""

from django.http import HttpRequest

from nanashi.accounts.access import ring_of
from nanashi.writing.own import OwnEntry, key_among, own_entries, too_many_struck


def suspended(request: HttpRequest) -> bool:
    """Whether so many entries of this ring were struck that it may not post."""
    return too_many_struck(_own_entries(request))


def ring_key(request: HttpRequest, public_id: str) -> bytes | None:
    """The entry's key, where the ring of this request holds it."""
    ring = ring_of(request)
    return None if ring is None else key_among(_own_entries(request), ring.master, public_id)


def _own_entries(request: HttpRequest) -> list[OwnEntry]:
    """The entries of the ring as they were when the request was first asked about; none without a ring."""
    ring = ring_of(request)
    if ring is None:
        return []
    found: list[OwnEntry] | None = getattr(request, "own_entries", None)
    if found is None:
        found = request.own_entries = own_entries(ring.master)
    return found
