"""Search: the bigram index proposes entries, each is verified exactly."""

from itertools import islice
from typing import NamedTuple

from django.conf import settings

from nanashi.models import Entry, bigram_index
from nanashi.reading.queries.entries import EntryView, entries_by_key
from nanashi.text.grams import contains, indexed_text, terms_of
from nanashi.text.normal import normalise

CHUNK = 100


class Found(NamedTuple):
    """Entries that hold every term, newest first; where to go on, and whether the search gave up looking."""

    entries: tuple[EntryView, ...]
    sources: tuple[str, ...]
    """The source text of each, to show the place."""
    terms: tuple[str, ...]
    older: int | None
    exhausted: bool
    """Whether the limit of candidates was reached before the page was full."""


def search(query: str, before: int | None = None) -> Found:
    """A page of the entries that contain every term of a query, below the cursor `before`."""
    terms = terms_of(query)
    proposed = islice(bigram_index.candidates(terms, before), settings.SEARCH_LIMIT)
    sources: dict[int, str] = {}
    last, looked_at = None, 0
    while len(sources) <= settings.PAGE_SIZE and (keys := list(islice(proposed, CHUNK))):
        sources.update(verified(keys, terms))
        last, looked_at = keys[-1], looked_at + len(keys)
    shown = list(sources)[: settings.PAGE_SIZE]
    full = len(sources) > settings.PAGE_SIZE
    exhausted = not full and looked_at >= settings.SEARCH_LIMIT
    return Found(
        entries_by_key(shown),
        tuple(sources[key] for key in shown),
        tuple(terms),
        shown[-1] if full else last if exhausted else None,
        exhausted,
    )


def count_containing(text: str, most: int) -> int:
    """How many of the newest entries that may contain a text do, counted up to `most` + 1."""
    proposed = list(islice(bigram_index.candidates(terms_of(text), None), most + 1))
    return len(verified(proposed, [normalise(text)]))


def verified(keys: list[int], terms: list[str]) -> dict[int, str]:
    """Of these entries, newest first, those that hold every term: key -> source text."""
    rows = Entry.objects.filter(key__in=keys).order_by("-key").values_list("key", "title", "source_text")
    return {key: text for key, title, text in rows if contains(indexed_text(title, text), terms)}
