"""Lines of a file of any size, in constant memory: each one whole and in UTF-8, or what is wrong with it."""

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from nanashi.text.documents import is_packed

SKIPPED_AT_A_TIME = 65_536
"""Bytes that are read and dropped at a time of a line that is too long."""
BYTE_ORDER_MARK = "\ufeff"
STANDARD_INPUT = "-"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""With one of these a file in UTF-16 begins, and none in UTF-8."""


class Line(NamedTuple):
    """One line without its end; `fault` says what is wrong with it, and is "" for a good one."""

    number: int
    text: str
    fault: str = ""


class LineFile:
    """A file that is read by lines; gzip is unpacked on the way."""

    def __init__(self, file: BufferedReader, size: int) -> None:
        """`size` is that of the file on the disk, 0 for a pipe."""
        self.size = size
        self._file = file
        self._stream = gzip.GzipFile(fileobj=file) if is_packed(file) else file

    @property
    def position(self) -> int:
        """Bytes read so far of the file as it lies on the disk; 0 for a pipe."""
        return self._file.tell() if self.size else 0

    def lines(self, longest: int) -> Iterator[Line]:
        """The lines; one of more than `longest` bytes is skipped and comes as a fault."""
        number = 0
        while True:
            number += 1
            try:
                content = self._stream.readline(longest + 1)
                if number == 1 and content.startswith(UTF_16_MARKS):
                    yield Line(number, "", _("the file is UTF-16; save it as UTF-8"))
                    return
            except (OSError, EOFError, zlib.error) as error:
                yield Line(number, "", _("the file cannot be read on from here (%s); mend the file") % error)
                return
            if not content:
                return
            if len(content) > longest and not content.endswith(b"\n"):
                self._skip_the_rest()
                yield Line(number, "", _too_long(longest))
            else:
                yield _decoded(number, content)

    def _skip_the_rest(self) -> None:
        while (rest := self._stream.readline(SKIPPED_AT_A_TIME)) and not rest.endswith(b"\n"):
            pass


@contextmanager
def open_lines(path: str, standard_input: BufferedReader | None = None) -> Iterator[LineFile]:
    """Open a file to read its lines; "-" is the standard input where one is given."""
    if path == STANDARD_INPUT and standard_input is not None:
        yield LineFile(standard_input, 0)
        return
    with Path(path).open("rb") as file:
        yield LineFile(file, os.fstat(file.fileno()).st_size)


def _too_long(longest: int) -> str:
    return _("longer than %d bytes; shorten it, or set NANASHI_MAX_LINE_BYTES higher") % longest


def _decoded(number: int, content: bytes) -> Line:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = _("byte %d is not UTF-8 (0x%02x); save the file as UTF-8")
        return Line(number, "", message % (error.start + 1, content[error.start]))
    text = text.rstrip("\r\n")
    return Line(number, text.removeprefix(BYTE_ORDER_MARK) if number == 1 else text)
