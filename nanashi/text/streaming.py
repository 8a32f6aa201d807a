"""Many documents linked in a stream, with one process or several, in the order in which they came."""

import json
import multiprocessing
import signal
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from nanashi.text.documents import Finding, Item, Line, Page, Part, parse_line, size_of
from nanashi.text.html_linking import link_html
from nanashi.text.lexicon import Lexicon
from nanashi.text.linking import Link, link, to_html

BATCH = 64 * 2**10
"""Bytes of documents that a process is given at once."""
WAITING_BATCHES = 4
"""Batches that are under way for each process."""


class Form(Enum):
    """What is written of a document."""

    JSONL = "jsonl"
    """`{"id": …, "links": [[start, end, "word"], …]}` in a line."""
    TSV = "tsv"
    """id, start, end, word in a line for each link."""
    HTML = "html"
    """The document with its links; of a line of JSON, `{"id": …, "html": …}`."""


class Linked(NamedTuple):
    """What is written of one item: of a document, or of a part of one."""

    opening: str = ""
    body: str = ""
    closing: str = ""
    joint: str = ""
    """What goes between this body and an earlier one of the same document."""
    problem: Finding | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Linker:
    """Links items, one at a time."""

    lexicon: Lexicon
    form: Form = Form.JSONL
    boundaries: bool = True

    def __call__(self, item: Item | Finding) -> Linked:
        """What to write of an item; of a bad one, what is wrong with it."""
        if isinstance(item, Finding):
            return Linked(problem=item)
        if isinstance(item, Line):
            return self._line(item)
        if isinstance(item, Part):
            return self._part(item)
        return self._page(item)

    def _link(self, text: str) -> list[Link]:
        return link(text, self.lexicon, boundaries=self.boundaries)

    def _line(self, line: Line) -> Linked:
        document = parse_line(line)
        if isinstance(document, Finding):
            return Linked(problem=document, size=size_of(line))
        key, text = document
        links = self._link(text)
        if self.form is Form.JSONL:
            body = f'{{"id": {_json(key)}, "links": [{_as_json(links)}]}}\n'
        elif self.form is Form.TSV:
            body = _as_tsv(str(key), links)
        else:
            body = f'{{"id": {_json(key)}, "html": {_json(to_html(text, links))}}}\n'
        return Linked(body=body, size=size_of(line))

    def _part(self, part: Part) -> Linked:
        links = self._link(part.text)
        if self.form is Form.HTML:
            return Linked(body=to_html(part.text, links), size=size_of(part))
        moved = [
            found._replace(start=found.start + part.offset, end=found.end + part.offset) for found in links
        ]
        if self.form is Form.TSV:
            return Linked(body=_as_tsv(part.file, moved), size=size_of(part))
        opening = f'{{"id": {_json(part.file)}, "links": [' if part.is_first else ""
        closing = "]}\n" if part.is_last else ""
        return Linked(opening, _as_json(moved), closing, joint=", ", size=size_of(part))

    def _page(self, page: Page) -> Linked:
        if self.form is not Form.HTML:
            problem = Finding(
                page.file, 1, "document", "HTML, whose text has no offsets; ask for --format html"
            )
            return Linked(problem=problem, size=size_of(page))
        return Linked(
            body=link_html(page.content, self.lexicon, boundaries=self.boundaries), size=size_of(page)
        )


def linked(
    items: Iterable[Item | Finding], linker: Linker, workers: int = 1
) -> Generator[Linked, None, None]:
    """What to write of each item, in their order. Several workers each load the lexicon from one file."""
    if workers == 1:
        yield from map(linker, items)
        return
    with tempfile.TemporaryDirectory(prefix="nanashi-link-") as folder:
        path = Path(folder, "lexicon")
        linker.lexicon.save(path)
        with ProcessPoolExecutor(
            workers,
            multiprocessing.get_context("spawn"),
            _start_worker,
            (path, linker.form, linker.boundaries),
        ) as pool:
            try:
                yield from _in_order(pool, _batches(items), WAITING_BATCHES * workers)
            finally:
                pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterator[list[Item | Finding]], most: int
) -> Iterator[Linked]:
    """Results in the order of the batches, of which at most so many are under way."""
    under_way: deque[Future[list[Linked]]] = deque()
    for batch in islice(batches, most):
        under_way.append(pool.submit(_work, batch))
    while under_way:
        yield from under_way.popleft().result()
        for batch in islice(batches, 1):
            under_way.append(pool.submit(_work, batch))


def _batches(items: Iterable[Item | Finding]) -> Iterator[list[Item | Finding]]:
    batch: list[Item | Finding] = []
    size = 0
    for item in items:
        batch.append(item)
        size += 0 if isinstance(item, Finding) else size_of(item)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_linker: Linker | None = None
"""In a process of the pool, its linker."""


def _start_worker(path: Path, form: Form, boundaries: bool) -> None:
    """In a process of the pool: load the lexicon; leave it to the parent what Ctrl-C means."""
    global _linker  # noqa: PLW0603 - one for the process, made once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _linker = Linker(Lexicon.load(path), form, boundaries)


def _work(batch: list[Item | Finding]) -> list[Linked]:
    if _linker is None:
        raise RuntimeError("the process was not started by `linked`")
    return list(map(_linker, batch))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_json(links: list[Link]) -> str:
    return ", ".join(f"[{found.start}, {found.end}, {_json(found.word)}]" for found in links)


def _as_tsv(document: str, links: list[Link]) -> str:
    name = _cell(document)
    return "".join(f"{name}\t{found.start}\t{found.end}\t{_cell(found.word)}\n" for found in links)


def _cell(value: str) -> str:
    """A value without tabs and line ends, which are written as backslash sequences."""
    value = value.replace("\\", "\\\\").replace("\t", "\\t")
    return value.replace("\n", "\\n").replace("\r", "\\r")
