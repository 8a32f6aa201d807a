"""All entries and all keywords as JSON Lines that `nanashi import` and `nanashi keywords import` take again.

In an empty diary they give the same pages: entries keep their ids, and with them their order; a moment is the
quarter of an hour that is stored; what an entry answers is named by its id, or as it was written where that
entry is not here.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from nanashi.archive.entry_lines import SOURCE_FIELDS
from nanashi.models import Alias, Entry, Keyword, Reference
from nanashi.models.chunks import chunks
from nanashi.reading.dates import clock

PAGE = 400
"""Rows in one query: SQLite bounds the number of parameters, and long entries the memory."""


def exported_entries() -> Iterator[str]:
    """One line for each entry, oldest first, in the order of their keys."""
    page: list[Entry] = []
    while page := _page_after(page[-1].key if page else 0):
        yield from _lines(page)


def lines_of(entries: Iterable[Entry]) -> Iterator[str]:
    """One line for each of these entries, in their order."""
    for page in chunks(entries, PAGE):
        yield from _lines(page)


def _lines(page: list[Entry]) -> Iterator[str]:
    answered = _answered(page)
    for entry in page:
        yield _line(_entry_record(entry, answered.get(entry.key, [])))


def exported_keywords() -> Iterator[str]:
    """One line for each keyword, in the order of the index; words that are one there by their spelling."""
    order = ("shelf", "sort_key", "word")
    keywords = Keyword.objects.order_by(*order).iterator(chunk_size=PAGE)
    for page in chunks(keywords, PAGE):
        aliases = _aliases([keyword.key for keyword in page])
        for keyword in page:
            yield _line(_keyword_record(keyword, aliases.get(keyword.key, [])))


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A file to write that takes the place of `path` when it is whole and on the disk, and never before."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _line(record: dict[str, Any]) -> str:
    """A record without its empty fields."""
    full = {name: value for name, value in record.items() if value not in (None, "", [], {})}
    return json.dumps(full, ensure_ascii=False, separators=(",", ":")) + "\n"


def _page_after(key: int) -> list[Entry]:
    return list(Entry.objects.filter(key__gt=key).defer("body", "excerpt").order_by("key")[:PAGE])


def _answered(page: list[Entry]) -> dict[int, list[str]]:
    """What each of these entries answers: ids of entries that are here, else as written; sorted."""
    rows = Reference.objects.filter(entry__in=[entry.key for entry in page], is_reply=True)
    found: dict[int, set[str]] = {}
    for key, target, written in rows.values_list("entry_id", "target__public_id", "written_id"):
        found.setdefault(key, set()).add(target or written)
    return {key: sorted(targets) for key, targets in found.items()}


def _entry_record(entry: Entry, answered: list[str]) -> dict[str, Any]:
    source = entry.quoted_from or {}
    series = None if entry.series is None else {"id": entry.series, "part": entry.part}
    return {
        "id": entry.public_id,
        "old_id": entry.old_id,
        "identity": entry.identity and bytes(entry.identity).hex(),
        "date": entry.day.isoformat(),
        "time": clock(entry.quarter) or None,
        "title": entry.title,
        "body": entry.source_text,
        "lang": entry.lang,
        "reply_to": answered[0] if len(answered) == 1 else answered,
        "series": series,
        "source": {name: source[name] for name in SOURCE_FIELDS if name in source},
        "unlinked": entry.unlinked,
        "edited": entry.edited_on and entry.edited_on.isoformat(),
        "hand": entry.hand,
    }


def _aliases(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Alias.objects.filter(keyword__in=keys).order_by("text")
    for key, text in rows.values_list("keyword_id", "text"):
        found.setdefault(key, []).append(text)
    return found


def _keyword_record(keyword: Keyword, aliases: list[str]) -> dict[str, Any]:
    return {
        "word": keyword.word,
        "reading": keyword.reading,
        "aliases": aliases,
        "definition": keyword.definition,
        "explicit": keyword.explicit or None,
        "see_also": keyword.see_also,
        "retired": keyword.retired or None,
    }
