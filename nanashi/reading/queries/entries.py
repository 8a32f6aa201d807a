"""Entries as pages show them: stored HTML, what each answers, how many answer it."""

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from nanashi.models import Entry, Reference, Stump
from nanashi.models.keys import day_of, first_key, key_after

SELECT = """
SELECT e.key, e.public_id, e.quarter, e.title, e.body, e.excerpt, e.lang, e.edited_on, e.series, e.part,
    e.quoted_from, e.hand,
    (SELECT COUNT(DISTINCT r.entry_id) FROM nanashi_reference r WHERE r.target_id = e.key AND r.is_reply
        AND NOT EXISTS (SELECT 1 FROM nanashi_stump s WHERE s.key = r.entry_id))
FROM """
"""Written out: on a page of 25 entries, building this with the ORM cost as much as all else together."""

DIARY = "nanashi_entry e WHERE e.key >= %s AND e.key < %s ORDER BY e.key DESC LIMIT %s"
ONE = "nanashi_entry e WHERE e.public_id = %s"
BEYOND_ALL = 1 << 62
"""More than any key."""


class Answered(NamedTuple):
    """An entry that another answers; without a public id it is not here."""

    written_id: str
    public_id: str | None
    title: str | None
    excerpt: str | None
    lang: str | None
    withdrawn: bool = False
    """Whether it was here, and its place in the tree still is."""


class EntryView(NamedTuple):
    """One entry with all that a page says about it."""

    key: int
    public_id: str
    day: datetime.date
    quarter: int | None
    title: str
    body: str
    excerpt: str
    lang: str
    edited_on: datetime.date | None
    series: str | None
    part: int | None
    quoted_from: dict[str, str] | None
    answers: tuple[Answered, ...]
    replies: int
    """Replies to it that are here."""
    hand: str = ""
    """The writer's mark in this tree, where the writer shows one."""


class EntryPage(NamedTuple):
    """Entries newest first, and the cursor of the page of older ones, if there are any."""

    entries: tuple[EntryView, ...]
    older: int | None


def entries_of_day(day: datetime.date, before: int | None = None, size: int | None = None) -> EntryPage:
    """A page of one day's entries, newest first, below the cursor `before`."""
    end = key_after(day) if before is None else min(before, key_after(day))
    return page_of(DIARY, [first_key(day), end], size)


def newest_entries(size: int) -> EntryPage:
    """The diary's newest entries, for its feed."""
    return page_of(DIARY, [0, BEYOND_ALL], size)


def entry_by_id(public_id: str) -> EntryView | None:
    """One entry."""
    views = entries_from(ONE, [public_id])
    return views[0] if views else None


def entries_by_id(public_ids: Sequence[str]) -> tuple[EntryView, ...]:
    """Those of these entries that are here, in this order; two queries for any number up to PARAMETERS."""
    places = ", ".join(["%s"] * len(public_ids))
    found = entries_from(f"nanashi_entry e WHERE e.public_id IN ({places})", public_ids) if public_ids else ()
    return tuple(sorted(found, key=lambda entry: public_ids.index(entry.public_id)))


def stump_by_id(public_id: str) -> int | None:
    """The key of a withdrawn entry on which replies hang."""
    return Stump.objects.filter(public_id=public_id).values_list("key", flat=True).first()


def entries_by_key(keys: Sequence[int]) -> tuple[EntryView, ...]:
    """These entries, newest first."""
    if not keys:
        return ()
    places = ", ".join(["%s"] * len(keys))
    return entries_from(f"nanashi_entry e WHERE e.key IN ({places}) ORDER BY e.key DESC", keys)


def source_of(public_id: str) -> tuple[str, str] | None:
    """An entry's title and source as typed."""
    return Entry.objects.filter(public_id=public_id).values_list("title", "source_text").first()


def public_id_of_old(old_id: str) -> str | None:
    """Where an imported entry is now."""
    return Entry.objects.filter(old_id=old_id).values_list("public_id", flat=True).first()


def page_of(source: str, arguments: Sequence[Any], size: int | None = None) -> EntryPage:
    """A page of the entries of this FROM clause, whose last argument is one more than a page has."""
    size = size or settings.PAGE_SIZE
    views = entries_from(source, [*arguments, size + 1])
    return EntryPage(views[:size], views[size - 1].key if len(views) > size else None)


def entries_from(source: str, arguments: Sequence[Any]) -> tuple[EntryView, ...]:
    """The entries of this FROM clause with what each answers; two queries for any number."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT + source, arguments)
        rows = cursor.fetchall()
    answers = _answers([row[0] for row in rows])
    return tuple(_view(row, tuple(answers.get(row[0], ()))) for row in rows)


def _view(row: Sequence[Any], answers: tuple[Answered, ...]) -> EntryView:
    key, public_id, quarter, *texts, edited_on, series, part, quoted_from, hand, replies = row
    return EntryView(
        key,
        public_id,
        day_of(key),
        quarter,
        *texts,
        datetime.date.fromisoformat(edited_on) if isinstance(edited_on, str) else edited_on,
        series,
        part,
        json.loads(quoted_from) if isinstance(quoted_from, str) else quoted_from,
        answers,
        replies,
        hand,
    )


def _answers(keys: Iterable[int]) -> dict[int, list[Answered]]:
    rows = Reference.objects.filter(entry__in=keys, is_reply=True).order_by("target_id", "written_id")
    names = ("written_id", "target__public_id", "target__title", "target__excerpt", "target__lang")
    found: dict[int, list[Answered]] = {}
    for key, target, written_id, public_id, *texts in rows.values_list("entry_id", "target_id", *names):
        stump = target is not None and public_id is None
        found.setdefault(key, []).append(Answered(written_id, public_id, *texts, withdrawn=stump))
    return found
