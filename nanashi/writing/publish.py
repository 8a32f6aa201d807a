"""The one way in: `publish()` makes an entry, `publish_many()` makes the entries of an archive.

Both go the same steps: prepare (keys, ids, what the texts refer to), render (Markdown and links, once), write
(entry, references, occurrences and search index in one turn), settle (entries that were waiting for one of the new
ids). Rendering happens outside of the turn. Where the lexicon has moved meanwhile, what was rendered is rendered
again, so that no entry misses a keyword that came while it was on its way.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from nanashi.lexicons import current
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.rendering import RenderedEntry, Renderer
from nanashi.models import bigram_index
from nanashi.models.turns import UNHURRIED, others_wait, turn
from nanashi.writing.drafts import Draft
from nanashi.writing.interrupts import uninterrupted
from nanashi.writing.storing import Prepared, Written, ids_of, prepare, write

__all__ = ["AnsweredIsGoneError", "Written", "batches", "publish", "publish_many", "publish_together"]

BATCH = 1_000
"""Entries of an import that are rendered while as many before them are written."""
BATCH_CHARACTERS = 8_000_000
"""Characters in such a batch: long entries make it shorter, so that memory stays bounded."""
FIRST_SLICE = 200
"""Entries in the first turn of an import, before it is known how long one takes."""
TURN_SECONDS, ALONE_SECONDS = 0.3, 0.8
"""How long an import means to hold a turn while others wait, and while nobody does."""
ATTEMPTS = 4
"""Times that a text is rendered again outside of a turn because the lexicon moved; then it is inside."""

Announced = Callable[[Sequence[str]], None]
"""Called with the public ids to come, in the order of the drafts, before the turn in which they are committed."""

Decide = Callable[[Sequence[Draft]], Sequence[Draft]]
"""Called inside the turn with the drafts in their order: sets what only the turn can know (locator, series, part)."""


class AnsweredIsGoneError(Exception):
    """The entry that a reply answers is not here, or was withdrawn while the reply was written."""


@dataclass(slots=True)
class _Batch:
    """Entries of an archive with what they become, and by which renderer."""

    prepared: list[Prepared]
    rendered: Iterator[RenderedEntry]
    renderer: Renderer


def publish(
    draft: Draft, renderer: Renderer, *, decide: Decide | None = None, announce: Announced | None = None
) -> str:
    """Make one entry; returns its public id. On return it is committed.

    Raises AnsweredIsGoneError where an entry that it answers is not here, and BusyError.
    """
    return publish_together([draft], renderer, decide=decide, announce=announce)[0]


def publish_together(
    drafts: Sequence[Draft],
    renderer: Renderer,
    *,
    decide: Decide | None = None,
    announce: Announced | None = None,
) -> list[str]:
    """Make several entries in one turn, all or none; returns their public ids in the order of the drafts."""
    prepared = prepare(drafts, {})
    of_draft = {id(one.draft): one for one in prepared}
    in_order = [of_draft[id(draft)] for draft in drafts]
    public_ids = [one.job.public_id for one in in_order]
    if announce is not None:
        announce(public_ids)
    for attempt in range(ATTEMPTS + 1):
        renderer = current.renderer(1) if attempt else renderer
        rendered = list(renderer.start([one.job for one in prepared]))
        with turn():
            if moved(renderer):
                if attempt < ATTEMPTS:
                    continue
                renderer = current.renderer(1)
                rendered = list(renderer.start([one.job for one in prepared]))
            _check_answered(drafts)
            write(_decided(in_order, decide), rendered, renderer)
        break
    return public_ids


def publish_many(drafts: Iterable[Draft], renderer: Renderer) -> Iterator[Written]:
    """Make the entries of an archive, turn by turn; one batch is rendered while another is written.

    Stopping between two turns loses nothing that was yielded; running the same archive again goes on.
    """
    bigram_index.prepare_bulk()
    pace = _Pace()
    waiting: _Batch | None = None
    for drafted in batches(drafts, BATCH):
        prepared = prepare(drafted, ids_of(waiting.prepared) if waiting else {})
        following = _Batch(prepared, renderer.start([one.job for one in prepared]), renderer)
        if waiting is not None:
            yield from _write_batch(waiting, pace)
        waiting = following
    if waiting is not None:
        yield from _write_batch(waiting, pace)


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


class _Pace:
    """How many entries a turn takes, so that nobody waits long behind an import."""

    def __init__(self) -> None:
        self.size = FIRST_SLICE

    def note(self, entries: int, seconds: float) -> None:
        """After a turn: how many go into the next."""
        meant = TURN_SECONDS if others_wait() else ALONE_SECONDS
        fitting = round(entries * meant / max(seconds, 0.001))
        self.size = max(1, min(fitting, self.size * 2, BATCH))


def _write_batch(batch: _Batch, pace: _Pace) -> Iterator[Written]:
    """Write what was rendered, in as many turns as it takes."""
    rendered = list(batch.rendered)
    at = 0
    while at < len(rendered):
        part = slice(at, at + pace.size)
        if moved(batch.renderer):
            rendered[at:] = _again(batch, slice(at, None))
        with ExitStack() as counting:
            with turn(UNHURRIED):
                counting.enter_context(uninterrupted())
                started = time.monotonic()
                if moved(batch.renderer):
                    rendered[part] = _again(batch, part)
                written = write(batch.prepared[part], rendered[part], batch.renderer)
            pace.note(written.entries, time.monotonic() - started)
            at += written.entries
            yield written


def _again(batch: _Batch, part: slice) -> list[RenderedEntry]:
    """This part of a batch, rendered with the lexicon as it is now."""
    batch.renderer = current.renderer(1)
    return list(batch.renderer.start([one.job for one in batch.prepared[part]]))


def moved(renderer: Renderer) -> bool:
    """Whether there is a newer lexicon than that of this renderer by now."""
    return not current.is_newest(renderer)


def _check_answered(drafts: Sequence[Draft]) -> None:
    answered = {one for draft in drafts for one in draft.reply_to}
    gone = answered - known_entries(answered).keys()
    if gone:
        raise AnsweredIsGoneError(", ".join(sorted(gone)))


def _decided(in_order: Sequence[Prepared], decide: Decide | None) -> list[Prepared]:
    """What is to be written, in the order of keys, with what the turn decides."""
    if decide is not None:
        drafts = decide([one.draft for one in in_order])
        in_order = [replace(one, draft=draft) for one, draft in zip(in_order, drafts, strict=True)]
    return sorted(in_order, key=lambda one: one.key)
