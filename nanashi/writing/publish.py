"""The one way in: `publish()` makes an entry, `publish_many()` makes the entries of an archive.

Both go the same steps: prepare (keys, ids, what the texts refer to), render (Markdown and links, once), write
(entry, references, occurrences and search index in one transaction), settle (entries that were waiting for
one of the new ids).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from nanashi.lexicons.current import own_sites
from nanashi.lexicons.occurrences import add_occurrences
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.relinking import relink
from nanashi.lexicons.rendering import RenderedEntry, Renderer, RenderJob
from nanashi.models import Entry, Reference, bigram_index
from nanashi.models.keys import entry_key
from nanashi.text.language import language_of
from nanashi.text.markup import references_in
from nanashi.writing.drafts import Draft
from nanashi.writing.ids import free_public_ids
from nanashi.writing.replies import break_circles, resolve_references

BATCH = 1_000
"""Entries in one transaction of an import."""
BATCH_CHARACTERS = 8_000_000
"""Characters in one transaction of an import: long entries make it shorter, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with its keys, and what its rendering needs."""

    draft: Draft
    key: int
    job: RenderJob


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction wrote."""

    entries: int
    circles: tuple[str, ...]
    """Origins (or ids) of drafts whose reply would have closed a circle; they are stored as mere mentions."""


def publish(draft: Draft, renderer: Renderer) -> str:
    """Make one entry; returns its public id. On return it is committed."""
    prepared = _prepare([draft], {})
    _write(prepared, list(renderer.start([prepared[0].job])), renderer)
    return prepared[0].job.public_id


def publish_many(drafts: Iterable[Draft], renderer: Renderer) -> Iterator[Written]:
    """Make the entries of an archive, a batch a transaction; one batch is rendered while another is written.

    Stopping between two batches loses nothing that was yielded; running the same archive again goes on.
    """
    bigram_index.prepare_bulk()
    waiting: list[Prepared] = []
    rendered: Iterator[RenderedEntry] = iter(())
    for batch in batches(drafts, BATCH):
        prepared = _prepare(batch, _ids_of(waiting))
        following = renderer.start([one.job for one in prepared])
        if waiting:
            yield _write(waiting, list(rendered), renderer)
        waiting, rendered = prepared, following
    if waiting:
        yield _write(waiting, list(rendered), renderer)


def batches(drafts: Iterable[Draft], most: int) -> Iterator[list[Draft]]:
    """Drafts in lists of up to `most`, fewer where they are long."""
    batch: list[Draft] = []
    characters = 0
    for draft in drafts:
        batch.append(draft)
        characters += len(draft.body)
        if len(batch) == most or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _prepare(drafts: list[Draft], in_flight: Mapping[str, str]) -> list[Prepared]:
    """Give each draft its keys; `in_flight` are ids of entries that are about to be written."""
    public_ids = _public_ids(drafts, in_flight)
    mentioned = [references_in(draft.body, own_sites()) for draft in drafts]
    known = {
        written: public_id
        for written, (_, public_id) in known_entries(one for ids in mentioned for one in ids).items()
    }
    known.update(in_flight)
    known.update(zip(public_ids, public_ids, strict=True))
    known.update({d.old_id: one for d, one in zip(drafts, public_ids, strict=True) if d.old_id})
    prepared = [
        Prepared(draft, entry_key(draft.day, draft.quarter, one), _job(draft, one, ids, known))
        for draft, one, ids in zip(drafts, public_ids, mentioned, strict=True)
    ]
    return sorted(prepared, key=lambda one: one.key)


def _public_ids(drafts: list[Draft], in_flight: Mapping[str, str]) -> list[str]:
    """The id that each draft brings, or a new one."""
    brought = [draft.public_id for draft in drafts if draft.public_id]
    without = [draft.day for draft in drafts if not draft.public_id]
    new = iter(free_public_ids(without, {*brought, *in_flight}))
    return [draft.public_id or next(new) for draft in drafts]


def _job(draft: Draft, public_id: str, mentioned: Iterable[str], known: Mapping[str, str]) -> RenderJob:
    here = {one: known[one] for one in mentioned if one in known}
    return RenderJob(public_id, draft.title, draft.body, here, draft.unlinked)


def _ids_of(prepared: Iterable[Prepared]) -> dict[str, str]:
    """Every id that stands for one of these entries, with its public id."""
    ids: dict[str, str] = {}
    for one in prepared:
        ids[one.job.public_id] = one.job.public_id
        if one.draft.old_id:
            ids[one.draft.old_id] = one.job.public_id
    return ids


@transaction.atomic
def _write(prepared: list[Prepared], rendered: list[RenderedEntry], renderer: Renderer) -> Written:
    """Store entries with all that hangs on them; keys ascend, as the search index wants them."""
    pairs = list(zip(prepared, rendered, strict=True))
    Entry.objects.bulk_create([_entry(one, result) for one, result in pairs])
    Reference.objects.bulk_create([row for one, result in pairs for row in _references(one, result)])
    add_occurrences((keyword, one.key) for one, result in pairs for keyword in result.keywords)
    bigram_index.add((one.key, result.grams) for one, result in pairs)
    return _settle(prepared, renderer)


def _settle(prepared: list[Prepared], renderer: Renderer) -> Written:
    """Let references find the new entries, and show them in older entries that name them."""
    keys = [one.key for one in prepared]
    older = resolve_references(_ids_of(prepared), keys)
    broken = break_circles(keys)
    for _ in relink(older, renderer):
        pass
    origins = {one.key: one.draft.origin or one.job.public_id for one in prepared}
    return Written(len(prepared), tuple(origins[key] for key in broken))


def _entry(one: Prepared, rendered: RenderedEntry) -> Entry:
    draft = one.draft
    return Entry(
        key=one.key,
        public_id=one.job.public_id,
        old_id=draft.old_id,
        identity=draft.identity,
        day=draft.day,
        quarter=draft.quarter,
        title=draft.title,
        source_text=draft.body,
        body=rendered.body,
        excerpt=rendered.excerpt,
        lang=draft.lang or language_of(f"{draft.title}\n{draft.body}"),
        edited_on=draft.edited_on,
        series=draft.series,
        part=draft.part,
        quoted_from=draft.quoted_from,
        unlinked=[list(place) for place in draft.unlinked],
    )


def _references(one: Prepared, rendered: RenderedEntry) -> list[Reference]:
    """What an entry answers, then what it mentions beside that."""
    answered = dict.fromkeys(one.draft.reply_to)
    mentioned = [target for target in rendered.references if target not in answered]
    return [Reference(entry_id=one.key, written_id=target, is_reply=True) for target in answered] + [
        Reference(entry_id=one.key, written_id=target, is_reply=False) for target in mentioned
    ]
