"""A writer's own entries, newest first: a page of them, those that hold some words, all of them for an export."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.conf import settings

from nanashi.models import Entry
from nanashi.models.chunks import chunks
from nanashi.reading.passages import Place, places_in
from nanashi.reading.queries.entries import EntryView, entries_by_key
from nanashi.reading.queries.search import verified
from nanashi.text.grams import terms_of
from nanashi.writing.own import own_entries


class OwnPage(NamedTuple):
    """Some of one's entries, and how many there are in all."""

    entries: tuple[EntryView, ...]
    places: tuple[Place, ...]
    """Where each holds the words that were looked for; none without a query."""
    older: int | None
    total: int
    struck: int


def own_keys(master: bytes) -> tuple[list[int], int]:
    """Keys of all entries of a ring that are here, newest first; and how many of its entries were struck."""
    own = own_entries(master)
    ids = [one.public_id for one in own if one.public_id is not None]
    keys = [
        key
        for chunk in chunks(ids)
        for key in Entry.objects.filter(public_id__in=chunk).values_list("key", flat=True)
    ]
    return sorted(keys, reverse=True), sum(one.struck for one in own)


def own_page(master: bytes, before: int | None, query: str = "") -> OwnPage:
    """A page of a ring's entries below a cursor; with a query, of those that hold all its words.

    At most settings.SEARCH_LIMIT texts are looked through for one page.
    """
    keys, struck = own_keys(master)
    below = [key for key in keys if before is None or key < before]
    terms = terms_of(query)
    looked_at = below[: settings.SEARCH_LIMIT] if terms else below
    found = list(islice(_holding(looked_at, terms), settings.PAGE_SIZE + 1))
    shown = dict(found[: settings.PAGE_SIZE])
    older = min(shown) if len(found) > len(shown) else None
    if older is None and len(looked_at) < len(below):
        older = looked_at[-1]
    entries = entries_by_key(list(shown))
    places = places_in(entries, list(shown.values()), terms) if terms else ()
    return OwnPage(entries, places, older, len(keys), struck)


def _holding(keys: Sequence[int], terms: list[str]) -> Iterator[tuple[int, str]]:
    """Those of these entries, newest first, that hold every term, each with its text; "" where there is none."""
    if not terms:
        yield from ((key, "") for key in keys)
        return
    for chunk in chunks(keys):
        yield from verified(chunk, terms).items()
