"""The steps of publishing between a draft and its rows: prepare, then write and settle within a turn."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from nanashi.lexicons import estimating
from nanashi.lexicons.current import own_sites
from nanashi.lexicons.occurrences import add_occurrences
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.relinking import relink
from nanashi.lexicons.rendering import RenderedEntry, Renderer, RenderJob
from nanashi.models import Reference, bigram_index
from nanashi.models.keys import entry_key
from nanashi.text.language import language_of
from nanashi.text.markup import references_in
from nanashi.writing.drafts import Draft
from nanashi.writing.ids import free_public_ids
from nanashi.writing.replies import break_circles, resolve_references

COLUMNS = (
    "key, public_id, old_id, identity, day, quarter, title, source_text, body, excerpt, lang, edited_on, series, part, "
    "quoted_from, unlinked, locator, hand"
)
INSERT = f"INSERT INTO nanashi_entry ({COLUMNS}) VALUES ({', '.join(['%s'] * len(COLUMNS.split()))})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with its keys, and what its rendering needs."""

    draft: Draft
    key: int
    job: RenderJob
    mentioned: tuple[str, ...]
    """Ids in its text, as written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction wrote."""

    entries: int
    circles: tuple[str, ...]
    """Origins (or ids) of drafts whose reply would have closed a circle; they are stored as mere mentions."""


def prepare(drafts: Sequence[Draft], in_flight: Mapping[str, str]) -> list[Prepared]:
    """Give each draft its keys, in the order of those; `in_flight` are ids of entries that are about to be written."""
    public_ids = _public_ids(drafts, in_flight)
    mentioned = [tuple(references_in(draft.body, own_sites())) for draft in drafts]
    known = _known(mentioned)
    known.update(in_flight)
    known.update(zip(public_ids, public_ids, strict=True))
    known.update({d.old_id: one for d, one in zip(drafts, public_ids, strict=True) if d.old_id})
    prepared = [
        Prepared(draft, entry_key(draft.day, draft.quarter, one), _job(draft, one, ids, known), ids)
        for draft, one, ids in zip(drafts, public_ids, mentioned, strict=True)
    ]
    return sorted(prepared, key=lambda one: one.key)


def ids_of(prepared: Iterable[Prepared]) -> dict[str, str]:
    """Every id that stands for one of these entries, with its public id."""
    ids: dict[str, str] = {}
    for one in prepared:
        ids[one.job.public_id] = one.job.public_id
        if one.draft.old_id:
            ids[one.draft.old_id] = one.job.public_id
    return ids


def write(prepared: Sequence[Prepared], rendered: Sequence[RenderedEntry], renderer: Renderer) -> Written:
    """Store entries with all that hangs on them, inside a turn; keys ascend, as the search index wants them."""
    pairs = list(zip(prepared, rendered, strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [_entry(one, result) for one, result in pairs])
    references = [row for one, result in pairs for row in _references(one, result)]
    if references:
        Reference.objects.bulk_create(references)
    add_occurrences((keyword, one.key) for one, result in pairs for keyword in result.keywords)
    estimates = {one.key: result.estimates for one, result in pairs if result.estimates}
    if estimates:
        estimating.store(estimates)
    bigram_index.add((one.key, result.grams) for one, result in pairs)
    return _settle(prepared, renderer)


def _settle(prepared: Sequence[Prepared], renderer: Renderer) -> Written:
    """Let references find the new entries, and show them in older entries that name them.

    Only an id that an archive brings can have been named before: a new one is random.
    """
    named = [one for one in prepared if one.draft.public_id or one.draft.old_id]
    known_before = [one.key for one in named]
    referring = [one.key for one in prepared if one.mentioned or one.draft.reply_to]
    if not named and not referring:
        return Written(len(prepared), ())
    older = set(resolve_references(ids_of(named), referring)) - {one.key for one in prepared}
    broken = break_circles(known_before) if named else []
    dependants = estimating.dependants(known_before) if named else []
    again = sorted({*older, *_outdated(prepared), *dependants}, reverse=True)
    relink(again, renderer)
    origins = {one.key: one.draft.origin or one.job.public_id for one in prepared}
    return Written(len(prepared), tuple(origins[key] for key in broken))


def _outdated(prepared: Sequence[Prepared]) -> list[int]:
    """Keys of the new entries that name one which came or went while they were rendered."""
    known = _known(one.mentioned for one in prepared)
    return [
        one.key
        for one in prepared
        if one.job.known != {written: known[written] for written in one.mentioned if written in known}
    ]


def _known(mentioned: Iterable[Iterable[str]]) -> dict[str, str]:
    found = known_entries(one for ids in mentioned for one in ids)
    return {written: public_id for written, (_, public_id) in found.items()}


def _public_ids(drafts: Sequence[Draft], in_flight: Mapping[str, str]) -> list[str]:
    """The id that each draft brings, or a new one."""
    brought = [draft.public_id for draft in drafts if draft.public_id]
    without = [draft.day for draft in drafts if not draft.public_id]
    new = iter(free_public_ids(without, {*brought, *in_flight}))
    return [draft.public_id or next(new) for draft in drafts]


def _job(draft: Draft, public_id: str, mentioned: Iterable[str], known: Mapping[str, str]) -> RenderJob:
    here = {one: known[one] for one in mentioned if one in known}
    estimates = estimating.surroundings(draft.body, draft.lang)
    return RenderJob(public_id, draft.title, draft.body, here, draft.unlinked, estimates)


def _entry(one: Prepared, rendered: RenderedEntry) -> tuple[object, ...]:
    """The row of an entry: a model instance costs as much as all of its links."""
    draft = one.draft
    return (
        one.key,
        one.job.public_id,
        draft.old_id,
        draft.identity,
        draft.day.isoformat(),
        draft.quarter,
        draft.title,
        draft.body,
        rendered.body,
        rendered.excerpt,
        draft.lang or language_of(f"{draft.title}\n{draft.body}"),
        draft.edited_on and draft.edited_on.isoformat(),
        draft.series,
        draft.part,
        None if draft.quoted_from is None else json.dumps(draft.quoted_from),
        json.dumps([list(place) for place in draft.unlinked]),
        draft.locator,
        draft.hand,
    )


def _references(one: Prepared, rendered: RenderedEntry) -> list[Reference]:
    """What an entry answers, then what it mentions beside that."""
    answered = dict.fromkeys(one.draft.reply_to)
    mentioned = [target for target in rendered.references if target not in answered]
    return [Reference(entry_id=one.key, written_id=target, is_reply=True) for target in answered] + [
        Reference(entry_id=one.key, written_id=target, is_reply=False) for target in mentioned
    ]
