"""What weights of links are made of: counts that are taken once a night, by the seal.

An entry's links are weighed with the counts of the last seal whenever it is rendered, so a weight says nothing about
the hour at which the entry came. Only the seal moves the counts, with one exception: `count_first`.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone

from nanashi.lexicons.queueing import queue_everything
from nanashi.models import Entry, LexiconState
from nanashi.models.chunks import chunks
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text.stop_words import amended_stop_words, stop_words
from nanashi.text.weighing import Weighing

STATE_KEY = 1
BATCH = 5_000
"""Keywords whose counts are written in one turn: about 0.1 s."""

COUNTED = "SELECT key, counted, counted_defined FROM nanashi_keyword WHERE counted > 0 OR counted_defined ORDER BY key"
RECOUNTED = """
SELECT word.key, coalesce(occurring.entries, 0), word.definition <> ''
FROM nanashi_keyword word
LEFT JOIN (SELECT keyword_id, count(*) AS entries FROM nanashi_occurrence GROUP BY keyword_id) occurring
  ON occurring.keyword_id = word.key
WHERE word.counted <> coalesce(occurring.entries, 0) OR word.counted_defined <> (word.definition <> '')
"""
WRITE = "UPDATE nanashi_keyword SET counted = %s, counted_defined = %s WHERE key = %s"

_known: dict[tuple[str, datetime.date | None, int], Weighing] = {}
"""The counts that this process has read last, by database, day and number of entries."""


def current_weighing() -> Weighing:
    """The counts of the last seal; one query, and all of them where these are not yet known to this process."""
    state = LexiconState.objects.filter(key=STATE_KEY).first() or LexiconState(key=STATE_KEY)
    generation = (str(connection.settings_dict["NAME"]), state.sealed_on, state.entries)
    known = _known.get(generation)
    if known is None:
        known = Weighing(state.entries, _rows() if state.entries else (), common_words())
        _known.clear()
        _known[generation] = known
    return known


def common_words() -> frozenset[str]:
    """The stop list of this diary, in the form that is matched.

    Raises ImproperlyConfigured when NANASHI_STOP_WORDS names a file that cannot be read as UTF-8 text.
    """
    if not settings.STOP_WORDS:
        return stop_words()
    try:
        return amended_stop_words(settings.STOP_WORDS)
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"NANASHI_STOP_WORDS is {settings.STOP_WORDS!r}: {error}; name a file in UTF-8, one word a line"
        ) from error


def recount(day: datetime.date | None = None) -> None:
    """Count again, for the seal of a day (default: today). Called by the seal alone, outside of a transaction.

    At the first seal all entries are queued to be linked again: until then words were weighed without counts.
    """
    first = last_seal() is None
    _count()
    with turn(UNHURRIED):
        state = {"entries": Entry.objects.count(), "sealed_on": day or timezone.localdate()}
        LexiconState.objects.update_or_create(key=STATE_KEY, defaults=state)
        if first and state["entries"]:
            queue_everything()
    _known.clear()


def count_first() -> bool:
    """Count as long as there was no seal, and never again; gives whether it did.

    The first archive and the sample bring all their entries at once, whose order says nothing; without counts every
    word of theirs would weigh the same until the first night.
    """
    if last_seal() is not None:
        return False
    _count()
    with turn(UNHURRIED):
        LexiconState.objects.update_or_create(key=STATE_KEY, defaults={"entries": Entry.objects.count()})
    _known.clear()
    return True


def last_seal() -> datetime.date | None:
    """The day of the last seal."""
    state = LexiconState.objects.filter(key=STATE_KEY).first()
    return None if state is None else state.sealed_on


def _rows() -> Iterator[tuple[int, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        yield from cursor


def _count() -> None:
    """Write the counts that have changed, some thousands in a turn: posts come in between."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNTED)
        changed = cursor.fetchall()
    for batch in chunks(changed, BATCH):
        _write((entries, bool(defined), key) for key, entries, defined in batch)


def _write(rows: Iterable[tuple[int, bool, int]]) -> None:
    with turn(UNHURRIED), connection.cursor() as cursor:
        cursor.executemany(WRITE, list(rows))
