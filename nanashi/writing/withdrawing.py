"""Withdrawing an entry: everything that `remove` names is erased in one turn, and nothing of it comes back.

What stays is a tombstone of each of its names and, where replies hang on it, a stump that keeps its place in the tree.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from nanashi.lexicons import current, estimating
from nanashi.lexicons.relinking import relink
from nanashi.models import Entry, Occurrence, Reference, Stump, bigram_index
from nanashi.models.turns import turn
from nanashi.text.grams import grams_of
from nanashi.writing.holding import NotHolderError, held_entry
from nanashi.writing.own import keys_of
from nanashi.writing.tombstones import bury

__all__ = ["NotHolderError", "remove", "withdraw", "withdraw_all", "withdraw_found"]


def withdraw(public_id: str, key: bytes) -> None:
    """Erase an entry, by the holder of its key; on return every page and feed is without it.

    Raises NotHolderError where the key is not the entry's or the entry is gone, and BusyError.
    """
    withdraw_found(lambda: held_entry(public_id, key), struck=False)


def withdraw_all(master: bytes, public_ids: Iterable[str]) -> int:
    """Erase those of these entries that the ring holds, a turn each so that others come in between; how many."""
    withdrawn = 0
    for public_id, key in keys_of(master, public_ids).items():
        with suppress(NotHolderError):  # gone meanwhile, in another tab perhaps
            withdraw(public_id, key)
            withdrawn += 1
    return withdrawn


def withdraw_found(find: Callable[[], Entry], *, struck: bool, wait: float | None = None) -> None:
    """Erase the entry that `find` gives within the turn, and let what named it say that it is not here."""
    with turn(wait):
        naming = remove(find(), struck=struck)
        left = relink(naming, current.renderer(1)) if naming else []
    if left:
        # In turns of their own, before the request is answered; what this is cut off from, the worker does.
        relink(left, current.renderer(1))


def remove(entry: Entry, *, struck: bool) -> list[int]:
    """Erase all that is stored of an entry, inside a turn; keys of the entries to render again, newest first.

    Erased are its search grams, occurrences, estimates with their charts, mentions, title, source, body and excerpt.
    """
    key = entry.key
    bigram_index.remove([(key, grams_of(entry.title, entry.source_text))])
    Occurrence.objects.filter(entry=key).delete()
    based_on_it = estimating.erase(key)
    naming = set(Reference.objects.filter(target=key).values_list("entry_id", flat=True))
    Reference.objects.filter(target=key, is_reply=False).update(target=None)
    Reference.objects.filter(entry=key, is_reply=False).delete()
    Entry.objects.filter(key=key).delete()
    bury(entry, struck=struck)
    _keep_place(key, entry.public_id)
    return sorted({*naming, *based_on_it} - {key}, reverse=True)


def _keep_place(key: int, public_id: str) -> None:
    """A stump where replies hang; elsewhere what it answered is forgotten, with the stumps that now bear nothing."""
    if Reference.objects.filter(target=key, is_reply=True).exists():
        Stump.objects.create(key=key, public_id=public_id)
        return
    bare = [key]
    while bare:
        leaf = bare.pop()
        above = set(Reference.objects.filter(entry=leaf, is_reply=True).values_list("target_id", flat=True))
        Reference.objects.filter(entry=leaf).delete()
        Stump.objects.filter(key=leaf).delete()
        stumps = Stump.objects.filter(key__in=above - {None}).values_list("key", flat=True)
        bare += [one for one in stumps if not Reference.objects.filter(target=one, is_reply=True).exists()]
