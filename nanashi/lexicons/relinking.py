"""Render entries again that are already here: their words, or what they refer to, have changed.

Newest first, batch by batch, each batch in one transaction; a run that is cut off has done whole batches and
can be started again. An entry whose rendering comes out the same is not written.
"""

from collections.abc import Iterable, Iterator

from nanashi.lexicons import current, estimating
from nanashi.lexicons.estimate_records import Evaluated
from nanashi.lexicons.occurrences import replace_occurrences
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.rendering import Renderer, RenderJob
from nanashi.models import Entry, Reference
from nanashi.models.chunks import chunks
from nanashi.models.turns import UNHURRIED, turn

BATCH = 400


def relink(keys: Iterable[int], renderer: Renderer) -> Iterator[int]:
    """Render these entries again; yields the number done so far, after each batch.

    Where the lexicon has moved since the renderer was made, the batch is rendered with the one that it is by then.
    """
    done = 0
    for batch in chunks(keys, BATCH):
        with turn(UNHURRIED):
            relink_batch(batch, renderer if current.is_newest(renderer) else current.renderer(1))
        done += len(batch)
        yield done


def relink_batch(keys: list[int], renderer: Renderer) -> None:
    """Render these entries again; within a turn."""
    entries = list(Entry.objects.filter(key__in=keys).order_by("key"))
    jobs = _jobs(entries)
    changed: list[Entry] = []
    keywords: dict[int, frozenset[int]] = {}
    evaluated: dict[int, tuple[Evaluated, ...]] = {}
    for entry, rendered in zip(entries, renderer.start(jobs), strict=True):
        if (entry.body, entry.excerpt) != (rendered.body, rendered.excerpt):
            entry.body, entry.excerpt = rendered.body, rendered.excerpt
            changed.append(entry)
        evaluated[entry.key], keywords[entry.key] = rendered.estimates, rendered.keywords
    replace_occurrences(keywords)
    moved = estimating.store(evaluated)
    Entry.objects.bulk_update(changed, ["body", "excerpt"], batch_size=100)
    for batch in chunks(estimating.dependants(moved), BATCH):
        relink_batch(batch, renderer)


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
