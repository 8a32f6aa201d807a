"""Render entries again that are already here: their words, or what they refer to, have changed.

Batch by batch, each rendered before the turn in which it is written; a run that is cut off has done whole batches
and can be started again. An entry whose rendering comes out the same is not written.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection

from nanashi.lexicons import current, estimating
from nanashi.lexicons.estimate_records import Evaluated
from nanashi.lexicons.occurrences import replace_occurrences
from nanashi.lexicons.pacing import SECONDS, paced
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.rendering import RenderedEntry, Renderer, RenderJob
from nanashi.models import Backfill, Entry, Reference


class Again(NamedTuple):
    """An entry's key, what its rendering depended on, and what came of it."""

    key: int
    job: RenderJob
    rendered: RenderedEntry


def relink(keys: Iterable[int], renderer: Renderer) -> list[int]:
    """Render these entries again, with what is based on their estimates; gives the keys that are left for later.

    Within the caller's turn only what SECONDS allow is done, and one entry at least: the others are left, and queued
    for the worker as a row of `Backfill`. Where the lexicon has moved since the renderer was made, the newest counts.
    """
    if connection.in_atomic_block:
        return _relink_within(keys, renderer if current.is_newest(renderer) else current.renderer(1))
    waiting = list(keys)
    while waiting:
        _relink_until_moved(waiting, renderer if current.is_newest(renderer) else current.renderer(1))
    return []


def render_again(keys: list[int], renderer: Renderer) -> list[Again]:
    """What these entries become; those that are gone are left out. Outside of any turn, as it takes long."""
    entries = list(Entry.objects.filter(key__in=keys).order_by("key"))
    jobs = _jobs(entries)
    return list(map(Again, (entry.key for entry in entries), jobs, renderer.start(jobs)))


def store_again(again: list[Again], renderer: Renderer) -> None:
    """Write what was rendered, and what depends on it, within a turn in which the renderer is the newest.

    An entry whose text, or whatever else its rendering depends on, changed meanwhile is left out: whoever changed it
    has rendered it with this lexicon, or queued it.
    """
    _relink_within(estimating.dependants(_stored(again)), renderer)


def _relink_until_moved(waiting: list[int], renderer: Renderer) -> None:
    """Take away what is done."""

    def write(batch: list[int], again: list[Again]) -> bool:
        if not current.is_newest(renderer):
            return False
        store_again(again, renderer)
        del waiting[: len(batch)]
        return True

    paced(lambda size: waiting[:size], lambda batch: render_again(batch, renderer), write)


def _relink_within(keys: Iterable[int], renderer: Renderer) -> list[int]:
    """Entry by entry, as one may take as long as many; those beyond SECONDS are queued, and given."""
    began = time.monotonic()
    waiting = deque(keys)
    seen = set(waiting)
    while waiting:
        moved = _stored(render_again([waiting.popleft()], renderer))
        new = [key for key in estimating.dependants(moved) if key not in seen]
        waiting.extend(new)
        seen.update(new)
        if waiting and time.monotonic() - began > SECONDS:
            left = sorted(waiting, reverse=True)
            Backfill.objects.create(entries=left)
            return left
    return []


def _stored(again: list[Again]) -> list[int]:
    """Write what still holds; keys of the entries whose estimates are others now."""
    by_key = {one.key: one for one in again}
    entries = list(Entry.objects.filter(key__in=list(by_key)).order_by("key"))
    changed: list[Entry] = []
    keywords: dict[int, frozenset[int]] = {}
    evaluated: dict[int, tuple[Evaluated, ...]] = {}
    for entry, job in zip(entries, _jobs(entries), strict=True):
        _key, rendered_job, rendered = by_key[entry.key]
        if job != rendered_job:
            continue
        if (entry.body, entry.excerpt) != (rendered.body, rendered.excerpt):
            entry.body, entry.excerpt = rendered.body, rendered.excerpt
            changed.append(entry)
        evaluated[entry.key], keywords[entry.key] = rendered.estimates, rendered.keywords
    replace_occurrences(keywords)
    Entry.objects.bulk_update(changed, ["body", "excerpt"], batch_size=100)
    return estimating.store(evaluated)


def _jobs(entries: list[Entry]) -> list[RenderJob]:
    targets = _targets([entry.key for entry in entries])
    estimates = estimating.surroundings_of(entries)
    known = {written: public_id for written, (_, public_id) in known_entries(_flat(targets)).items()}
    return [
        RenderJob(
            entry.public_id,
            entry.title,
            entry.source_text,
            {one: known[one] for one in targets.get(entry.key, ()) if one in known},
            entry.unlinked,
            estimates.get(entry.key),
        )
        for entry in entries
    ]


def _targets(keys: list[int]) -> dict[int, list[str]]:
    """Ids that each of these entries refers to."""
    found: dict[int, list[str]] = {}
    for key, target in Reference.objects.filter(entry__in=keys).values_list("entry_id", "written_id"):
        found.setdefault(key, []).append(target)
    return found


def _flat(targets: dict[int, list[str]]) -> Iterator[str]:
    return (one for ids in targets.values() for one in ids)
