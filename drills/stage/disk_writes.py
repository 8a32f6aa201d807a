"""What a process did to a few files, from strace's record, and what a disk may hold of it after a power cut.

A disk keeps what was synced. Of the rest it keeps, sector by sector, some of it in any order: a write may be torn, and
a later one be there while an earlier one is not. A length that was set, or a file that was made or removed, is there
or not; of the latter, each with all before it, as journals of file systems keep them in order.
"""

import random
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
PATH = re.compile(r"^(?:AT_FDCWD|\d+)<([^>]*)>")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
UNFINISHED, RESUMED = "<unfinished ...>", "resumed>"
CALLS = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink")


@dataclass(frozen=True, slots=True)
class Operation:
    """One call that succeeded: what it did ("open", "write", "sync", "length", "unlink"), to which file."""

    what: str
    path: str
    data: bytes = b""
    number: int = 0
    """Offset of a write, or length that was set."""


class TraceError(Exception):
    """The record has a call that this cannot replay."""


def operations(record: Path) -> Iterator[Operation]:
    """The calls of a record, in the order in which they ended; those of strace with -y -xx."""
    begun: dict[str, str] = {}
    with open(record, encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = CALL.match(_whole(line, begun))
            if found and not found[3].startswith("-"):
                yield from _operation(found[1], found[2], int(found[3]))


def _whole(line: str, begun: dict[str, str]) -> str:
    """A line with what stands of its call further above, where another thread came between; "" if it only begins."""
    process, _, rest = line.partition(" ")
    if UNFINISHED in line:
        begun[process] = line[: line.index(UNFINISHED)].rstrip()
        return ""
    if rest.lstrip().startswith("<..."):
        return begun.pop(process) + line[line.index(RESUMED) + len(RESUMED) :]
    return line


def _operation(call: str, arguments: str, result: int) -> Iterator[Operation]:
    on = PATH.match(arguments)
    path = _text(on[1]) if on else ""
    match call:
        case "openat":
            if "O_CREAT" in arguments or "O_TRUNC" in arguments:
                yield Operation("open", _string(arguments).decode())
        case "pwrite64":
            offset = int(arguments.rsplit(",", 1)[1])
            yield Operation("write", path, _string(arguments)[:result], offset)
        case "write":
            yield Operation("append", path, _string(arguments)[:result])
        case "fsync" | "fdatasync":
            yield Operation("sync", path)
        case "ftruncate":
            yield Operation("length", path, number=int(arguments.rsplit(",", 1)[1]))
        case "unlink":
            yield Operation("unlink", _string(arguments).decode())
        case "rename":
            yield Operation("rename", _string(arguments).decode())


def _string(arguments: str) -> bytes:
    found = STRING.search(arguments)
    if found is None or found[2]:
        raise TraceError(f"cut off: {arguments[:80]}")
    return bytes.fromhex(found[1].replace("\\x", ""))


def _text(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("\\x", "")).decode() if escaped.startswith("\\x") else escaped


@dataclass
class _File:
    """A file as the disk has it for certain, and what was done to it since it was synced."""

    content: bytearray = field(default_factory=bytearray)
    unsynced: list[Operation] = field(default_factory=list)


class Disk:
    """A few files of one folder, driven by a process's calls."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self.folder = folder
        self.names = set(names)
        self.files: dict[str, _File] = {}
        self.unsure: list[tuple[str, str]] = []
        """("open" or "unlink", name): changes of the folder since that was synced."""
        self.removed: dict[str, _File] = {}
        for name in self.names:
            if (folder / name).exists():
                self.files[name] = _File(bytearray((folder / name).read_bytes()))

    def do(self, one: Operation) -> bool:
        """Take one call; whether it was about these files."""
        place = Path(one.path)
        if one.what == "sync" and place == self.folder:
            self.unsure, self.removed = [], {}
            return True
        if place.parent != self.folder or place.name not in self.names:
            return False
        name = place.name
        match one.what:
            case "open":
                if name not in self.files:
                    self.files[name] = _File()
                    self.unsure.append(("open", name))
            case "unlink":
                self.removed[name] = self.files.pop(name)
                self.unsure.append(("unlink", name))
            case "sync":
                file = self.files[name]
                for before in file.unsynced:
                    _apply(file.content, before)
                file.unsynced = []
            case "write" | "length":
                self.files[name].unsynced.append(one)
            case _:
                raise TraceError(f"{one.what} of {name}")
        return True

    def whole(self) -> dict[str, bytes]:
        """The files as the process sees them: everything is there."""
        return {name: _with(file, file.unsynced) for name, file in self.files.items()}

    def after_cut(self, chance: random.Random, sector: int) -> dict[str, bytes]:
        """The files as a disk may have them when the power goes now."""
        kept = chance.choice((0.0, 0.2, 0.5, 0.8, 0.95, 1.0))
        there = {
            name: _with(file, _some(file.unsynced, chance, sector, kept)) for name, file in self.files.items()
        }
        sure = chance.randint(0, len(self.unsure))
        for what, name in reversed(self.unsure[sure:]):
            if what == "open":
                there.pop(name, None)
            else:
                before = self.removed[name]
                there[name] = _with(before, _some(before.unsynced, chance, sector, kept))
        return there


def _some(done: list[Operation], chance: random.Random, sector: int, kept: float) -> list[Operation]:
    """A random part of these calls: of writes some sectors, of the calls that set a length some."""
    some: list[Operation] = []
    for one in done:
        if one.what == "length":
            if chance.random() < kept:
                some.append(one)
            continue
        some += (part for part in _sectors(one, sector) if chance.random() < kept)
    return some


def _sectors(one: Operation, sector: int) -> Iterator[Operation]:
    """A write, cut where sectors of the disk end."""
    at = 0
    while at < len(one.data):
        end = at + sector - (one.number + at) % sector
        yield Operation("write", one.path, one.data[at:end], one.number + at)
        at = end


def _with(file: _File, done: list[Operation]) -> bytes:
    content = bytearray(file.content)
    for one in done:
        _apply(content, one)
    return bytes(content)


def _apply(content: bytearray, one: Operation) -> None:
    """Do a write, or set a length, on a file's content; gaps are zeros."""
    end = one.number + len(one.data)
    if one.what == "length" and len(content) > one.number:
        del content[one.number :]
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[one.number : end] = one.data


def put(files: dict[str, bytes], folder: Path) -> None:
    """Write files into an emptied folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
