"""One keyword changes: what editors and proposals do. Each step is one turn, which also counts the lexicon's version
up and queues the old entries; what is posted from then on is linked by the change at once. The definition is rendered
after the turn: whoever makes several steps in a turn of their own calls `show_definition` when it is over.

All raise RefusedError, naming the field, for what cannot be, and Keyword.DoesNotExist for a key that is gone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from django.db import connection
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import MOST_ALIASES, NAMED_ONE_BY_ONE, KeywordDraft, define_many
from nanashi.lexicons.definitions import render_definitions
from nanashi.lexicons.keyword_rows import owners_of
from nanashi.lexicons.queueing import queue_everything
from nanashi.lexicons.registrable import RefusedError, registrable
from nanashi.lexicons.shelving import shelf_and_sort_key
from nanashi.lexicons.versions import note_bulk, note_changes
from nanashi.models import Alias, Backfill, Keyword, Occurrence, Revision
from nanashi.models.chunks import PARAMETERS, chunks
from nanashi.models.keys import random_key
from nanashi.models.turns import BusyError, turn

MOVE_OCCURRENCES = """
INSERT OR IGNORE INTO nanashi_occurrence (keyword_id, entry_id)
SELECT %s, entry_id FROM nanashi_occurrence WHERE keyword_id = %s ORDER BY entry_id DESC LIMIT %s"""
MOVED_AT_ONCE = 100_000
"""Occurrences, the newest, that a merge moves within its turn: 0.6 s in all. The backfill makes the others anew."""


def define(draft: KeywordDraft) -> int:
    """Register a word, or change what the draft says of one that is here; returns its key. Its definition is shown at
    once, links in old entries follow."""
    with turn():
        (result,) = define_many([draft])
        if isinstance(result, RefusedError):
            raise result
        key = Keyword.objects.values_list("key", flat=True).get(word=draft.word.strip())
    _show_unless_within(key)
    return key


def rename(keyword_key: int, new_word: str) -> None:
    """Give a keyword another word; the old one is no spelling of it any more, unless it is made an alias."""
    word, norm = registrable(new_word, "word")
    with turn():
        keyword = Keyword.objects.get(key=keyword_key)
        if keyword.word == word:
            return
        owner = owners_of([norm]).get(norm)
        if owner is not None and owner.key != keyword_key:
            raise RefusedError(
                "word", _('"%s" belongs to the keyword "%s"; merge the two') % (word, owner.word)
            )
        old = _spellings(keyword)
        Alias.objects.filter(keyword=keyword, norm=norm).delete()
        keyword.word, keyword.norm = word, norm
        keyword.shelf, keyword.sort_key = shelf_and_sort_key(word, keyword.reading)
        keyword.save(update_fields=["word", "norm", "shelf", "sort_key"])
        _announce(keyword_key, old | _spellings(keyword))
    _show_unless_within(keyword_key)


def merge(keyword_key: int, into_key: int) -> None:
    """Make a keyword's word and aliases aliases of another one, which gets its occurrences, its history before its own,
    and its definition where it has none; the first keyword is gone. One turn, as it may be part of the caller's.
    """
    if keyword_key == into_key:
        raise RefusedError("into", _("a keyword cannot be merged into itself; choose another one"))
    with turn():
        gone, into = Keyword.objects.get(key=keyword_key), Keyword.objects.get(key=into_key)
        if Alias.objects.filter(keyword__in=[gone, into]).count() >= MOST_ALIASES:
            raise RefusedError(
                "into", _("together more than %d aliases; take some away first") % MOST_ALIASES
            )
        moved = _spellings(gone)
        _move_history(gone, into)
        _move_occurrences(gone, into)
        Alias.objects.filter(keyword=gone).update(keyword=into)
        definition, word, norm = gone.definition, gone.word, gone.norm
        gone.delete()
        Alias.objects.create(key=random_key(), keyword=into, text=word, norm=norm)
        if definition and not into.definition:
            Keyword.objects.filter(key=into_key).update(definition=definition)
        note_changes([keyword_key, into_key])
        Backfill.objects.filter(keyword_key=keyword_key).update(keyword_key=into_key)
        Backfill.objects.create(keyword_key=into_key, spellings=sorted(moved | _spellings(into)))
    _show_unless_within(into_key)


def retire(keyword_key: int) -> None:
    """Link a keyword no more; its page and history stay."""
    with turn():
        set_retired({Keyword.objects.get(key=keyword_key).word: True})


def revive(keyword_key: int) -> None:
    """Link a retired keyword again."""
    with turn():
        set_retired({Keyword.objects.get(key=keyword_key).word: False})


def set_retired(wanted: Mapping[str, bool], new: Collection[str] = ()) -> set[str]:
    """Retire (True) or revive keywords, by word; gives the words that this changes. `new` ones were registered in the
    caller's turn: what is queued for them finds them as they are then."""
    with turn():
        rows = [row for row in _by_words(wanted) if row.retired != wanted[row.word]]
        for row in rows:
            row.retired = wanted[row.word]
        Keyword.objects.bulk_update(rows, ["retired"], batch_size=PARAMETERS)
        known = [row for row in rows if row.word not in new]
        if len(known) > NAMED_ONE_BY_ONE:
            note_bulk()
            queue_everything()
        else:
            for row in known:
                _announce(row.key, _spellings(row))
    return {row.word for row in rows}


def set_see_also(wanted: Mapping[str, Sequence[str]]) -> set[str]:
    """Put these words under "see also" of keywords, by word; gives the words that this changes. No link changes."""
    with turn():
        rows = [row for row in _by_words(wanted) if row.see_also != list(wanted[row.word])]
        for row in rows:
            row.see_also = list(wanted[row.word])
        Keyword.objects.bulk_update(rows, ["see_also"], batch_size=PARAMETERS)
    return {row.word for row in rows}


def _by_words(words: Iterable[str]) -> Iterator[Keyword]:
    for chunk in chunks(words):
        yield from Keyword.objects.filter(word__in=chunk)


def _announce(keyword_key: int, spellings: set[str]) -> None:
    note_changes([keyword_key])
    Backfill.objects.create(keyword_key=keyword_key, spellings=sorted(spellings))


def _spellings(keyword: Keyword) -> set[str]:
    """All normalised forms of a keyword."""
    return {keyword.norm, *Alias.objects.filter(keyword=keyword).values_list("norm", flat=True)}


def _move_history(gone: Keyword, into: Keyword) -> None:
    """The revisions of the one come before those of the other, whose latest stays the latest."""
    before, after = Revision.objects.filter(keyword=gone), Revision.objects.filter(keyword=into)
    shift, last = (rows.aggregate(last=Coalesce(Max("number"), 0))["last"] for rows in (before, after))
    if shift:
        # By way of numbers that none of them has: two of one keyword never have the same one, not in between either.
        beyond = shift + last
        after.update(number=F("number") + beyond)
        after.update(number=F("number") - beyond + shift)
        before.update(keyword=into)


def _move_occurrences(gone: Keyword, into: Keyword) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_OCCURRENCES, [into.key, gone.key, MOVED_AT_ONCE])
    Occurrence.objects.filter(keyword=gone.key).delete()


def show_definition(key: int) -> None:
    """Render a keyword's definition as it is now, after the turn that changed it: rendering needs none."""
    # Where nobody may write, the backfill shows it.
    with suppress(BusyError):
        render_definitions([key], renderer(1).lexicon, wait=None)


def _show_unless_within(key: int) -> None:
    """Within the caller's turn it is the caller who shows the definition, when that is over."""
    if not connection.in_atomic_block:
        show_definition(key)
