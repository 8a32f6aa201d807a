"""Keywords come in, or change: the one way in, for one word as for a whole list.

A spelling belongs to one keyword, whether as its word or as an alias, by its normalised form. What a draft
does not say of a keyword that is there stays as it is.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.utils.translation import gettext as _

from nanashi.lexicons.keyword_rows import KeywordRow, Owner, insert, owners_of, rows_of, update
from nanashi.lexicons.queueing import queue_everything
from nanashi.lexicons.registrable import RefusedError, SameWordError, check_one_line, registrable
from nanashi.lexicons.versions import note_bulk, note_changes
from nanashi.models import Backfill
from nanashi.models.chunks import chunks
from nanashi.models.keyword import WORD_LENGTH
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text.normal import normalise

BATCH = 10_000
"""Keywords in one transaction."""
MOST_ALIASES = 100
"""Aliases of one keyword."""
READING_LENGTH = WORD_LENGTH * 2
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
NAMED_ONE_BY_ONE = 200
"""Changed spellings that are looked up one by one; beyond that, all entries are linked again."""
NO_ENTRY = 0
"""Where a backfill begins that renders definitions alone: below every entry."""


@dataclass(frozen=True, slots=True)
class KeywordDraft:
    """A keyword as somebody gives it; None is what they do not say."""

    word: str
    reading: str | None = None
    aliases: tuple[str, ...] | None = None
    definition: str | None = None
    explicit: bool | None = None


class Outcome(Enum):
    """What became of a draft."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "already here"


Result = Outcome | RefusedError


def define_many(drafts: Iterable[KeywordDraft]) -> Iterator[Result]:
    """Register keywords, a batch a transaction; gives in order what became of each.

    Links and definitions are not made here: each batch queues what `backfill` has to look at, in its own turn,
    and counts the lexicon's version up.
    """
    for batch in chunks(drafts, BATCH):
        yield from _define_batch(batch)


@turn(UNHURRIED)
def _define_batch(drafts: list[KeywordDraft]) -> list[Result]:
    cleaned = [_cleaned(draft) for draft in drafts]
    lexicon = _Registered(one for one in cleaned if isinstance(one, _Cleaned))
    results: list[Result] = []
    for one in cleaned:
        try:
            results.append(one if isinstance(one, RefusedError) else lexicon.take(one))
        except RefusedError as error:
            results.append(error)
    lexicon.write()
    return results


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A draft whose texts are checked; `aliases` leads from normalised forms to texts."""

    draft: KeywordDraft
    word: str
    norm: str
    aliases: dict[str, str] | None


def _cleaned(draft: KeywordDraft) -> _Cleaned | RefusedError:
    try:
        word, norm = registrable(draft.word, "word")
        if draft.reading:
            _check_text(draft.reading, "reading", READING_LENGTH)
            check_one_line(draft.reading, "reading")
        if draft.definition:
            _check_text(draft.definition, "definition", settings.MAX_DEFINITION)
        return _Cleaned(draft, word, norm, None if draft.aliases is None else _aliases(draft.aliases, norm))
    except RefusedError as error:
        return error


def _check_text(text: str, name: str, longest: int) -> None:
    if len(text) > longest:
        raise RefusedError(name, _("%d characters; write at most %d") % (len(text), longest))
    if UNSTORABLE.search(text):
        message = _("holds a character that cannot be stored (U+0000 or half a surrogate pair); remove it")
        raise RefusedError(name, message)


def _aliases(texts: tuple[str, ...], own_norm: str) -> dict[str, str]:
    """Aliases by normalised form, without those that match as the word itself does."""
    if len(texts) > MOST_ALIASES:
        raise RefusedError("aliases", _("%d values; write at most %d") % (len(texts), MOST_ALIASES))
    aliases = {norm: text for text, norm in (registrable(text, "aliases") for text in texts)}
    aliases.pop(own_norm, None)
    return aliases


class _Registered:
    """The part of the lexicon that a batch touches: as it is, and as it is to be."""

    def __init__(self, cleaned: Iterable[_Cleaned]) -> None:
        norms = {norm for one in cleaned for norm in (one.norm, *(one.aliases or ()))}
        self._owners = owners_of(norms)
        self._before = rows_of(list({owner.key for owner in self._owners.values()}))
        self._rows = deepcopy(self._before)
        self._touched: dict[int, None] = {}

    def take(self, one: _Cleaned) -> Result:
        """Add or change a keyword here; raises RefusedError when a spelling belongs to another one."""
        owner = self._owners.get(one.norm)
        if owner is not None and owner.word != one.word:
            kind = SameWordError if one.norm == normalise(owner.word) else RefusedError
            raise kind("word", _belongs(one.word, owner))
        for norm, text in (one.aliases or {}).items():
            other = self._owners.get(norm)
            if other is not None and other.word != one.word:
                raise RefusedError("aliases", _belongs(text, other))
        row = KeywordRow(one.word, one.norm) if owner is None else self._rows[owner.key]
        changed = self._fill(row, one) or owner is None
        if changed:
            self._touched[row.key] = None
        if owner is None:
            return Outcome.ADDED
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def _fill(self, row: KeywordRow, one: _Cleaned) -> bool:
        """Put what the draft says into the row; returns whether that changes it."""
        draft = one.draft
        wanted = KeywordRow(
            row.word,
            row.norm,
            row.key,
            row.reading if draft.reading is None else draft.reading.strip(),
            row.definition if draft.definition is None else draft.definition,
            row.explicit if draft.explicit is None else draft.explicit,
            row.aliases if one.aliases is None else one.aliases,
        )
        changed = wanted != row
        for norm in row.aliases.keys() - wanted.aliases.keys():
            self._owners.pop(norm, None)
        for norm in (row.norm, *wanted.aliases):
            self._owners[norm] = Owner(row.key, row.word)
        self._rows[row.key] = wanted
        return changed

    def write(self) -> None:
        """Store what was touched, and queue what it changes."""
        rows = [self._rows[key] for key in self._touched]
        new = [row for row in rows if row.key not in self._before]
        changed = [row for row in rows if row.key in self._before and row != self._before[row.key]]
        update(changed, self._before)
        insert(new)
        spellings = {row.key: {row.norm, *row.aliases} for row in new}
        spellings |= {row.key: _changed_spellings(self._before[row.key], row) for row in changed}
        spellings = {key: norms for key, norms in spellings.items() if norms}
        defined = [row for row in new if row.definition]
        defined += [row for row in changed if row.definition != self._before[row.key].definition]
        _announce(spellings, defined)


def _announce(spellings: dict[int, set[str]], defined: list[KeywordRow]) -> None:
    """Count the version up for the keywords (by key) whose spellings changed, and queue their links.

    Few keywords are counted one by one, so that the compiled lexicon goes on serving; a definition changes no
    version, as no link depends on it. A definition that no row of links names gets a row of its own.
    """
    if not spellings and not defined:
        return
    norms = set().union(*spellings.values())
    if len(norms) > NAMED_ONE_BY_ONE:
        note_bulk()
        queue_everything()
    elif norms:
        note_changes(spellings)
        (only, *others) = spellings
        Backfill.objects.create(keyword_key=None if others else only, spellings=sorted(norms))
    if len(norms) <= NAMED_ONE_BY_ONE and (unnamed := [row for row in defined if row.norm not in norms]):
        _queue_definitions(unnamed)


def _queue_definitions(rows: list[KeywordRow]) -> None:
    """One row that looks through no entry; of many keywords it stands for all definitions."""
    if len(rows) == 1:
        Backfill.objects.create(keyword_key=rows[0].key, spellings=[rows[0].norm], before=NO_ENTRY)
    else:
        named = sorted(row.norm for row in rows) if len(rows) <= NAMED_ONE_BY_ONE else []
        Backfill.objects.create(spellings=named, before=NO_ENTRY)


def _changed_spellings(before: KeywordRow, after: KeywordRow) -> set[str]:
    if before.explicit != after.explicit:
        return {after.norm, *before.aliases, *after.aliases}
    either = {**before.aliases, **after.aliases}
    return {norm for norm in either if before.aliases.get(norm) != after.aliases.get(norm)}


def _belongs(text: str, owner: Owner) -> str:
    same = normalise(text) == normalise(owner.word)
    message = (
        _('"%s" is matched as the keyword "%s" is; leave it out')
        if same
        else _('"%s" is an alias of the keyword "%s"; leave it out, or take that alias away first')
    )
    return message % (text, owner.word)
