"""What a writer, or an archive, gives: an entry before it is one."""

import datetime
from dataclasses import dataclass
from typing import TypedDict


class QuotedSource(TypedDict, total=False):
    """Where a translated or quoted text comes from."""

    url: str
    title: str
    lang: str
    by: str
    """By whom, or by what, it was translated."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to publish. Archives may bring an id, a day in the past and an identity; writers bring none."""

    body: str
    day: datetime.date
    title: str = ""
    quarter: int | None = None
    lang: str = ""
    reply_to: tuple[str, ...] = ()
    series: str | None = None
    part: int | None = None
    quoted_from: QuotedSource | None = None
    unlinked: tuple[tuple[str, int | None], ...] = ()
    edited_on: datetime.date | None = None
    public_id: str | None = None
    old_id: str | None = None
    identity: bytes | None = None
    """Hash of an imported entry without an id, so that the same file adds it once."""
    locator: bytes | None = None
    """SHA-256 of the entry key, for entries that somebody can edit and withdraw."""
    hand: str = ""
    """The writer's mark in this tree, where the writer chose to show one."""
    origin: str = ""
    """Where it stands in its archive (file:line), for reports."""
