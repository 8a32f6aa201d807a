"""Occurrences are written by the thousand: as rows, since a model instance each costs as much as a link."""

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from nanashi.models import Occurrence

INSERT = "INSERT INTO nanashi_occurrence (keyword_id, entry_id) VALUES (%s, %s)"


def add_occurrences(pairs: Iterable[tuple[int, int]]) -> None:
    """Store (keyword, entry) pairs, none of them there yet; sorted, as the table is."""
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, sorted(pairs))


def replace_occurrences(wanted: Mapping[int, Collection[int]]) -> None:
    """Bring what is stored of these entries to these keywords, by entry; what stays is not written."""
    before: dict[int, set[int]] = {}
    rows = Occurrence.objects.filter(entry__in=list(wanted)).values_list("entry_id", "keyword_id")
    for entry, keyword in rows:
        before.setdefault(entry, set()).add(keyword)
    for entry, keywords in wanted.items():
        if gone := before.get(entry, set()) - set(keywords):
            Occurrence.objects.filter(entry=entry, keyword__in=gone).delete()
    add_occurrences(
        (keyword, entry)
        for entry, keywords in wanted.items()
        for keyword in set(keywords) - before.get(entry, set())
    )
