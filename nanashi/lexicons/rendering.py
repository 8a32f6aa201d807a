"""From an entry's source to all that is stored of it: body, excerpt, occurrences, references, grams.

This is the one place where Markdown is parsed and links are made; pages only show what it leaves. One entry
is rendered in this process, many in a pool of processes that each load the lexicon from one file. Nothing
here needs Django: the processes start without it.
"""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from nanashi.lexicons.child_signals import interrupts_held
from nanashi.lexicons.estimate_figures import with_figures
from nanashi.lexicons.estimate_records import Evaluated, Surroundings, evaluate_all
from nanashi.text import Lexicon, link
from nanashi.text.characters import is_visible
from nanashi.text.grams import grams_of
from nanashi.text.markup import render
from nanashi.text.weighing import Weigh, Weighing

EXCERPT_LENGTH = 160
CHUNK = 50
"""Entries that a process of the pool takes at a time."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """What the rendering of one entry depends on, beside the lexicon."""

    public_id: str
    title: str
    source_text: str
    known: Mapping[str, str] = field(default_factory=dict)
    """Ids of other entries as written, with the public ids of those that are here."""
    unlinked: Sequence[Sequence[object]] = ()
    estimates: Surroundings | None = None
    """What the entry's estimates depend on; None where it has none."""


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """What is stored of an entry beside its source."""

    body: str
    excerpt: str
    keywords: frozenset[int]
    references: tuple[str, ...]
    grams: str
    estimates: tuple[Evaluated, ...] = ()


def render_entry(
    job: RenderJob, lexicon: Lexicon, sites: tuple[str, ...], weighing: Weighing | None = None
) -> RenderedEntry:
    """Render one entry; words in its title count as occurrences and are not linked.

    `weighing` is what the last seal counted, for the notable links; without it every word is a rare one.
    """
    in_title = tuple(found.key for found in link(job.title, lexicon)) if job.title else ()
    rendered = render(
        job.source_text,
        anchor=job.public_id,
        lexicon=lexicon,
        known=job.known,
        unlinked=[(str(word), ordinal) for word, ordinal in job.unlinked],  # type: ignore[misc]
        sites=sites,
        set_aside="estimate" if job.estimates else "",
        weigh=Weigh(Weighing() if weighing is None else weighing, in_title),
    )
    body, estimates = rendered.html, tuple[Evaluated, ...]()
    if job.estimates:
        estimates = evaluate_all(rendered.insets, job.public_id, job.estimates)
        body = with_figures(body, rendered.insets, estimates, job.public_id, job.estimates)
    return RenderedEntry(
        body=body,
        excerpt=excerpt_of(rendered.own or rendered.plain),
        keywords=rendered.keywords.union(in_title),
        references=rendered.references,
        grams=grams_of(job.title, job.source_text),
        estimates=estimates,
    )


def excerpt_of(plain: str) -> str:
    """The beginning of a text in one line; "" where nothing of it can be seen."""
    line = " ".join(plain[: EXCERPT_LENGTH * 3].split())
    if not is_visible(line):
        return ""
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"


class Renderer:
    """Renders many entries, in order, with a pool of processes where there are enough of them.

    Use as a context manager. `start` returns at once where there is a pool, so that the caller can write one
    batch while the next is rendered.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        sites: tuple[str, ...],
        processes: int | None = None,
        weighing: Weighing | None = None,
        version: int = 0,
    ) -> None:
        self.lexicon = lexicon
        self.version = version
        self.lacking: int | None = None
        """The generation below, where the lexicon is without a change of many keywords after it (see `current`)."""
        self.weighing = weighing
        self._sites = sites
        self._processes = (os.cpu_count() or 1) if processes is None else processes
        self._pool: ProcessPoolExecutor | None = None
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._resources.close()

    def start(self, jobs: Sequence[RenderJob]) -> Iterator[RenderedEntry]:
        """Begin to render these entries; the iterator gives them in order."""
        if self._processes < 2 or (self._pool is None and len(jobs) <= CHUNK):
            return (render_entry(job, self.lexicon, self._sites, self.weighing) for job in jobs)
        pool = self._pool or self._open_pool()
        chunks = [jobs[at : at + CHUNK] for at in range(0, len(jobs), CHUNK)]
        with interrupts_held():  # the pool's processes are started by `submit`, and end when this one does
            return _in_order([pool.submit(_render_chunk, chunk) for chunk in chunks])

    def _open_pool(self) -> ProcessPoolExecutor:
        folder = Path(self._resources.enter_context(tempfile.TemporaryDirectory(prefix="nanashi-")))
        self.lexicon.save(folder / "lexicon")
        self._pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_load,
            initargs=(folder / "lexicon", self._sites, self.weighing),
        )
        return self._pool


def _in_order(futures: Iterable[Future[list[RenderedEntry]]]) -> Iterator[RenderedEntry]:
    for future in futures:
        yield from future.result()


_loaded: list[tuple[Lexicon, tuple[str, ...], Weighing | None]] = []
"""In a process of the pool, its lexicon, sites and counts."""


def _load(lexicon_file: Path, sites: tuple[str, ...], weighing: Weighing | None) -> None:
    end_with_parent()
    _loaded.append((Lexicon.load(lexicon_file), sites, weighing))


def end_with_parent() -> None:
    """Let this process end when the one that started it does: killed, that one cannot tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=[parent], daemon=True).start()


def _wait_and_exit(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _render_chunk(jobs: Sequence[RenderJob]) -> list[RenderedEntry]:
    ((lexicon, sites, weighing),) = _loaded
    return [render_entry(job, lexicon, sites, weighing) for job in jobs]
