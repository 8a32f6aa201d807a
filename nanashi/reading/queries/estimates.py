"""Estimates as pages show them: from their stored records, nothing is evaluated here."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q

from nanashi.lexicons.estimating import BASED, bases_of, texts_before
from nanashi.models import Entry, Estimate, Occurrence
from nanashi.models.chunks import chunks
from nanashi.reading.comparing import Column, Comparison, compared
from nanashi.reading.queries.entries import EntryView

MARK = '<figure class="estimate">'
"""How the figure of an estimate begins in a body; a page without it asks nothing of this table."""
LISTED = """
SELECT e.state, e.rank, e.entry_id, e.ordinal, e.record, e.base_written, n.public_id, n.title, n.excerpt, n.lang
FROM (
    SELECT * FROM nanashi_estimate
    WHERE state = %s AND (rank, entry_id, ordinal) > (%s, %s, %s)
    ORDER BY rank, entry_id, ordinal LIMIT %s
) e JOIN nanashi_entry n ON n.key = e.entry_id
ORDER BY e.rank, e.entry_id, e.ordinal"""
START = (-1, -1, -1)
Place = tuple[int, int, int]


class EstimateView(NamedTuple):
    """One estimate, with what is needed to compute it anew."""

    public_id: str
    ordinal: int
    text: str
    before: tuple[str, ...]
    bases: tuple[tuple[str, str | None], ...]
    record: dict[str, Any]
    digest: str


class Listed(NamedTuple):
    """An estimate as the list names it."""

    rank: int
    public_id: str
    ordinal: int
    title: str
    excerpt: str
    lang: str
    record: dict[str, Any]
    answers: str
    """The id of the entry that it answers with other numbers; "" for none."""


class ListPage(NamedTuple):
    """A page of the list, and the place behind which the next one begins."""

    estimates: tuple[Listed, ...]
    after: Place | None


def estimates_of(public_id: str) -> list[Estimate]:
    """The estimates of an entry, in order."""
    return list(Estimate.objects.filter(entry__public_id=public_id).order_by("ordinal"))


def records_of(public_id: str) -> list[dict[str, Any]]:
    """The records of an entry's estimates, for its plain text."""
    rows = Estimate.objects.filter(entry__public_id=public_id).order_by("ordinal")
    return list(rows.values_list("record", flat=True))


def view_of(estimate: Estimate, public_id: str) -> EstimateView:
    """An estimate with the texts that it is based on."""
    before = tuple(texts_before(estimate))
    bases = tuple(sorted(bases_of([estimate.text, *before]).items()))
    return EstimateView(
        public_id, estimate.ordinal, estimate.text, before, bases, estimate.record, estimate.digest
    )


def comparisons_of(entry: EntryView, language: str) -> tuple[Comparison, ...]:
    """The entry's estimates that others have answered with numbers of their own, each with its answers."""
    if MARK not in entry.body:
        return ()
    old_id = Entry.objects.filter(key=entry.key).values_list("old_id", flat=True).first()
    names = [entry.public_id, *([old_id] if old_id else [])]
    found = (
        Estimate.objects.filter(base_written__in=names)
        .exclude(state=Estimate.UNLISTED)
        .select_related("entry")
        .only(
            "ordinal",
            "record",
            "base_block",
            "entry__public_id",
            "entry__title",
            "entry__excerpt",
            "entry__lang",
        )
        .order_by("entry", "ordinal")
    )
    answers = list(found[: settings.ESTIMATE_ANSWERS * settings.ESTIMATES_PER_ENTRY])
    if not answers:
        return ()
    own = Estimate.objects.filter(entry=entry.key).exclude(state=Estimate.UNLISTED).order_by("ordinal")
    made = [_comparison(entry, one, answers, language) for one in own]
    return tuple(one for one in made if one is not None)


def _comparison(
    entry: EntryView, estimate: Estimate, answers: Sequence[Estimate], language: str
) -> Comparison | None:
    here = [one for one in answers if one.base_block == estimate.ordinal and one.entry_id != entry.key]
    if not here:
        return None
    shown = here[: settings.ESTIMATE_ANSWERS]
    author = Column("", entry.title, entry.excerpt, entry.lang, estimate.ordinal, estimate.record)
    columns = [author, *map(_column, shown)]
    return compared(columns, len(here) - len(shown), language)


def _column(estimate: Estimate) -> Column:
    entry = estimate.entry
    prose = BASED.split(entry.excerpt, maxsplit=1)[0].strip()
    return Column(entry.public_id, entry.title, prose, entry.lang, estimate.ordinal, estimate.record)


def listed(state: int, after: Place = START, keyword: int | None = None) -> ListPage:
    """A page of the open estimates by year, or of the settled ones by score; of one keyword where it is given.

    With a keyword, one page looks through at most settings.SEARCH_LIMIT estimates.
    """
    size = settings.PAGE_SIZE
    look = size + 1 if keyword is None else settings.SEARCH_LIMIT
    with connection.cursor() as cursor:
        cursor.execute(LISTED, [state, *after, look])
        rows = cursor.fetchall()
    chosen = rows if keyword is None else _with_keyword(rows, keyword)
    shown = chosen[:size]
    last = (
        shown[-1] if len(chosen) > size else (rows[-1] if keyword is not None and len(rows) == look else None)
    )
    return ListPage(tuple(map(_listed, shown)), (last[1], last[2], last[3]) if last else None)


def _with_keyword(rows: Sequence[Sequence[Any]], keyword: int) -> list[Sequence[Any]]:
    keys = sorted({row[2] for row in rows})
    having: set[int] = set()
    for chunk in chunks(keys):
        found = Occurrence.objects.filter(keyword=keyword, entry__in=chunk)
        having |= set(found.values_list("entry_id", flat=True))
    return [row for row in rows if row[2] in having]


def _listed(row: Sequence[Any]) -> Listed:
    _state, rank, _entry, ordinal, record, base, public_id, title, excerpt, lang = row
    return Listed(
        rank,
        public_id,
        ordinal,
        title,
        excerpt,
        lang,
        json.loads(record) if isinstance(record, str) else record,
        base if base != public_id else "",
    )


def has_estimates(keyword: int) -> bool:
    """Whether an entry among the newest estimates contains this keyword; looks at four pages of them."""
    newest = list(
        Estimate.objects.exclude(state=Estimate.UNLISTED)
        .order_by("-entry")
        .values_list("entry_id", flat=True)[: settings.PAGE_SIZE * 4]
    )
    return Occurrence.objects.filter(Q(keyword=keyword) & Q(entry__in=newest)).exists()
