"""Lists of keywords as files: one word a line, CSV with a header, or JSON Lines; any of them gzipped.

docs/import.md describes the three for people.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from itertools import chain
from pathlib import PurePath
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from nanashi.archive.fields import (
    LINE,
    BadFieldError,
    Record,
    given,
    kind_of,
    list_of,
    record_of,
    text_of,
    unknown_fields,
)
from nanashi.archive.lines import Line, LineFile, open_lines
from nanashi.archive.reports import Finding, Report
from nanashi.editing.checking import MOST_SEE_ALSO
from nanashi.lexicons.changing import set_retired, set_see_also
from nanashi.lexicons.defining import (
    BATCH,
    MOST_ALIASES,
    READING_LENGTH,
    KeywordDraft,
    Outcome,
    define_many,
)
from nanashi.lexicons.registrable import RefusedError, SameWordError, registrable
from nanashi.models.chunks import chunks
from nanashi.models.keyword import WORD_LENGTH
from nanashi.models.turns import UNHURRIED, turn

CSV_FIELDS = ("word", "reading", "aliases", "definition")
FIELDS = (*CSV_FIELDS, "explicit", "see_also", "retired")
ALIAS_SEPARATOR = "|"
WRITTEN_LENGTH = WORD_LENGTH * 2
"""Characters of a word in a file, with white space around it."""
KEPT_LINES = 1_000
"""Lines between two reports of progress."""

Advance = Callable[[int], None]


class KeywordLine(NamedTuple):
    """What one line says of a keyword; None is what it does not say."""

    number: int
    draft: KeywordDraft
    see_also: tuple[str, ...] | None = None
    retired: bool | None = None

    @property
    def word(self) -> str:
        """The word as it is registered."""
        return self.draft.word.strip()


def import_keywords(
    path: str,
    report: Report,
    *,
    advance: Advance | None = None,
    standard_input: BufferedReader | None = None,
) -> None:
    """Register the keywords of a file; what is then to be linked again is queued."""
    report.files += 1
    with open_lines(path, standard_input) as file:
        for batch in chunks(_keyword_lines(path, _good_lines(file, path, report, advance), report), BATCH):
            for line, result in zip(batch, _take(batch), strict=True):
                _count(result, Finding(path, line.number, "", ""), report)


@turn(UNHURRIED)
def _take(batch: list[KeywordLine]) -> list[Outcome | RefusedError]:
    """Register a batch in one transaction; what became of each line."""
    results = list(define_many(line.draft for line in batch))
    taken = [line for line, one in zip(batch, results, strict=True) if isinstance(one, Outcome)]
    new = {line.word for line, one in zip(batch, results, strict=True) if one is Outcome.ADDED}
    changed = set_see_also({line.word: line.see_also for line in taken if line.see_also is not None})
    changed |= set_retired({line.word: line.retired for line in taken if line.retired is not None}, new)
    return [
        Outcome.UPDATED if one is Outcome.UNCHANGED and line.word in changed else one
        for line, one in zip(batch, results, strict=True)
    ]


def _count(result: Outcome | RefusedError, place: Finding, report: Report) -> None:
    if isinstance(result, SameWordError):
        report.already_here += 1
        report.warnings.add(Finding(place.file, place.line, result.field, result.message))
    elif isinstance(result, RefusedError):
        report.errors.add(Finding(place.file, place.line, result.field, result.message))
    elif result is Outcome.ADDED:
        report.added += 1
    elif result is Outcome.UPDATED:
        report.updated += 1
    else:
        report.already_here += 1


def _good_lines(file: LineFile, path: str, report: Report, advance: Advance | None) -> Iterator[Line]:
    """The lines that could be read; the others are reported."""
    position = 0
    for line in file.lines(settings.MAX_LINE_BYTES):
        if advance is not None and line.number % KEPT_LINES == 0:
            advance(file.position - position)
            position = file.position
        if line.fault:
            report.lines += 1
            report.errors.add(Finding(path, line.number, LINE, line.fault))
        else:
            yield line


def _keyword_lines(path: str, lines: Iterator[Line], report: Report) -> Iterator[KeywordLine]:
    """What a file in whichever of the formats says."""
    first = next((line for line in lines if line.text.strip()), None)
    if first is None:
        return
    if first.text.lstrip().startswith("["):
        message = _(
            "a JSON array, and one JSON object a line is read; write each keyword on a line of its own"
        )
        report.lines += 1
        report.errors.add(Finding(path, first.number, LINE, message))
        return
    everything = chain([first], lines)
    read = {"csv": _from_csv, "jsonl": _from_json, "words": _from_words}[_format_of(path, first.text)]
    yield from read(everything, path, report)


def _format_of(path: str, first_line: str) -> str:
    """By the ending of the file's name, else by what its first line looks like."""
    endings = PurePath(path.removesuffix(".gz")).suffix.lower()
    known = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "words"}
    if endings in known:
        return known[endings]
    if first_line.lstrip().startswith("{"):
        return "jsonl"
    names = first_line.strip().split(",")
    return "csv" if len(names) > 1 and "word" in names and set(names) <= set(CSV_FIELDS) else "words"


def _from_words(lines: Iterable[Line], _path: str, report: Report) -> Iterator[KeywordLine]:
    for line in lines:
        word = line.text.strip()
        if word:
            report.lines += 1
            yield KeywordLine(line.number, KeywordDraft(word))


def _from_json(lines: Iterable[Line], path: str, report: Report) -> Iterator[KeywordLine]:
    for line in lines:
        if not line.text.strip():
            continue
        report.lines += 1
        try:
            record = record_of(line.text)
            for name, message in unknown_fields(record, FIELDS):
                report.warnings.add(Finding(path, line.number, name, message))
            yield _keyword_line(line.number, record)
        except BadFieldError as error:
            report.errors.add(Finding(path, line.number, error.field, error.message))


def _keyword_line(number: int, record: Record) -> KeywordLine:
    if not given(record, "word"):
        raise BadFieldError("word", _("missing or empty; write the keyword"))
    draft = KeywordDraft(
        word=text_of(record["word"], "word", WRITTEN_LENGTH),
        reading=_optional_text(record, "reading", READING_LENGTH),
        aliases=_aliases(record),
        definition=_optional_text(record, "definition", settings.MAX_DEFINITION),
        explicit=_truth(record, "explicit"),
    )
    return KeywordLine(number, draft, _see_also(record), _truth(record, "retired"))


def _truth(record: Record, name: str) -> bool | None:
    value = record.get(name)
    if value is not None and not isinstance(value, bool):
        raise BadFieldError(name, _("%s; write true or false") % kind_of(value))
    return value


def _optional_text(record: Record, name: str, longest: int) -> str | None:
    value = record.get(name)
    return None if value is None else text_of(value, name, longest)


def _aliases(record: Record) -> tuple[str, ...] | None:
    value = record.get("aliases")
    if value is None:
        return None
    texts = list_of(value, "aliases", MOST_ALIASES)
    return tuple(text_of(text, "aliases", WRITTEN_LENGTH) for text in texts)


def _see_also(record: Record) -> tuple[str, ...] | None:
    value = record.get("see_also")
    if value is None:
        return None
    texts = [text_of(text, "see_also", WRITTEN_LENGTH) for text in list_of(value, "see_also", MOST_SEE_ALSO)]
    try:
        return tuple(dict.fromkeys(registrable(text, "see_also")[0] for text in texts))
    except RefusedError as error:
        raise BadFieldError(error.field, error.message) from error


def _from_csv(lines: Iterable[Line], path: str, report: Report) -> Iterator[KeywordLine]:
    number = 0

    def texts() -> Iterator[str]:
        nonlocal number
        for line in lines:
            number = line.number
            yield line.text + "\n"

    rows = csv.reader(texts(), strict=True)
    header = [name.strip() for name in next(rows)]
    if "word" not in header:
        message = _("no column word; begin the file with %s")
        report.errors.add(Finding(path, number, LINE, message % ",".join(CSV_FIELDS)))
        return
    for name, message in unknown_fields(dict.fromkeys(header), CSV_FIELDS):
        report.warnings.add(Finding(path, number, name, message))
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            report.lines += 1
            message = _("no CSV that can be read (%s); write quotation marks within a cell twice")
            report.errors.add(Finding(path, number, LINE, message % error))
            continue
        if any(cell.strip() for cell in row):
            report.lines += 1
            yield from _from_row(header, row, Finding(path, number, "", ""), report)


def _from_row(header: list[str], row: list[str], place: Finding, report: Report) -> Iterator[KeywordLine]:
    """The draft of a row; an empty cell says nothing."""
    try:
        if len(row) > len(header):
            message = _("%d cells, but the header has %d; put cells that hold a comma in quotation marks")
            raise BadFieldError(LINE, message % (len(row), len(header)))
        record: Record = {name: cell for name, cell in zip(header, row, strict=False) if cell.strip()}
        if "aliases" in record:
            parts = record["aliases"].split(ALIAS_SEPARATOR)
            record["aliases"] = [part for part in parts if part.strip()]
        for name in FIELDS[len(CSV_FIELDS) :]:
            record.pop(name, None)
        yield _keyword_line(place.line, record)
    except BadFieldError as error:
        report.errors.add(Finding(place.file, place.line, error.field, error.message))
