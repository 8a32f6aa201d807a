"""After keywords came in or changed: the entries and definitions that may contain them are rendered again.

What is to be done stands in rows of `Backfill`, written in the turn that changes the keyword. Entries are looked
through newest first; how far a row has come is stored with each batch, so a run can be ended anywhere.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import islice

from nanashi.lexicons import generations
from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import NO_ENTRY
from nanashi.lexicons.definitions import all_definitions, definitions_with, render_definitions
from nanashi.lexicons.pacing import paced
from nanashi.lexicons.relinking import Again, render_again, store_again
from nanashi.lexicons.rendering import Renderer
from nanashi.lexicons.versions import lexicon_version
from nanashi.models import Backfill, Entry, bigram_index
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text.grams import terms_of

Watch = Callable[[int, int], None]
"""Told how many entries are done, and of how many."""


def run_pending(watch: Watch, processes: int | None = None, stop: Callable[[], bool] | None = None) -> None:
    """Do all that is queued, with progress, until `stop` says so; a row that comes meanwhile is done too."""
    while Backfill.objects.exists() and not (stop and stop()):
        with _whole_renderer(processes) as rendering:
            _run_at_version(rendering, watch, stop)


def relink_everything(watch: Watch, processes: int | None = None) -> None:
    """Render all entries and definitions again; whatever else was queued is done by that."""
    with turn(UNHURRIED):
        Backfill.objects.all().delete()
        Backfill.objects.create()
    run_pending(watch, processes)


def entries_with_any(norms: Iterable[str], before: int | None = None) -> Iterator[int]:
    """Keys of the entries below `before` that may contain one of these normalised spellings, newest first."""
    last = None
    for key in merge(*(bigram_index.candidates(terms_of(norm), before) for norm in norms), reverse=True):
        if key != last:
            yield key
        last = key


def _whole_renderer(processes: int | None) -> Renderer:
    """A renderer whose lexicon lacks nothing, when a generation holds every change of many keywords.

    From then on nobody writes without them, so an entry that was written without them is here to be seen.
    """
    while True:
        if generations.is_needed():
            generations.compile_generation()
        rendering = renderer(processes)
        # Loading found it torn, or another such change came.
        if rendering.lacking is None and not generations.is_needed():
            return rendering


def _run_at_version(rendering: Renderer, watch: Watch, stop: Callable[[], bool] | None) -> None:
    """Work as long as the lexicon is the one that is rendered with."""
    while (row := _next_row()) and not (stop and stop()):
        if row.total is None and not _begin(row, rendering):
            return
        if not _do(row.key, rendering, watch, stop):
            return


def _next_row() -> Backfill | None:
    """One that has begun before the others."""
    return Backfill.objects.order_by("total", "key").filter(total__isnull=False).first() or (
        Backfill.objects.order_by("key").first()
    )


def _begin(row: Backfill, rendering: Renderer) -> bool:
    """Render the definitions and count the entries; False when the lexicon has moved meanwhile."""
    render_definitions(_definitions_of(row), rendering.lexicon)
    total = _entries_of(row)
    with turn(UNHURRIED):
        if lexicon_version() != rendering.version:
            return False
        Backfill.objects.filter(key=row.key, total=None).update(total=total)
    return True


def _definitions_of(row: Backfill) -> list[int]:
    """Keys of the keywords whose definitions a row may change."""
    if row.entries:
        return []
    definitions = set(definitions_with(row.spellings) if row.spellings else all_definitions())
    if row.keyword_key is not None:
        definitions.add(row.keyword_key)
    return sorted(definitions)


def _entries_of(row: Backfill) -> int:
    """How many entries a row looks at."""
    if row.entries:
        return len(row.entries)
    if row.before == NO_ENTRY or not row.spellings:
        return 0 if row.before == NO_ENTRY else Entry.objects.count()
    return sum(1 for _key in entries_with_any(row.spellings))


def _do(key: int, rendering: Renderer, watch: Watch, stop: Callable[[], bool] | None) -> bool:
    """Do a row batch by batch, storing how far that brings it; False where it is not to be gone on with."""

    def take(size: int) -> list[int]:
        row = Backfill.objects.filter(key=key).first()
        return [] if row is None else _keys_of(row, size)

    def write(keys: list[int], again: list[Again]) -> bool:
        row = Backfill.objects.filter(key=key).first()
        if row is None or lexicon_version() != rendering.version:
            return False
        store_again(again, rendering)
        row.before, row.done = keys[-1], row.done + len(keys)
        row.save(update_fields=["before", "done"])
        watch(row.done, row.total or 0)
        return not (stop and stop())

    if not paced(take, lambda keys: render_again(keys, rendering), write):
        return False
    with turn(UNHURRIED):
        # One that was set back meanwhile is not counted yet.
        Backfill.objects.filter(key=key, total__isnull=False).delete()
    return True


def _keys_of(row: Backfill, size: int) -> list[int]:
    """The next entries of a row, newest first."""
    if not row.total:
        return []
    if row.entries:
        return [key for key in row.entries if row.before is None or key < row.before][:size]
    if row.spellings:
        return list(islice(entries_with_any(row.spellings, row.before), size))
    keys = Entry.objects.order_by("-key").values_list("key", flat=True)
    return list((keys if row.before is None else keys.filter(key__lt=row.before))[:size])
