"""Documents to link, read as a stream: lines of JSON, plain text in parts, HTML pages.

Whatever the size of a file, what is held of it at one time is bounded.
"""

import codecs
import json
import re
from collections.abc import Iterator
from enum import Enum
from gzip import GzipFile
from io import BufferedReader
from pathlib import PurePath
from typing import NamedTuple

LONGEST_LINE = 16 * 2**20
"""Bytes of one line of JSON."""
LONGEST_PART = 2**20
"""Characters of plain text that are linked together, where no line ends earlier."""
LARGEST_PAGE = 64 * 2**20
"""Bytes of one HTML document."""

PACKED = ".gz"
"""The ending of a packed file's name."""

_READ = 2**16
_GZIP = b"\x1f\x8b"
_REPLACEMENT = "\ufffd"
_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_LINES_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_LAST_MARK = re.compile(r".*[\s、。！？!?]", re.DOTALL)


class Kind(Enum):
    """What a file holds."""

    LINES = "jsonl"
    """A JSON object a line: a document each."""
    TEXT = "text"
    """One document of plain text."""
    PAGE = "html"
    """One HTML document."""


class Finding(NamedTuple):
    """What is wrong with, or odd about, one line of a file, and what to do about it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class Line(NamedTuple):
    """One line of JSON, not yet looked into."""

    file: str
    number: int
    content: bytes


class Part(NamedTuple):
    """A part of a plain text, cut where no word is cut: at the end of a line, or after a mark."""

    file: str
    text: str
    offset: int
    """Where the part begins in the document, in characters."""
    is_first: bool
    is_last: bool


class Page(NamedTuple):
    """A whole HTML document, in the encoding that it names."""

    file: str
    content: bytes


Item = Line | Part | Page


def size_of(item: Item) -> int:
    """About how many bytes of its file an item takes."""
    return len(item.text.encode(errors="replace")) if isinstance(item, Part) else len(item.content)


def is_packed(file: BufferedReader) -> bool:
    """Whether a file at its beginning is one of gzip."""
    return file.peek(len(_GZIP)).startswith(_GZIP)


def unpacked(file: BufferedReader) -> BufferedReader:
    """The file, or what is packed in it by gzip."""
    return BufferedReader(GzipFile(fileobj=file)) if is_packed(file) else file


def kind_of(name: str, start: bytes) -> Kind:
    """What a file holds, by the ending of its name, or else by its first bytes."""
    suffix = PurePath(name.removesuffix(PACKED)).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return Kind.LINES
    if suffix in (".html", ".htm", ".xhtml"):
        return Kind.PAGE
    if suffix != ".txt" and _LINES_START.match(start):
        return Kind.LINES
    return Kind.PAGE if suffix != ".txt" and _PAGE_START.match(start) else Kind.TEXT


def read_items(file: BufferedReader, name: str, kind: Kind) -> Iterator[Item | Finding]:
    """The items of an open file, in order, and what is wrong with parts of it that are left out."""
    if kind is Kind.LINES:
        yield from _lines(file, name)
    elif kind is Kind.TEXT:
        yield from _parts(file, name)
    else:
        content = file.read(LARGEST_PAGE + 1)
        if len(content) > LARGEST_PAGE:
            yield Finding(name, 1, "document", f"longer than {LARGEST_PAGE >> 20} MB; split it")
        else:
            yield Page(name, content)


def parse_line(line: Line) -> tuple[str | int | float, str] | Finding:
    """Id and text of a document in a line of JSON: `{"id": …, "text": …}`; without an id the line's number.

    A line of a diary's archive has `body` in the place of `text`.
    """
    try:
        record = json.loads(line.content.decode("utf-8-sig" if line.number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return Finding(
            line.file, line.number, "line", f"byte {error.start + 1} is not UTF-8; convert the file"
        )
    except (ValueError, RecursionError) as error:
        return Finding(line.file, line.number, "line", f"not JSON ({error}); write one object a line")
    if not isinstance(record, dict):
        return Finding(line.file, line.number, "line", 'not an object; write {"id": …, "text": …}')
    key = line.number if record.get("id") is None else record["id"]
    text = record.get("text", record.get("body"))
    if isinstance(key, bool) or not isinstance(key, str | int | float):
        return Finding(
            line.file, line.number, "id", "neither a string nor a number; write one, or leave it out"
        )
    if not isinstance(text, str):
        return Finding(
            line.file, line.number, "text", "missing or not a string; write the document's text (or body)"
        )
    return key, text


def _lines(file: BufferedReader, name: str) -> Iterator[Line | Finding]:
    number = 0
    while content := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(content) > LONGEST_LINE:
            while content and not content.endswith(b"\n"):
                content = file.readline(LONGEST_LINE)
            yield Finding(name, number, "line", f"longer than {LONGEST_LINE >> 20} MB; split the document")
        elif content.strip():
            yield Line(name, number, content)


def _parts(file: BufferedReader, name: str) -> Iterator[Part | Finding]:
    """A plain text in parts. Bytes that are not UTF-8 become U+FFFD, each a character, and are reported."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    waiting, offset, line = "", 0, 1
    is_last = False
    while not is_last:
        read = file.read1(_READ)
        is_last = not read
        decoded = decoder.decode(read, final=is_last)
        if _REPLACEMENT in decoded and _REPLACEMENT.encode() not in read:
            yield from _damaged(name, decoded, line + waiting.count("\n"))
        waiting += decoded
        cut = len(waiting) if is_last else _cut(waiting)
        if cut or is_last:
            yield Part(name, waiting[:cut], offset, offset == 0, is_last)
            line += waiting.count("\n", 0, cut)
            offset += cut
            waiting = waiting[cut:]


def _damaged(name: str, decoded: str, first: int) -> Iterator[Finding]:
    """The lines that hold bytes which could not be decoded; the first has this number."""
    for number, content in enumerate(decoded.split("\n"), first):
        if _REPLACEMENT in content:
            yield Finding(name, number, "text", "bytes that are not UTF-8, read as U+FFFD; convert the file")


def _cut(text: str) -> int:
    """Up to where a text that goes on can be linked already."""
    cut = text.rfind("\n") + 1
    if cut or len(text) < LONGEST_PART:
        return cut
    mark = _LAST_MARK.match(text)
    return mark.end() if mark else len(text)
