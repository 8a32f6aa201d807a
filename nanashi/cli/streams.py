"""What commands read from and write to: files, or the standard streams."""

import sys
from collections.abc import Iterable
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

import click

from nanashi.archive.exporting import whole_file

STANDARD_OUTPUT = "-"
READABLE = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)
WRITABLE = click.Path(dir_okay=False, writable=True, allow_dash=True)


def standard_input() -> BufferedReader:
    """The standard input in bytes, whatever stands in for it."""
    return BufferedReader(cast(RawIOBase, sys.stdin.buffer))


def write_out(lines: Iterable[str], path: str) -> int:
    """Write lines to a file, whole or not at all, or to the standard output; returns how many."""
    number = 0
    if path == STANDARD_OUTPUT:
        output = sys.stdout.buffer
        for number, line in enumerate(lines, 1):  # noqa: B007 - counts
            output.write(line.encode())
        output.flush()
        return number
    with whole_file(Path(path)) as file:
        for number, line in enumerate(lines, 1):  # noqa: B007 - counts
            file.write(line)
    return number
