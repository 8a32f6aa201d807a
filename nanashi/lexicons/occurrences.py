"""Occurrences are written by the thousand: as rows, since a model instance each costs as much as a link."""

from collections.abc import Iterable

from django.db import connection

INSERT = "INSERT INTO nanashi_occurrence (keyword_id, entry_id) VALUES (%s, %s)"


def add_occurrences(pairs: Iterable[tuple[int, int]]) -> None:
    """Store (keyword, entry) pairs, none of them there yet; sorted, as the table is."""
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, sorted(pairs))
