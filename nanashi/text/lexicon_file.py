"""A compiled lexicon as one file.

The file: a header (format, version, byte order, the automaton's maker, checksum, lengths), then the columns of the
spelling table and the automaton, each from an offset that eight divides.
"""

import mmap
import os
import struct
import sys
import tempfile
import zlib
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from daachorse import CharwiseDoubleArrayAhoCorasick

from nanashi.text.spellings import Columns, SpellingTable

MAGIC = b"nanashi\x1a"
_FORMAT = 2
_HEADER = struct.Struct("<8sHH12sI4x5Q")
_ORDER = {"little": 1, "big": 2}[sys.byteorder]
_CHUNK = 1 << 20
_REMEDY = "compile the lexicon again"


class LexiconFileError(Exception):
    """A file that is not a lexicon of this version, or not a whole one."""


def write(path: Path, columns: Columns, automaton: bytes) -> None:
    """Write to a new file beside `path`, see it on the disk, then put it in the place of `path`."""
    sections = [*(bytes(column) for column in columns), automaton]
    checksum = 0
    for section in sections:
        checksum = zlib.crc32(_padded(section), checksum)
    header = _HEADER.pack(MAGIC, _FORMAT, _ORDER, _maker(), checksum, *map(len, sections))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(header)
            file.writelines(map(_padded, sections))
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    _sync_folder(path.parent)


def read(path: Path) -> tuple[SpellingTable, CharwiseDoubleArrayAhoCorasick]:
    """The table, mapped, and the automaton. Raises LexiconFileError, and OSError when there is no such file."""
    with path.open("rb") as file:
        lengths, checksum = _read_header(path, file)
        starts = list(accumulate(map(_padded_length, lengths), initial=_HEADER.size))
        if os.fstat(file.fileno()).st_size != starts[-1]:
            raise LexiconFileError(f"{path}: torn, its length is not what its header says; {_REMEDY}")
        found, automaton = _check(file, starts[-2] - _HEADER.size, lengths[-1])
        if found != checksum:
            raise LexiconFileError(f"{path}: torn, its checksum is wrong; {_REMEDY}")
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    columns = [whole[start : start + length] for start, length in zip(starts, lengths[:-1], strict=False)]
    try:
        return SpellingTable(Columns(*columns)), CharwiseDoubleArrayAhoCorasick.deserialize(automaton)
    except ValueError as error:
        raise LexiconFileError(f"{path}: its automaton cannot be read ({error}); {_REMEDY}") from error


def _read_header(path: Path, file: BinaryIO) -> tuple[list[int], int]:
    """The lengths of the sections and the checksum."""
    header = file.read(_HEADER.size)
    if not header.startswith(MAGIC):
        raise LexiconFileError(
            f"{path}: not a compiled lexicon; {_REMEDY}, or give the file that was compiled"
        )
    if len(header) < _HEADER.size:
        raise LexiconFileError(f"{path}: torn, its header is not whole; {_REMEDY}")
    _, number, order, maker, checksum, *lengths = _HEADER.unpack(header)
    if (number, order, maker) != (_FORMAT, _ORDER, _maker()):
        raise LexiconFileError(f"{path}: made by another version or on another kind of machine; {_REMEDY}")
    return lengths, checksum


def _check(file: BinaryIO, table_length: int, automaton_length: int) -> tuple[int, bytes]:
    """The checksum of all sections, and the last of them. Reads the table without keeping it."""
    checksum = 0
    while table_length:
        chunk = file.read(min(_CHUNK, table_length))
        if not chunk:
            break
        checksum = zlib.crc32(chunk, checksum)
        table_length -= len(chunk)
    automaton = file.read()
    return zlib.crc32(automaton, checksum), automaton[:automaton_length]


def _maker() -> bytes:
    """The automaton's format belongs to the library's minor version."""
    return ".".join(version("daachorse").split(".")[:2]).encode().ljust(12, b"\0")


def _padded_length(length: int) -> int:
    return (length + 7) // 8 * 8


def _padded(section: bytes) -> bytes:
    return section.ljust(_padded_length(len(section)), b"\0")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
