"""The search index is filled anew, in the order of keys, beside the one that answers, while posting goes on."""

from collections.abc import Iterator

from nanashi.models import Entry, bigram_index
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text.grams import grams_of

MOST_ENTRIES = 400
MOST_CHARACTERS = 150_000
"""Of one turn: about 0.2 s. Where a batch ends depends on the entries alone, so that equal diaries get equal files."""


def refill() -> None:
    """Make the second index whole; what is posted, edited or withdrawn meanwhile is in it as well.

    Each batch is read and written in one turn, and with it how far it came: everybody who writes sees whether an
    entry is already there (models.bigram_index).
    """
    with turn(UNHURRIED):
        bigram_index.begin_second()
    reached: int | None = 0
    while reached is not None:
        with turn(UNHURRIED):
            reached = _fill_from(reached)
    with turn(UNHURRIED):
        more = bigram_index.merge_second(first=True)
    while more:
        with turn(UNHURRIED):
            more = bigram_index.merge_second(first=False)


def _fill_from(reached: int) -> int | None:
    """Index the next entries; gives the last one's key, None where all are done."""
    rows = list(_batch(reached))
    if rows:
        bigram_index.add_to_second(rows)
        return rows[-1][0]
    bigram_index.finish_second()
    return None


def _batch(reached: int) -> Iterator[tuple[int, str]]:
    entries = Entry.objects.filter(key__gt=reached).order_by("key").values_list("key", "title", "source_text")
    characters = 0
    for key, title, text in entries[:MOST_ENTRIES].iterator(chunk_size=50):
        yield key, grams_of(title, text)
        characters += len(text)
        if characters >= MOST_CHARACTERS:
            return
