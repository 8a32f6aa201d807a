"""The lexicon of this diary: one for all threads of a process, as new as the keywords are.

A generation's file is mapped, and what changed since it was compiled lies on top. A process that serves pages
never compiles many words: after a change of many it goes on with the older generation until the worker has compiled
them, and without words where there is none (a first list of words, a file that was lost); no post waits for that.
What it writes so misses no links in the end: `backfill` begins the links of such a change when a generation holds it,
and `is_newest` lets nobody write with the older one from then on. Where all words are lacking, all links are queued.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from nanashi.lexicons import generations
from nanashi.lexicons.queueing import queue_everything
from nanashi.lexicons.rendering import Renderer
from nanashi.lexicons.versions import changes_since, lexicon_version
from nanashi.lexicons.weighing import current_weighing
from nanashi.models import Alias, Keyword
from nanashi.models.chunks import chunks
from nanashi.models.turns import turn
from nanashi.text import Lexicon, Spelling

CHUNK = 10_000
SECONDS_BETWEEN_LOOKS = 1.0
"""How long readers may be served an older version before the version is looked up again."""
NO_GENERATION = 0
"""What `lacking` is where there is no generation: the lexicon is without all words."""


@dataclass(frozen=True)
class _Held:
    """What this process has: a lexicon, the version that it stands for, and the generation below it."""

    database: str
    version: int
    lexicon: Lexicon
    base: tuple[int, Lexicon] | None
    lacking: int | None = None
    """The generation below, or NO_GENERATION, where the lexicon is without a change of many keywords after it."""


_lock = threading.Lock()
_held: _Held | None = None
_looked_at = 0.0
_serving = False
_queued: tuple[str, int] | None = None
"""Database and version for which this process has seen to it that all entries are linked later."""


def stay_small() -> None:
    """Say that this process is to stay small: it leaves the compiling of many words to a process for that."""
    global _serving  # noqa: PLW0603 - what this process is
    _serving = True


def current() -> Lexicon:
    """The lexicon, at most SECONDS_BETWEEN_LOOKS behind; one query at most in that time. For readers."""
    held = _held
    if held and held.database == _database() and time.monotonic() - _looked_at < SECONDS_BETWEEN_LOOKS:
        return held.lexicon
    return _looked_up().lexicon


def renderer(processes: int | None = None) -> Renderer:
    """A renderer with the lexicon as it is at this moment; its `version` says which one that is."""
    held = _looked_up()
    if held.lacking == NO_GENERATION:
        _link_all_later(held)
    rendering = Renderer(held.lexicon, own_sites(), processes, current_weighing(), held.version)
    rendering.lacking = held.lacking
    return rendering


def is_newest(rendering: Renderer) -> bool:
    """Whether there is no better lexicon than this renderer's; for whoever writes, within the turn.

    One that lacks a change of many keywords passes only until a generation holds that change.
    """
    version = lexicon_version()
    if rendering.version != version:
        return False
    return rendering.lacking is None or (generations.latest(version) or 0) <= rendering.lacking


def current_lexicon() -> Lexicon:
    """Compile the lexicon from the tables; about 4 s for 865,000 words."""
    return Lexicon.from_spellings(_spellings())


def own_sites() -> tuple[str, ...]:
    """Beginnings of addresses that mean this diary."""
    return (settings.NANASHI_URL, *settings.FORMER_URLS)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _looked_up() -> _Held:
    """What is held, after a look at the version; one thread switches, the others wait for that moment."""
    global _held, _looked_at  # noqa: PLW0603 - the lexicon that all threads share
    with _lock:
        version = lexicon_version()
        held = _held if _held and _held.database == _database() else None
        if held is not None and _still_holds(held, version):
            _looked_at = time.monotonic()
            return held
        held = _switched(held, version)
        # Within a transaction the version may be one that is never committed: nobody else is given that.
        if not connection.in_atomic_block:
            _held, _looked_at = held, time.monotonic()
        return held


def _still_holds(held: _Held, version: int) -> bool:
    if not version or held.version != version:
        return False
    return held.lacking is None or (generations.latest(version) or 0) <= held.lacking


def _switched(held: _Held | None, version: int) -> _Held:
    """The lexicon of this version, from the latest generation where there is one."""
    base = _base(held, version)
    changes = changes_since(base[0], version) if base else None
    if base is None or changes is None:
        return _without_words(version) if _is_left_to_others() else _compiled(version)
    if changes.of_many and not _is_left_to_others():
        return _compiled(version)
    lexicon = base[1]
    if changes.keys:
        lexicon = lexicon.without(changes.keys).with_added(spellings_of(changes.keys))
    return _Held(_database(), version, lexicon, base, base[0] if changes.of_many else None)


def _is_left_to_others() -> bool:
    most = settings.SMALL_LEXICON
    return _serving and Keyword.objects.all()[: most + 1].count() > most


def _without_words(version: int) -> _Held:
    return _Held(_database(), version, Lexicon.from_spellings(()), None, NO_GENERATION)


def _link_all_later(held: _Held) -> None:
    """Queue all entries: those that are written without words are looked at when a generation holds them.

    What was queued before may have been done already, by a generation that is gone. Raises BusyError.
    """
    global _queued  # noqa: PLW0603 - what this process has done
    if _queued == (held.database, held.version):
        return
    with turn():
        queue_everything()
    if not connection.in_atomic_block:
        _queued = held.database, held.version


def _compiled(version: int) -> _Held:
    """Compiled here; what is on top of it later needs no file. Without a version it is compiled each time."""
    lexicon = current_lexicon()
    return _Held(_database(), version, lexicon, (version, lexicon) if version else None)


def _base(held: _Held | None, version: int) -> tuple[int, Lexicon] | None:
    """The generation that is held, or a later one from its file."""
    if not version:
        return None
    mine = held.base if held else None
    if mine and changes_since(mine[0], version) is None:
        mine = None
    if mine and (generations.latest(version) or 0) <= mine[0]:
        return mine
    return generations.newest_usable(version) or mine


def spellings_of(keys: Iterable[int]) -> Iterator[Spelling]:
    """All spellings of these keywords as they are; none of one that is retired or gone."""
    for chunk in chunks(sorted(keys)):
        yield from _spellings(chunk)


def _spellings(keys: list[int] | None = None) -> Iterator[Spelling]:
    words = Keyword.objects.filter(retired=False)
    others = Alias.objects.filter(keyword__retired=False)
    if keys is not None:
        words, others = words.filter(key__in=keys), others.filter(keyword__in=keys)
    headwords = words.values_list("word", "key", "explicit")
    for word, key, explicit in headwords.iterator(chunk_size=CHUNK):
        yield Spelling(word, word, key, explicit)
    aliases = others.values_list("text", "keyword__word", "keyword_id", "keyword__explicit")
    for text, word, key, explicit in aliases.iterator(chunk_size=CHUNK):
        yield Spelling(text, word, key, explicit)
