"""One keyword changes: what editors and proposals do. Each step is one turn, which also counts the lexicon's version
up and queues the old entries; what is posted from then on is linked by the change at once.

All raise RefusedError, naming the field, for what cannot be, and Keyword.DoesNotExist for a key that is gone.
"""

from contextlib import suppress

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import MOST_ALIASES, KeywordDraft, define_many
from nanashi.lexicons.definitions import render_definitions
from nanashi.lexicons.keyword_rows import owners_of
from nanashi.lexicons.registrable import RefusedError, registrable
from nanashi.lexicons.shelving import shelf_and_sort_key
from nanashi.lexicons.versions import note_changes
from nanashi.models import Alias, Backfill, Keyword, Occurrence, Revision
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
    _show_definition(key)
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
    _show_definition(keyword_key)


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
    _show_definition(into_key)


def retire(keyword_key: int) -> None:
    """Link a keyword no more; its page and history stay."""
    _set(keyword_key, retired=True)


def revive(keyword_key: int) -> None:
    """Link a retired keyword again."""
    _set(keyword_key, retired=False)


def set_explicit(keyword_key: int, explicit: bool) -> None:
    """Link a keyword only where a writer says so by `[[ ]]`, or everywhere again."""
    _set(keyword_key, explicit=explicit)


def _set(keyword_key: int, **values: bool) -> None:
    with turn():
        keyword = Keyword.objects.get(key=keyword_key)
        if all(getattr(keyword, name) == value for name, value in values.items()):
            return
        Keyword.objects.filter(key=keyword_key).update(**values)
        _announce(keyword_key, _spellings(keyword))


def _announce(keyword_key: int, spellings: set[str]) -> None:
    note_changes([keyword_key])
    Backfill.objects.create(keyword_key=keyword_key, spellings=sorted(spellings))


def _spellings(keyword: Keyword) -> set[str]:
    """All normalised forms of a keyword."""
    return {keyword.norm, *Alias.objects.filter(keyword=keyword).values_list("norm", flat=True)}


def _move_history(gone: Keyword, into: Keyword) -> None:
    """The revisions of the one come before those of the other, whose latest stays the latest."""
    moved = Revision.objects.filter(keyword=gone).count()
    # From the last to the first: two of one keyword never have the same number.
    for revision in Revision.objects.filter(keyword=into).order_by("-number"):
        Revision.objects.filter(key=revision.key).update(number=F("number") + moved)
    for number, revision in enumerate(Revision.objects.filter(keyword=gone).order_by("number"), 1):
        Revision.objects.filter(key=revision.key).update(keyword=into, number=number)


def _move_occurrences(gone: Keyword, into: Keyword) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_OCCURRENCES, [into.key, gone.key, MOVED_AT_ONCE])
    Occurrence.objects.filter(keyword=gone.key).delete()


def _show_definition(key: int) -> None:
    renderer(1)  # what takes long is done outside of the turn
    # Where nobody may write, the backfill shows it.
    with suppress(BusyError), turn():
        for _done in render_definitions([key], renderer(1).lexicon):
            pass
