"""Keywords and aliases read and written in bulk: a list of 865,000 words is a common one."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from nanashi.lexicons.shelving import shelf_and_sort_key
from nanashi.models import Alias, Keyword
from nanashi.models.chunks import chunks
from nanashi.models.keys import random_key


@dataclass(slots=True)
class KeywordRow:
    """A keyword with its aliases (normalised form -> text), as it is or is to be."""

    word: str
    norm: str
    key: int = field(default_factory=random_key)
    reading: str = ""
    definition: str = ""
    explicit: bool = False
    aliases: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owner:
    """The keyword that a normalised form belongs to."""

    key: int
    word: str


OWNERS = """
SELECT k.norm, k.key, k.word FROM nanashi_keyword k WHERE k.norm IN (SELECT value FROM json_each(%s))
UNION ALL
SELECT a.norm, k.key, k.word FROM nanashi_alias a JOIN nanashi_keyword k ON k.key = a.keyword_id
WHERE a.norm IN (SELECT value FROM json_each(%s))"""
INSERT_KEYWORDS = """
INSERT INTO nanashi_keyword
    (key, word, norm, reading, shelf, sort_key, definition, definition_html, explicit, see_also)
VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, '[]')"""
UPDATE_KEYWORDS = """
UPDATE nanashi_keyword SET reading = %s, shelf = %s, sort_key = %s, definition = %s, explicit = %s
WHERE key = %s"""
INSERT_ALIASES = "INSERT INTO nanashi_alias (key, keyword_id, text, norm) VALUES (%s, %s, %s, %s)"
DELETE_ALIASES = "DELETE FROM nanashi_alias WHERE norm = %s"


def owners_of(norms: Iterable[str]) -> dict[str, Owner]:
    """Of these normalised forms, those that are registered, with the keywords that they belong to."""
    wanted = json.dumps(list(norms))
    with connection.cursor() as cursor:
        cursor.execute(OWNERS, [wanted, wanted])
        return {norm: Owner(key, word) for norm, key, word in cursor.fetchall()}


def rows_of(keys: Sequence[int]) -> dict[int, KeywordRow]:
    """These keywords as they are."""
    found: dict[int, KeywordRow] = {}
    columns = ("word", "norm", "key", "reading", "definition", "explicit")
    for chunk in chunks(keys):
        for values in Keyword.objects.filter(key__in=chunk).values_list(*columns):
            found[values[2]] = KeywordRow(*values)
        aliases = Alias.objects.filter(keyword__in=chunk).order_by("norm")
        for key, norm, text in aliases.values_list("keyword_id", "norm", "text"):
            found[key].aliases[norm] = text
    return found


def insert(rows: Iterable[KeywordRow]) -> None:
    """Write new keywords with their aliases, in the order of their keys."""
    ordered = sorted(rows, key=lambda row: row.key)
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_KEYWORDS, map(_new_columns, ordered))
        cursor.executemany(
            INSERT_ALIASES,
            ((random_key(), row.key, text, norm) for row in ordered for norm, text in row.aliases.items()),
        )


def update(rows: Sequence[KeywordRow], before: dict[int, KeywordRow]) -> None:
    """Write keywords that have changed; `before` is as they were."""
    gone = [(norm,) for row in rows for norm in _missing(before[row.key], row)]
    new = [
        (random_key(), row.key, row.aliases[norm], norm)
        for row in rows
        for norm in _missing(row, before[row.key])
    ]
    with connection.cursor() as cursor:
        cursor.executemany(UPDATE_KEYWORDS, map(_changed_columns, rows))
        # An alias may move from one keyword to another: all must be gone before the first comes.
        cursor.executemany(DELETE_ALIASES, gone)
        cursor.executemany(INSERT_ALIASES, new)


def _missing(one: KeywordRow, other: KeywordRow) -> list[str]:
    """Normalised forms of aliases that the other row has not, or writes otherwise."""
    return [norm for norm, text in one.aliases.items() if other.aliases.get(norm) != text]


def _changed_columns(row: KeywordRow) -> tuple[object, ...]:
    shelf, sort_key = shelf_and_sort_key(row.word, row.reading)
    return row.reading, shelf, sort_key, row.definition, row.explicit, row.key


def _new_columns(row: KeywordRow) -> tuple[object, ...]:
    shelf, sort_key = shelf_and_sort_key(row.word, row.reading)
    return row.key, row.word, row.norm, row.reading, shelf, sort_key, row.definition, row.explicit
