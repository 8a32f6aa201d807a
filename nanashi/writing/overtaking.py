"""Two edits of one entry at a time: the later one is told of the earlier one, and takes nothing away unseen."""

import hashlib
import json
from collections.abc import Sequence

from nanashi.models import Entry
from nanashi.writing.drafts import QuotedSource

Unlinked = Sequence[Sequence[str | int | None]]


class OvertakenError(Exception):
    """What an edit began from is not what the entry holds now; nothing was saved."""


def digest_of(title: str, body: str, unlinked: Unlinked, quoted_from: QuotedSource | None) -> str:
    """A digest of all that the form of an entry shows of it, in hexadecimal letters."""
    whole = json.dumps(
        [title, body, [list(place) for place in unlinked], quoted_from or None], sort_keys=True
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def digest_of_entry(entry: Entry) -> str:
    """The digest of what an entry holds now."""
    return digest_of(entry.title, entry.source_text, entry.unlinked, entry.quoted_from)


def check_not_overtaken(entry: Entry, began: str, wanted: str) -> None:
    """Raise OvertakenError where the entry holds neither what an edit began from nor what it wants; "" began anywhere.

    What it wants is there already when somebody pressed the button twice.
    """
    if began and digest_of_entry(entry) not in (began, wanted):
        raise OvertakenError(entry.public_id)
