"""From a form that is valid to an entry: with a key ring, or with a key of its own for a guest."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nanashi.accounts.access import ring_of
from nanashi.accounts.rates import address_of
from nanashi.accounts.volatile import spend
from nanashi.identity.entry_keys import key_text, locator_of, new_guest_key, read_key
from nanashi.identity.pseudonyms import thread_mark
from nanashi.lexicons.current import renderer
from nanashi.lexicons.references import known_entries
from nanashi.models.keys import quarter_of
from nanashi.models.turns import place
from nanashi.reading.queries.trees import root_of
from nanashi.text.references import answered_at_start
from nanashi.writing.drafts import Draft
from nanashi.writing.forms import EntryForm
from nanashi.writing.ids import free_public_ids
from nanashi.writing.own import publish_as
from nanashi.writing.publish import publish
from nanashi.writing.tokens import Announce, once

TOKEN_BYTES = 18


class Posted(NamedTuple):
    """What was made."""

    public_id: str
    key: bytes | None
    """The entry's key, where a guest wrote it: nobody else will ever know it."""


def new_token() -> str:
    """A form's token, by which a second click is known."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def guests_may_post() -> bool:
    """Whether the operator lets people without a key ring write."""
    return bool(settings.GUESTS == "open")


def seconds_to_wait(request: HttpRequest) -> float:
    """Take note of a post from this address; how long it has to wait, 0 where it need not."""
    return spend("post from", address_of(request))


def draft_of(form: EntryForm, reply_to: Sequence[str] = ()) -> Draft:
    """The draft that a valid form holds, of this quarter of an hour.

    It answers what it is told to, and entries of here with whose `>>ID` its text begins.
    """
    now = timezone.localtime()
    begun_with = known_entries(answered_at_start(form.cleaned_data["body"]))
    return Draft(
        form.cleaned_data["body"],
        now.date(),
        form.cleaned_data["title"],
        quarter=quarter_of(now.hour, now.minute),
        reply_to=tuple(dict.fromkeys((*reply_to, *form.cleaned_data["also"], *begun_with))),
        quoted_from=form.quoted_from(),
        unlinked=form.off,
    )


def post(request: HttpRequest, form: EntryForm, draft: Draft) -> list[Posted]:
    """Make the entry; a second request with the same token gets what the first one made.

    Raises BusyError, and AnsweredIsGoneError.
    """
    ring = ring_of(request)
    master = None if ring is None else ring.master

    def make(announce: Announce) -> str:
        with renderer(1) as rendering:
            if master is not None:
                shown = _with_hand(draft, master) if form.cleaned_data["hand"] else draft
                return publish_as(master, shown, rendering, announce=lambda ids: announce(ids[0]))
            key = new_guest_key()
            own = replace(draft, locator=locator_of(key))
            public_id = publish(own, rendering, announce=lambda ids: announce(with_key(ids[0], key)))
            return with_key(public_id, key)

    return made_once(form, make)


def made_once(form: EntryForm, make: Callable[[Announce], str]) -> list[Posted]:
    """What this form makes, or has made: who waits for the first of two clicks takes a place, as who writes does."""
    with place():
        return posted_of(once(form.cleaned_data["token"], make))


def with_key(public_id: str, key: bytes) -> str:
    """What a form's token stands for where a guest sent it."""
    return f"{public_id} {key_text(key)}"


def posted_of(made: str) -> list[Posted]:
    """What a form's token stands for: an id alone, or ids each with the key of a guest."""
    words = made.split(" ")
    if len(words) == 1:
        return [Posted(made, None)]
    return [Posted(words[at], read_key(words[at + 1])) for at in range(0, len(words), 2)]


def _with_hand(draft: Draft, master: bytes) -> Draft:
    """The draft with its writer's mark in the tree that it stands in; an entry that answers none is a root itself."""
    if draft.reply_to:
        return replace(draft, hand=thread_mark(master, root_of(draft.reply_to)))
    (public_id,) = free_public_ids([draft.day], ())
    return replace(draft, public_id=public_id, hand=thread_mark(master, public_id))
