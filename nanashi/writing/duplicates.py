"""Which entries of the last day say nearly the same as a text that is about to be posted."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from nanashi.models import Entry
from nanashi.models.keys import entry_key, quarter_of
from nanashi.text.duplicates import fingerprint, nearly_the_same, similarity

CANDIDATES = 400
"""Entries of the last day that are looked at, the newest first."""
CANDIDATE_CHARACTERS = 1_000_000
"""Characters of them that are compared; about 160 ms."""
LENGTHS = 3.0
"""Texts of which one is so many times as long as the other are not compared: they share too little."""
READ_AT_A_TIME = 50


def near_duplicates(body: str, day: datetime.date, besides: str = "") -> list[tuple[str, float]]:
    """(public id, similarity) of the entries of the last 24 hours that are nearly the same text, the nearest first.

    `day` is today in the diary's time zone; `besides` is an entry that does not count, where it is being edited.
    """
    own = fingerprint(body)
    if not len(own.letters):
        return []
    found = [
        (public_id, similarity(own, theirs))
        for public_id, text in _candidates(len(body), day)
        if public_id != besides and nearly_the_same(own, theirs := fingerprint(text))
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _candidates(length: int, day: datetime.date) -> Iterator[tuple[str, str]]:
    now = timezone.localtime()
    since = entry_key(day - datetime.timedelta(days=1), quarter_of(now.hour, now.minute), "-0")
    rows = Entry.objects.filter(key__gte=since).order_by("-key").values_list("public_id", "source_text")
    characters = 0
    for public_id, text in rows[:CANDIDATES].iterator(chunk_size=READ_AT_A_TIME):
        if not length / LENGTHS <= len(text) <= length * LENGTHS:
            continue
        characters += len(text)
        if characters > CANDIDATE_CHARACTERS:
            return
        yield public_id, text
