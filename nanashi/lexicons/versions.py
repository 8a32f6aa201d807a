"""The lexicon's version: a number that grows by one with each change, from a random beginning.

The random beginning tells this diary's generations from those of another one whose files came into its folder.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from nanashi.models import LexiconChange

BEGINNING_BITS = 40


def lexicon_version() -> int:
    """The newest version; 0 where no keyword has ever changed. One indexed query, in SQL: every post asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(version) FROM nanashi_lexiconchange")
        (newest,) = cursor.fetchone()
    return newest or 0


def note_changes(keys: Iterable[int]) -> None:
    """Count the version up for each of these keywords; inside the turn that changes them."""
    first = _next()
    rows = [LexiconChange(version=first + n, keyword_key=key) for n, key in enumerate(keys)]
    LexiconChange.objects.bulk_create(rows, batch_size=400)


def note_bulk() -> None:
    """Count the version up for a change of many keywords: the lexicon is to be compiled anew."""
    LexiconChange.objects.create(version=_next(), keyword_key=None)


@dataclass(frozen=True, slots=True)
class LexiconChanges:
    """What changed between two versions."""

    keys: set[int]
    """Keywords that changed one by one."""
    of_many: bool
    """Whether there was a change of many keywords beside them."""


def changes_since(version: int, newest: int) -> LexiconChanges | None:
    """What changed after a version; None where rows are missing, as for a version that is not of this diary."""
    rows = LexiconChange.objects.filter(version__gt=version, version__lte=newest)
    keys = list(rows.values_list("keyword_key", flat=True)) if version <= newest else []
    if version > newest or len(keys) != newest - version:
        return None
    return LexiconChanges({key for key in keys if key is not None}, None in keys)


def _next() -> int:
    return (lexicon_version() or secrets.randbits(BEGINNING_BITS)) + 1
