"""Archives of entries, streamed into the diary: what is here already is passed over, bad lines are reported.

A run can be cut off anywhere and started again, and the same file twice adds nothing: an entry is known by
its id, or, where its line has none, by its identity, a hash of its date, title and text and of its ordinal
among equal ones in its file.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BufferedReader
from itertools import chain
from pathlib import PurePath

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from nanashi.archive.entry_lines import entry_line, latest_day
from nanashi.archive.fields import LINE, BadFieldError
from nanashi.archive.lines import open_lines
from nanashi.archive.reports import Finding, Report
from nanashi.archive.seen import Seen
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import batches, publish_many
from nanashi.writing.tombstones import gone_among, name_digest

LOOKED_UP = 300
"""Drafts that are looked up at a time; each has up to three names, and SQLite bounds the number of those."""
IDENTITY_BYTES = 16
ANY_CONTENT = b""
"""In the place of a digest: whatever the line says, it is the entry that is here."""

Advance = Callable[[int], None]
"""Told how many more bytes of the files have been read."""


def import_entries(
    paths: Iterable[str],
    report: Report,
    *,
    advance: Advance | None = None,
    standard_input: BufferedReader | None = None,
    processes: int | None = None,
) -> None:
    """Add the entries of these files to the diary; `report` grows on the way, batch by batch."""
    drafts = new_drafts(paths, report, advance, standard_input)
    first = next(drafts, None)
    if first is None:
        return
    with renderer(processes) as rendering:
        for written in publish_many(chain([first], drafts), rendering):
            report.added += written.entries
            for origin in written.circles:
                report.warnings.add(_circle(origin))


def check_entries(
    paths: Iterable[str],
    report: Report,
    *,
    advance: Advance | None = None,
    standard_input: BufferedReader | None = None,
) -> None:
    """Count in `report` what `import_entries` would add; writes nothing, looks for no circles of replies."""
    for _draft in new_drafts(paths, report, advance, standard_input):
        report.added += 1


def new_drafts(
    paths: Iterable[str], report: Report, advance: Advance | None, standard_input: BufferedReader | None
) -> Iterator[Draft]:
    """The good lines of these files whose entries are not here."""
    with closing(Seen()) as seen:
        for path in paths:
            report.files += 1
            seen.begin_file()
            for chunk in batches(_drafts(path, report, advance, standard_input), LOOKED_UP):
                yield from _not_here(chunk, seen, report)


def _drafts(
    path: str, report: Report, advance: Advance | None, standard_input: BufferedReader | None
) -> Iterator[Draft]:
    """The good lines of one file."""
    if PurePath(path.removesuffix(".gz")).suffix.lower() == ".csv":
        report.lines += 1
        message = _("CSV is not read here; write the entries as JSON Lines, one JSON object a line")
        report.errors.add(Finding(path, 1, LINE, message))
        return
    latest = latest_day()
    with open_lines(path, standard_input) as file:
        position = 0
        for line in file.lines(settings.MAX_LINE_BYTES):
            if advance is not None and file.position != position:
                advance(file.position - position)
                position = file.position
            if line.fault:
                report.lines += 1
                report.errors.add(Finding(path, line.number, LINE, line.fault))
            elif line.text.strip():
                report.lines += 1
                yield from _draft(line.text, latest, Finding(path, line.number, "", ""), report)


def _draft(text: str, latest: datetime.date, place: Finding, report: Report) -> Iterator[Draft]:
    """The draft of a good line; nothing of a bad one, which is reported."""
    try:
        read = entry_line(text, latest, f"{place.file}:{place.line}")
    except BadFieldError as error:
        report.errors.add(Finding(place.file, place.line, error.field, error.message))
        return
    for field, message in read.warnings:
        report.warnings.add(Finding(place.file, place.line, field, message))
    yield read.draft


def _not_here(drafts: list[Draft], seen: Seen, report: Report) -> Iterator[Draft]:
    """Those drafts whose entries neither the diary has nor this run has met."""
    named = [_with_identity(draft, seen) for draft in drafts]
    here = _digests_here([draft for draft, _ in named])
    gone = gone_among({name_digest(name) for draft, _ in named for name in _names(draft)})
    for draft, digest in named:
        names = _names(draft)
        if gone and not gone.isdisjoint(map(name_digest, names)):
            report.withdrawn += 1
            report.warnings.add(_withdrawn(draft))
            continue
        met = {one for name in names for one in (seen.digest_of(name), here.get(name)) if one is not None}
        if met - {digest, ANY_CONTENT}:
            report.errors.add(_taken(draft))
            continue
        for name in names:
            seen.remember(name, digest)
        if met:
            report.already_here += 1
        else:
            yield draft


def _with_identity(draft: Draft, seen: Seen) -> tuple[Draft, bytes]:
    """A draft, with an identity when it has no id, and the digest of its content."""
    digest = content_digest(draft.day, draft.title, draft.body)
    if draft.public_id or draft.old_id or draft.identity:
        return draft, digest
    ordinal = seen.ordinal(digest)
    return replace(draft, identity=content_digest(draft.day, draft.title, draft.body, ordinal)), digest


def content_digest(day: datetime.date, title: str, body: str, ordinal: int | None = None) -> bytes:
    """16-byte BLAKE2b of an entry's day, title and text, and of its ordinal among equal ones when given.

    NUL separates the parts: no title or text can hold it.
    """
    parts = [day.isoformat(), title, body] + ([] if ordinal is None else [str(ordinal)])
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=IDENTITY_BYTES).digest()


def _names(draft: Draft) -> list[bytes]:
    """Everything by which an entry is known; ids and identities differ in length."""
    ids = [one.encode() for one in (draft.public_id, draft.old_id) if one]
    return [*ids, draft.identity] if draft.identity else ids


def _digests_here(drafts: list[Draft]) -> dict[bytes, bytes]:
    """Name -> digest of the content, for those names that entries of the diary have.

    An entry that was edited here is still the one that the archive means; so is one found by its identity.
    """
    rows = Entry.objects.filter(
        Q(public_id__in=[draft.public_id for draft in drafts if draft.public_id])
        | Q(old_id__in=[draft.old_id for draft in drafts if draft.old_id])
        | Q(identity__in=[draft.identity for draft in drafts if draft.identity])
    ).values_list("public_id", "old_id", "identity", "edited_on", "day", "title", "source_text")
    found: dict[bytes, bytes] = {}
    for public_id, old_id, identity, edited_on, day, title, body in rows:
        digest = ANY_CONTENT if edited_on else content_digest(day, title, body)
        found[public_id.encode()] = digest
        if old_id:
            found[old_id.encode()] = digest
        if identity:
            found[bytes(identity)] = ANY_CONTENT
    return found


def _taken(draft: Draft) -> Finding:
    file, _colon, line = draft.origin.rpartition(":")
    name = draft.public_id or draft.old_id
    message = _("another entry has the id %s; give this one another id, or leave it out")
    return Finding(file, int(line), "id", message % name)


def _withdrawn(draft: Draft) -> Finding:
    file, _colon, line = draft.origin.rpartition(":")
    message = _("this entry was withdrawn here and does not come back")
    return Finding(file, int(line), "id" if draft.public_id or draft.old_id else LINE, message)


def _circle(origin: str) -> Finding:
    file, _colon, line = origin.rpartition(":")
    message = _("the replies would run in a circle; this one is kept as a mention")
    return Finding(file, int(line), "reply_to", message)
