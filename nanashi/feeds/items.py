"""One entry as feeds give it, in whatever format."""

import datetime
from typing import NamedTuple

from django.template.loader import render_to_string

from nanashi.feeds.addresses import absolute, with_absolute_links
from nanashi.feeds.moments import moment_of, updated_of
from nanashi.lexicons.estimate_figures import without_actions
from nanashi.reading.queries.entries import EntryView
from nanashi.text.characters import replace_forbidden
from nanashi.text.markup import entry_path
from nanashi.text.stripping import strip_quiet_links

NAME_LENGTH = 60
"""Characters of an untitled entry's beginning that stand for a title."""
UNKNOWN_SOURCE = {"url": "", "title": "", "lang": "", "by": ""}


class Item(NamedTuple):
    """An entry with absolute addresses and the moments of its publication and last change."""

    url: str
    """Its permanent address, which is also its id in every format."""
    title: str
    """As its writer gave it; "" for none."""
    name: str
    """Its title, or a short beginning: for formats in which an entry must have one."""
    excerpt: str
    content: str
    """HTML: what it answers and quotes, then its body, with the notable links alone: feeds carry no style."""
    lang: str
    published: datetime.datetime
    updated: datetime.datetime
    answers: tuple[str, ...]
    """Addresses of the entries here that it answers."""
    source: dict[str, str]
    """What it translates or quotes: url, title, lang, by, each "" where not known."""


def item_of(entry: EntryView) -> Item:
    """The item of an entry."""
    url = absolute(entry_path(entry.public_id))
    title = replace_forbidden(entry.title)
    return Item(
        url=url,
        title=title,
        name=title or _beginning(entry),
        excerpt=entry.excerpt,
        content=with_absolute_links(_lead(entry) + strip_quiet_links(without_actions(entry.body)), url),
        lang=entry.lang,
        published=moment_of(entry.day, entry.quarter),
        updated=updated_of(entry.day, entry.quarter, entry.edited_on),
        answers=tuple(absolute(entry_path(one.public_id)) for one in entry.answers if one.public_id),
        source=_source(entry),
    )


def _beginning(entry: EntryView) -> str:
    """The day stands in for an entry that has no words at all."""
    if len(entry.excerpt) <= NAME_LENGTH:
        return entry.excerpt or entry.day.isoformat()
    return entry.excerpt[: NAME_LENGTH - 1] + "…"


def _source(entry: EntryView) -> dict[str, str]:
    return {**UNKNOWN_SOURCE, **(entry.quoted_from or {})}


def _lead(entry: EntryView) -> str:
    """What pages show above a body: the entries that it answers, the source that it quotes."""
    if not entry.answers and not entry.quoted_from:
        return ""
    source = entry.quoted_from and _source(entry)
    return replace_forbidden(render_to_string("feeds/lead.html", {"entry": entry, "source": source}))
