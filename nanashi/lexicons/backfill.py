"""After keywords came in or changed: the entries and definitions that may contain them are rendered again.

Words are stored before their links are made, so a run can be cut off between the two. A mark in the data
folder stands for as long; whoever comes next and finds it links everything.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import Changes
from nanashi.lexicons.definitions import all_definitions, definitions_with, render_definitions
from nanashi.lexicons.relinking import all_entry_keys, relink
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry, bigram_index
from nanashi.text.grams import terms_of

Watch = Callable[[int, int], None]
"""Told how many entries are done, and of how many."""


def backfill(changes: Changes, watch: Watch, processes: int | None = None) -> None:
    """Link what the changed spellings may stand in, and render what is newly defined."""
    if not changes:
        return
    everything = changes.too_many
    definitions = all_definitions() if everything else definitions_with(changes.spellings)
    definitions = sorted({*definitions, *changes.definitions})
    keys: list[int] | None = []
    if Entry.objects.exists():
        keys = None if everything else entries_with_any(changes.spellings)
    if definitions or keys is None or keys:
        with renderer(processes) as rendering:
            _render(keys, definitions, rendering, watch)


def relink_everything(watch: Watch, processes: int | None = None) -> None:
    """Render all entries and definitions again."""
    with renderer(processes) as rendering:
        _render(None, all_definitions(), rendering, watch)


def entries_with_any(norms: Iterable[str]) -> list[int]:
    """Keys of the entries that may contain one of these normalised spellings, newest first."""
    found: set[int] = set()
    for norm in norms:
        found.update(bigram_index.candidates(terms_of(norm)))
    return sorted(found, reverse=True)


def _render(keys: list[int] | None, definitions: list[int], rendering: Renderer, watch: Watch) -> None:
    """Definitions, then entries (all of them where `keys` is None), newest first."""
    for _done in render_definitions(definitions, rendering.lexicon):
        pass
    total = Entry.objects.count() if keys is None else len(keys)
    for done in relink(all_entry_keys() if keys is None else keys, rendering):
        watch(done, total)


class Pending:
    """The mark that links are still to be made."""

    def __init__(self) -> None:
        self._file: Path = settings.NANASHI_DATA / "links-pending"

    def __bool__(self) -> bool:
        return self._file.exists()

    def begin(self) -> None:
        """Set the mark, before the first word is stored."""
        self._file.touch()

    def done(self) -> None:
        """Take the mark away: every link is made."""
        self._file.unlink(missing_ok=True)
