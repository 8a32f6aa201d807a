"""A long text in parts, cut before headings, and the series that they make.

Cut pieces joined give the text as typed. A footnote or a link is defined once for a whole text and used anywhere in it,
so each part gets the definitions that it uses: those that stand in another part follow its own text.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it.token import Token

from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry
from nanashi.models.entry import TITLE_LENGTH
from nanashi.text.characters import with_unix_line_ends
from nanashi.text.markdown.parsers import entry_parser
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import held_entry
from nanashi.writing.own import numbered
from nanashi.writing.publish import Announced, publish_together

LEAST_SHARE = 4
"""A part means to have at least 1/LEAST_SHARE of the limit: within that, no heading is high enough to cut at."""
SERIES_BYTES = 8
LABEL = re.compile(r"\[([^\[\]]+)\]")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line as Markdown counts them: Python's splitlines knows further separators."""
DEFINITION = re.compile(r" {0,3}\[([^\[\]]+)\]:")
CONTINUED = re.compile(r"(?: {4}|\t)\S")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a long text."""

    title: str
    body: str
    """What is published: its piece of the text, and definitions that it uses from others."""
    piece: str
    """Its piece of the text; all pieces joined are the text."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a heading begins, or a definition stands, in lines."""

    first: int
    last: int
    name: str
    level: int = 0


def split(body: str, title: str, limit: int) -> list[Part]:
    """Parts of at most `limit` characters where headings allow; one part where the text is short or has none.

    It is cut before headings of the text itself, never inside code, a table, a quotation, a list or a note; among
    those within reach, before the highest, and of these the last. The first part has the title, the others those of
    their headings.
    """
    lines = LINE.findall(body)
    tokens = entry_parser().parse(with_unix_line_ends(body), {"docId": "split"})
    headings = [one for one in _headings(tokens) if one.first > 0]
    starts = [0, *_cuts(lines, headings, limit)]
    names = {one.first: one.name for one in headings}
    ranges = [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    bodies = _bodies(lines, ranges, _definitions(lines, tokens))
    return [
        Part(
            (names[own.start] if own.start else title)[:TITLE_LENGTH],
            text,
            "".join(lines[own.start : own.stop]),
        )
        for own, text in zip(ranges, bodies, strict=True)
    ]


def publish_series(  # noqa: PLR0913 - the last three have a default
    parts: Sequence[Part],
    draft: Draft,
    renderer: Renderer,
    *,
    master: bytes | None = None,
    locators: Sequence[bytes] = (),
    announce: Announced | None = None,
) -> list[str]:
    """Make a new series of these parts in one turn, all or none; returns their public ids in order.

    `draft` has what they share (day, quarter, language, source, marks, words switched off everywhere); what it answers
    is answered by the first part. Their keys are the next of a ring, or a guest's, whose locators are given.
    """
    series = secrets.token_hex(SERIES_BYTES)
    drafts = [
        replace(
            draft,
            title=part.title,
            body=part.body,
            series=series,
            part=number,
            reply_to=draft.reply_to if number == 1 else (),
            unlinked=tuple(place for place in draft.unlinked if place[1] is None),
            locator=locators[number - 1] if locators else None,
        )
        for number, part in enumerate(parts, start=1)
    ]
    return publish_together(
        drafts, renderer, decide=None if master is None else numbered(master), announce=announce
    )


def continue_series(  # noqa: PLR0913 - the last two have a default
    public_id: str,
    key: bytes,
    draft: Draft,
    renderer: Renderer,
    *,
    master: bytes | None = None,
    announce: Announced | None = None,
) -> str:
    """Publish the next part of the series of an entry whose key one holds; an entry without one becomes the first.

    `key` is for what is there, `master` for what comes. Raises NotHolderError where the key is not the entry's.
    """
    of_ring = None if master is None else numbered(master)

    def decide(drafts: Sequence[Draft]) -> list[Draft]:
        series, part = _next_part(public_id, key)
        decided = of_ring(drafts) if of_ring is not None else drafts
        return [replace(one, series=series, part=part) for one in decided]

    held_entry(public_id, key)
    return publish_together([draft], renderer, decide=decide, announce=announce)[0]


def _next_part(public_id: str, key: bytes) -> tuple[str, int]:
    """The series of an entry and the number after its last part; inside a turn."""
    entry = held_entry(public_id, key)
    if entry.series is None:
        entry.series, entry.part = secrets.token_hex(SERIES_BYTES), 1
        Entry.objects.filter(key=entry.key).update(series=entry.series, part=entry.part)
    last = Entry.objects.filter(series=entry.series).order_by("-part").values_list("part", flat=True).first()
    return entry.series, (last or 0) + 1


def _definitions(lines: Sequence[str], tokens: Sequence[Token]) -> list[_Place]:
    """Where notes and links are defined, by their label; what looks so within code is none."""
    code = [range(*token.map) for token in tokens if token.type in ("fence", "code_block") and token.map]
    found: dict[str, _Place] = {}
    for number, line in enumerate(lines):
        match = DEFINITION.match(line)
        if match and not any(number in one for one in code):
            label = match[1].casefold()
            found.setdefault(label, _Place(number, _end_of_definition(lines, number), label))
    return list(found.values())


def _end_of_definition(lines: Sequence[str], start: int) -> int:
    """The line behind a definition: what is indented goes on with it."""
    end = start + 1
    while end < len(lines) and CONTINUED.match(lines[end]):
        end += 1
    return end


def _headings(tokens: Sequence[Token]) -> list[_Place]:
    found: list[_Place] = []
    depth = 0
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and depth == 0 and token.map:
            found.append(_Place(token.map[0], token.map[1], following.content.strip(), int(token.tag[1:])))
        depth += token.nesting
    return found


def _cuts(lines: Sequence[str], headings: Sequence[_Place], limit: int) -> list[int]:
    """Lines at which parts begin, beside the first."""
    lengths = [0]
    for line in lines:
        lengths.append(lengths[-1] + len(line))
    cuts: list[int] = []
    start = 0
    while lengths[-1] - lengths[start] > limit:
        ahead = [one for one in headings if one.first > start]
        fitting = [one for one in ahead if lengths[one.first] - lengths[start] <= limit]
        good = [
            one for one in fitting if (lengths[one.first] - lengths[start]) * LEAST_SHARE >= limit
        ] or fitting
        if good:
            start = min(good, key=lambda one: (one.level, -one.first)).first
        elif ahead:
            start = ahead[0].first
        else:
            break
        cuts.append(start)
    return cuts


def _bodies(lines: Sequence[str], ranges: Sequence[range], definitions: Sequence[_Place]) -> list[str]:
    """The text of each part: its lines, without definitions that others use alone, then those that it uses."""
    by_line = {number: one for one in definitions for number in range(one.first, one.last)}
    labels = {one.name: _labels(lines[one.first : one.last]) - {one.name} for one in definitions}
    used = [_used([lines[at] for at in own if at not in by_line], labels) for own in ranges]
    anywhere = set[str]().union(*used)
    bodies: list[str] = []
    for own, needed in zip(ranges, used, strict=True):
        kept = [
            lines[at]
            for at in own
            if at not in by_line or by_line[at].name in needed | (labels.keys() - anywhere)
        ]
        more = [
            "".join(lines[one.first : one.last]).rstrip("\r\n") + "\n"
            for one in definitions
            if one.name in needed and one.first not in own
        ]
        text = "".join(kept)
        bodies.append(text.rstrip("\r\n") + "\n\n" + "".join(more) if more else text)
    return bodies


def _used(lines: Sequence[str], labels: Mapping[str, set[str]]) -> set[str]:
    """Labels of the definitions that these lines use, and that those use."""
    found: set[str] = set()
    ahead = _labels(lines) & labels.keys()
    while ahead:
        found |= ahead
        ahead = {label for one in ahead for label in labels[one]} & labels.keys() - found
    return found


def _labels(lines: Iterable[str]) -> set[str]:
    return {label.casefold() for line in lines for label in LABEL.findall(line)}
