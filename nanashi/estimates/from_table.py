"""A table of numbers as the beginning of an estimate: each row a value, two numbers an interval."""

from __future__ import annotations

import re

from nanashi.estimates.block import parse
from nanashi.estimates.problems import EstimateError

_DIVIDER = re.compile(r"\|?[ \t:|-]*-[ \t:|-]*\|?")
_NUMBER = re.compile(r"[+−-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[^\s0-9(（]{0,12}")
_NO_NAME = re.compile(r"[^\w ]|_")
_LEAST_ROWS = 2
MAX_ROWS = 60


def with_estimates(text: str) -> str:
    """`text` with an estimate below each Markdown or tab-separated table of numbers in it, as a beginning.

    What cannot be read as an estimate is left as it is. Tables inside fenced blocks do not count.
    """
    out: list[str] = []
    run: list[str] = []
    fence = ""
    for line in [*text.split("\n"), ""]:
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~"):
            fence = "" if fence == mark else fence or mark
        if not fence and ("\t" in line or line.lstrip().startswith("|")):
            run.append(line)
            continue
        out += run
        block = block_from_table("\n".join(run)) if run else None
        if block is not None:
            out += ["", "```estimate", *block.rstrip("\n").split("\n"), "```"]
        run = []
        out.append(line)
    return "\n".join(out[:-1])


def block_from_table(table: str) -> str | None:
    """The lines of an estimate for a table: `name = number`, `name = low to high` for two, a list for more.

    None where fewer than two rows have a name and a number.

        >>> print(block_from_table("visits\\t2\\t6\\npeople\\t3,000\\t5,000"), end="")
        visits = 2 to 6
        people = 3,000 to 5,000
    """
    lines: list[str] = []
    seen: set[str] = set()
    for row in map(_cells, table.split("\n")[: MAX_ROWS + 2]):
        line = _line(row, seen)
        if line is not None:
            lines.append(line)
    return "\n".join(lines) + "\n" if len(lines) >= _LEAST_ROWS else None


def _cells(row: str) -> list[str]:
    if _DIVIDER.fullmatch(row.strip()):
        return []
    if "\t" in row:
        return [cell.strip() for cell in row.split("\t")]
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _line(cells: list[str], seen: set[str]) -> str | None:
    """One row as a line that can be read by itself."""
    numbers = [cell.lstrip("+").replace("−", "-") for cell in cells[1:] if _NUMBER.fullmatch(cell)]
    name = " ".join(_NO_NAME.sub(" ", cells[0]).split()) if cells else ""
    if not numbers or not name or name in seen:
        return None
    for expression in _expressions(numbers):
        line = f"{name} = {expression}"
        try:
            parse(line)
        except EstimateError:
            continue
        seen.add(name)
        return line
    return None


def _expressions(numbers: list[str]) -> list[str]:
    """What a row of numbers may mean, the likeliest first."""
    if len(numbers) == 1:
        return numbers
    plain = [number.replace(",", "") for number in numbers]
    listed = "[" + ", ".join(plain) + "]"
    if len(numbers) == 2:
        return [" to ".join(numbers), " to ".join(plain), f"normal({' to '.join(plain)})", listed]
    return [listed]
