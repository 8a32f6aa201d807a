"""A long text as a series, and a series that goes on, from the form."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from nanashi.accounts.access import ring_of
from nanashi.identity.entry_keys import (
    BadKeyError,
    locator_of,
    new_guest_key,
    read_key,
)
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.forms import EntryForm
from nanashi.writing.own import keys_of
from nanashi.writing.posting import Posted, made_once, with_key
from nanashi.writing.splitting import Part, Splitting, continue_series, publish_series, split
from nanashi.writing.tokens import Announce


class NotTheirSeriesError(Exception):
    """Somebody goes on with a series of which they hold no part."""


def parts_to_come(form: EntryForm) -> Splitting:
    """The parts that a text would be split into, as it was chosen in the form, and where it can be cut."""
    title = " ".join(form.value("title").split())  # as the form cleans it
    return split(form.typed_body, title, settings.SPLIT_OVER, form.cuts)


def post_parts(request: HttpRequest, form: EntryForm, draft: Draft, parts: Sequence[Part]) -> list[Posted]:
    """Make a series of these parts; a guest gets a key for each. Raises BusyError and AnsweredIsGoneError."""
    ring = ring_of(request)
    keys = [] if ring is not None else [new_guest_key() for _part in parts]
    locators = [locator_of(key) for key in keys]

    def value_of(ids: Sequence[str]) -> str:
        return " ".join(map(with_key, ids, keys)) if keys else ids[0]

    def make(announce: Announce) -> str:
        master = None if ring is None else ring.master
        with renderer(1) as rendering:
            return value_of(
                publish_series(
                    parts,
                    draft,
                    rendering,
                    master=master,
                    locators=locators,
                    announce=lambda ids: announce(value_of(ids)),
                )
            )

    return made_once(form, make)


def post_next_part(request: HttpRequest, form: EntryForm, draft: Draft) -> list[Posted]:
    """Make the next part of the series that the form names.

    Raises NotTheirSeriesError where neither the ring nor the key written holds a part of it, and BusyError.
    """
    ring = ring_of(request)
    held, key = _held_part(form.cleaned_data["series"], form, None if ring is None else ring.master)

    def make(announce: Announce) -> str:
        with renderer(1) as rendering:
            if ring is not None:
                return continue_series(
                    held, key, draft, rendering, master=ring.master, announce=lambda ids: announce(ids[0])
                )
            new_key = new_guest_key()
            own = replace(draft, locator=locator_of(new_key))
            public_id = continue_series(
                held, key, own, rendering, announce=lambda ids: announce(with_key(ids[0], new_key))
            )
            return with_key(public_id, new_key)

    return made_once(form, make)


def _held_part(series: str, form: EntryForm, master: bytes | None) -> tuple[str, bytes]:
    """A part of a series whose key is held, and that key."""
    parts = Entry.objects.filter(series=series)
    if master is not None:
        held = keys_of(master, parts.order_by("-part").values_list("public_id", flat=True))
        if held:
            return next(iter(held.items()))
    try:
        key = read_key(form.cleaned_data["entry_key"])
    except BadKeyError:
        raise NotTheirSeriesError(series) from None
    public_id = parts.filter(locator=locator_of(key)).values_list("public_id", flat=True).first()
    if public_id is None:
        raise NotTheirSeriesError(series)
    return public_id, key
