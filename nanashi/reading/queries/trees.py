"""The replies under an entry, and the parts of a series."""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Min

from nanashi.models import Entry
from nanashi.reading.queries.entries import EntryView, entries_by_key

DEPTH = 40
"""Levels of one tree on one page; what is deeper is read from its own page."""

REPLIES = """
WITH RECURSIVE tree (entry, parent, depth) AS (
    SELECT entry_id, target_id, 1 FROM nanashi_reference WHERE target_id = %s AND is_reply
    UNION
    SELECT r.entry_id, r.target_id, tree.depth + 1
    FROM tree JOIN nanashi_reference r ON r.target_id = tree.entry AND r.is_reply
    WHERE tree.depth < %s
    LIMIT %s
)
SELECT entry, parent FROM tree"""

CLIMB = """
WITH RECURSIVE climb (entry, above) AS (
    SELECT %s, (SELECT MIN(target_id) FROM nanashi_reference WHERE entry_id = %s AND is_reply)
    UNION
    SELECT above, (SELECT MIN(target_id) FROM nanashi_reference WHERE entry_id = climb.above AND is_reply)
    FROM climb WHERE above IS NOT NULL
)
SELECT COALESCE(
    (SELECT public_id FROM nanashi_entry WHERE key = entry), (SELECT public_id FROM nanashi_stump WHERE key = entry)
) FROM climb WHERE above IS NULL"""
"""From each entry to the oldest of those that it answers: in which order it was told to is not stored."""


class Branch(NamedTuple):
    """A reply and the replies to it, oldest first."""

    key: int
    entry: EntryView | None
    """None where it was withdrawn: the replies to it keep their place."""
    replies: tuple["Branch", ...]
    again: bool = False
    """Whether it stands, with its replies, further up on the same page."""


class Part(NamedTuple):
    """One part of a series, as its table of contents names it."""

    public_id: str
    part: int
    title: str
    excerpt: str
    lang: str


def replies_to(key: int) -> tuple[Branch, ...]:
    """The whole tree of replies under an entry, nearest levels first up to settings.TREE_LIMIT.

    An entry that answers several of this tree stands under each of them, and in full under the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(REPLIES, [key, DEPTH, settings.TREE_LIMIT])
        edges = cursor.fetchall()
    children: dict[int, list[int]] = {}
    for entry, parent in edges:
        children.setdefault(parent, []).append(entry)
    views = {view.key: view for view in entries_by_key(sorted({entry for entry, _ in edges}))}
    return _branches(key, children, views, DEPTH, set())


def root_of(public_ids: Sequence[str]) -> str:
    """The entry that the tree grows from in which an answer to these entries stands; it may have been withdrawn."""
    start = Entry.objects.filter(public_id__in=public_ids).aggregate(oldest=Min("key"))["oldest"]
    with connection.cursor() as cursor:
        cursor.execute(CLIMB, [start, start])
        found = cursor.fetchone()
    return found[0] or public_ids[0]


def count_of(branches: tuple[Branch, ...]) -> int:
    """How many different entries a tree of replies holds; those that were withdrawn do not count."""
    return len(_keys_of(branches))


def _keys_of(branches: tuple[Branch, ...]) -> set[int]:
    own = {one.key for one in branches if one.entry is not None}
    return own.union(*(_keys_of(one.replies) for one in branches))


def _branches(
    parent: int, children: dict[int, list[int]], views: dict[int, EntryView], depth: int, shown: set[int]
) -> tuple[Branch, ...]:
    """Each entry once in full: the ways through replies to several entries double at every level."""
    found: list[Branch] = []
    for key in sorted(set(children.get(parent, ()))) if depth else ():
        again = key in shown
        shown.add(key)
        below = () if again else _branches(key, children, views, depth - 1, shown)
        if key in views or (below and not again):
            found.append(Branch(key, views.get(key), below, again))
    return tuple(found)


def parts_of(series: str) -> tuple[Part, ...]:
    """The parts of a series in order, up to settings.TREE_LIMIT."""
    rows = Entry.objects.filter(series=series).order_by("part", "key")
    return tuple(
        Part(*row)
        for row in rows.values_list("public_id", "part", "title", "excerpt", "lang")[: settings.TREE_LIMIT]
    )
