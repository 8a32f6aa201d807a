"""Editing an entry: what it was is erased, not kept; its id, key, day, series and what it answers stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from nanashi.lexicons import current, estimating
from nanashi.lexicons.current import own_sites
from nanashi.lexicons.occurrences import replace_occurrences
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.relinking import relink
from nanashi.lexicons.rendering import RenderedEntry, Renderer, RenderJob
from nanashi.models import Entry, Reference, bigram_index
from nanashi.models.turns import turn
from nanashi.text.grams import grams_of
from nanashi.text.language import language_of
from nanashi.text.markup import references_in
from nanashi.writing.drafts import QuotedSource
from nanashi.writing.holding import NotHolderError, held_entry
from nanashi.writing.overtaking import check_not_overtaken, digest_of
from nanashi.writing.publish import ATTEMPTS, moved
from nanashi.writing.replies import resolve_references

__all__ = ["Changes", "NotHolderError", "revise"]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an edit sets; what the form does not show again must be given as it was."""

    body: str
    title: str = ""
    unlinked: Sequence[tuple[str, int | None]] = ()
    quoted_from: QuotedSource | None = None
    lang: str = ""
    hand: str | None = None
    """The writer's mark; None leaves it as it is."""
    began: str = ""
    """Digest of what the edit began from (overtaking.digest_of_entry); "" where that does not matter."""

    @property
    def digest(self) -> str:
        """Digest of what the entry is to hold."""
        return digest_of(self.title, self.body, self.unlinked, self.quoted_from)


def revise(public_id: str, key: bytes, changes: Changes, renderer: Renderer) -> None:
    """Give an entry a new text, by the holder of its key; on return it is committed.

    Raises NotHolderError where the key is not the entry's or the entry is gone, OvertakenError where it does not hold
    any more what the edit began from, and BusyError.
    """
    for attempt in range(ATTEMPTS + 1):
        job = _job(held_entry(public_id, key), changes)
        rendered = next(iter(renderer.start([job])))
        with turn():
            entry = held_entry(public_id, key)
            check_not_overtaken(entry, changes.began, changes.digest)
            if moved(renderer):
                renderer = current.renderer(1)
                if attempt < ATTEMPTS:
                    continue
                rendered = next(iter(renderer.start([job])))
            moved_estimates = _store(entry, changes, rendered)
            _settle(entry.key, job, moved_estimates, renderer)
        return


def _job(entry: Entry, changes: Changes) -> RenderJob:
    """What the rendering of the new text depends on; records of estimates that did not change are kept."""
    entry.source_text, entry.lang = changes.body, _language(changes)
    known = known_entries(references_in(changes.body, own_sites()))
    return RenderJob(
        entry.public_id,
        changes.title,
        changes.body,
        {written: public_id for written, (_, public_id) in known.items()},
        changes.unlinked,
        estimating.surroundings_of([entry]).get(entry.key),
    )


def _store(entry: Entry, changes: Changes, rendered: RenderedEntry) -> list[int]:
    """Overwrite the row and all that hangs on it; the old grams are taken from the old text before it goes.

    Gives the entry's key where its estimates are others now.
    """
    bigram_index.remove([(entry.key, grams_of(entry.title, entry.source_text))])
    bigram_index.add([(entry.key, rendered.grams)])
    entry.title, entry.source_text = changes.title, changes.body
    entry.body, entry.excerpt = rendered.body, rendered.excerpt
    entry.lang = _language(changes)
    entry.unlinked = [list(place) for place in changes.unlinked]
    entry.quoted_from = changes.quoted_from
    entry.edited_on = timezone.localdate()
    entry.hand = entry.hand if changes.hand is None else changes.hand
    entry.save()
    replace_occurrences({entry.key: rendered.keywords})
    _replace_mentions(entry.key, rendered.references)
    return estimating.store({entry.key: rendered.estimates})


def _replace_mentions(key: int, references: Sequence[str]) -> None:
    """What the text names, beside what the entry answers: that was set by the form of a reply, and stays."""
    answered = set(Reference.objects.filter(entry=key, is_reply=True).values_list("written_id", flat=True))
    Reference.objects.filter(entry=key, is_reply=False).delete()
    Reference.objects.bulk_create(
        Reference(entry_id=key, written_id=one, is_reply=False) for one in references if one not in answered
    )


def _settle(key: int, job: RenderJob, moved_estimates: list[int], renderer: Renderer) -> None:
    """Let its references find their entries; estimates based on its numbers are evaluated again, or queued."""
    resolve_references({}, [key])
    known = known_entries(references_in(job.source_text, own_sites()))
    came_or_went = [key] if job.known.keys() != known.keys() else []
    relink([*came_or_went, *estimating.dependants(moved_estimates)], renderer)


def _language(changes: Changes) -> str:
    return changes.lang or language_of(f"{changes.title}\n{changes.body}")
