"""A long text in parts, cut before headings, and the series that they make.

Cut pieces joined give the text as typed. A footnote or a link is defined once for a whole text and used anywhere in it,
so each part gets the definitions that it uses: those that stand in another part follow its own text.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from nanashi.writing.ids import free_public_ids
from nanashi.writing.own import numbered
from nanashi.writing.publish import Announced, publish_together

LEAST_SHARE = 4
"""A part means to have at least 1/LEAST_SHARE of the limit: within that, no heading is high enough to cut at."""
SERIES_BYTES = 8
DIGEST_LETTERS = 12
MOST_PARTS = 30
"""Parts of one series that one form makes."""
MOST_OFFERED = 200
"""Headings that are offered to cut at, the highest first; a form has no more fields than it may."""
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
class Heading:
    """A heading of the text at which a part may begin."""

    value: str
    """As a form sends it: its number among all headings and a digest of its name, so that another text misses it."""
    name: str
    level: int
    begins: bool
    """Whether a part begins there."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """A text in parts, and where else it can be cut."""

    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    missed: bool
    """Whether some heading that was chosen is not in the text any more."""

    @property
    def possible(self) -> bool:
        """Whether a series can be made of it."""
        return 1 < len(self.parts) <= MOST_PARTS and not self.missed


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a heading begins, or a definition stands, in lines."""

    first: int
    last: int
    name: str
    level: int = 0


def split(body: str, title: str, limit: int, chosen: Collection[str] | None = None) -> Splitting:
    """Parts that begin at the `chosen` headings; without a choice, as few as keep to `limit` characters each.

    It is cut before headings of the text itself, never inside code, a table, a quotation, a list or a note. Without a
    choice, that is among those within reach before the highest, and of these the last; a text that is short or has no
    headings stays one part. Every part has the title; those behind the first, their first and last heading too.
    """
    lines = LINE.findall(body)
    tokens = entry_parser().parse(with_unix_line_ends(body), {"docId": "split"})
    headings = [one for one in _headings(tokens) if one.first > 0]
    values = {_value(number, one.name): one for number, one in enumerate(headings, start=1)}
    wanted = set(chosen or ())
    if chosen is None:
        cuts = _cuts(lines, headings, limit)
    else:
        cuts = [place.first for value, place in values.items() if value in wanted]
    starts = [0, *cuts]
    ranges = [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    bodies = _bodies(lines, ranges, _definitions(lines, tokens))
    parts = [
        Part(_title(title, headings, own), text, "".join(lines[own.start : own.stop]))
        for own, text in zip(ranges, bodies, strict=True)
    ]
    return Splitting(tuple(parts), tuple(_offered(values, cuts)), missed=not values.keys() >= wanted)


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
    # Within a quarter of an hour lists go by the letters of ids, the greatest first: so the parts stand in their order.
    ids = sorted(free_public_ids([draft.day] * len(parts), ()), reverse=True)
    drafts = [
        replace(
            draft,
            public_id=ids[number - 1],
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


def _value(number: int, name: str) -> str:
    return f"{number}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:DIGEST_LETTERS]}"


def _offered(values: Mapping[str, _Place], cuts: Collection[int]) -> Iterator[Heading]:
    """The highest headings, and those at which a part begins, in the order of the text."""
    highest = sorted(values.values(), key=lambda one: (one.level, one.first))[:MOST_OFFERED]
    lines = {one.first for one in highest} | set(cuts)
    for value, place in values.items():
        if place.first in lines:
            yield Heading(value, place.name, place.level, place.first in cuts)


def _title(title: str, headings: Sequence[_Place], own: range) -> str:
    """The title of a part: the text's, and from which heading to which it goes."""
    within = [one for one in headings if one.first in own]
    if own.start == 0 or not within:
        return title[:TITLE_LENGTH]
    first = within[0].name
    last = [one.name for one in within if one.level <= within[0].level][-1]
    names = first if first == last else f"{first} – {last}"
    return (f"{title}: {names}" if title else names)[:TITLE_LENGTH]


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
