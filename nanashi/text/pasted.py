"""Tables from a spreadsheet's or a web page's clipboard, as Markdown.

A merged cell keeps its value in its first place and leaves the others empty: what stood there once stands there
once, and no sum over the column counts it twice. Line breaks and tabs inside a cell become a space, since a
Markdown table has one line for each row.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_CELLS = 20_000
"""Cells of one pasted table; larger ones stay as they were."""
WIDEST_SPAN = 1_000
"""As in the HTML standard, 4.9.11: a larger colspan counts as this."""

Grid = list[list[str]]

_SPECIAL = re.compile(r"[\\|`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\((?=\()|!(?=\[)|:(?=//)")
_NUMBER = re.compile(r"[(+\-−△▲]?\s?[¥$€£]?\s?\d[\d,. ]*(?:[eE][+-]?\d+)?\s?[%‰円]?\)?")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>()\\|]+")
_BLOCKS = frozenset(("p", "div", "li", "br", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("style", "script", "title", "meta", "head", "template"))
_BORDER = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class TableTooLargeError(ValueError):
    """The table has more than MOST_CELLS cells."""


def table_to_markdown(html_or_tsv: str) -> str:
    """Markdown tables for what was copied; "" where it is not a table and nothing else.

    `html_or_tsv` is the clipboard's text/html where that holds a table, else its text/plain. The first row
    becomes the heading; a column of numbers is aligned to the right. Raises TableTooLargeError.
    """
    if "<table" in html_or_tsv.lower():
        return "\n".join(map(_markdown, _grids_of_html(html_or_tsv)))
    grid = [[_escaped(cell) for cell in row] for row in _grid_of_tsv(html_or_tsv)]
    return _markdown(grid) if grid else ""


def with_tables(text: str) -> str:
    """`text` in which each run of two or more tab-separated lines is a Markdown table; code stays as it is.

    What is Markdown in a cell stays Markdown. Raises TableTooLargeError.
    """
    parts: list[str] = []
    run: list[str] = []
    fence = ""
    for line in [*text.split("\n"), None]:
        if line is not None and not fence and "\t" in line.strip(" ") and not line.startswith("\t"):
            run.append(line)
            continue
        parts.extend(_as_table(run, bool(parts and parts[-1]), bool(line)))
        run = []
        if line is not None:
            parts.append(line)
            fence = _fence_after(line, fence)
    return "\n".join(parts)


def _fence_after(line: str, fence: str) -> str:
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not line.strip(f"{fence[0]} ") else fence


def _as_table(run: list[str], text_above: bool, text_below: bool) -> list[str]:
    """The lines of a run as a table, apart from the text around it; as they are where they are none."""
    grid = _grid_of_tsv("\n".join(run)) if len(run) > 1 else []
    if not grid:
        return run
    bare = [[_BORDER.sub(r"\|", cell) for cell in row] for row in grid]
    lines = _markdown(bare).rstrip("\n").split("\n")
    return [""] * text_above + lines + [""] * text_below


def _grid_of_tsv(text: str) -> Grid:
    """Rows and cells; empty where lines differ in their tabs, have none, or are only indented by one."""
    text = text.strip("\r\n")
    if "\t" not in text:
        return []
    ways: tuple[Literal[0, 3], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    for quoting in ways:
        grid = _read_rows(text, quoting)
        rectangular = len({len(row) for row in grid}) == 1 and len(grid[0]) > 1
        if len(grid) > 1 and rectangular and any(row[0].strip() for row in grid):
            _check_size(len(grid) * len(grid[0]))
            return grid
    return []


def _read_rows(text: str, quoting: Literal[0, 3]) -> Grid:
    """What a spreadsheet copies as text; cells with a tab, a quotation mark or a line break are quoted there."""
    stream = io.StringIO(text, newline="")
    strict = quoting == csv.QUOTE_MINIMAL
    try:
        return list(csv.reader(stream, delimiter="\t", quoting=quoting, strict=strict))
    except csv.Error:
        return []


def _grids_of_html(html: str) -> list[Grid]:
    """The tables of a piece of HTML; none where text stands beside them."""
    parser = LexborHTMLParser(html)
    body = parser.body
    if body is None:
        return []
    tables = [table for table in body.css("table") if not _inside(table, "table")]
    beside = "".join(_text_beside(body))
    grids = [] if beside.strip() else [_grid_of_table(table) for table in tables]
    return [grid for grid in grids if grid]


def _text_beside(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text_content or ""
        elif child.tag not in ("table", *_UNSEEN):
            yield from _text_beside(child)


def _inside(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _grid_of_table(table: LexborNode) -> Grid:
    """The cells of a table in their places, as HTML lays them out (4.9.12), without empty edges."""
    grid: Grid = []
    covered: dict[int, int] = {}
    """Column -> rows below that a merged cell still covers."""
    for row in (one for one in table.css("tr") if _table_of(one) == table):
        places: list[str] = []
        below: dict[int, int] = {}
        for cell in row.css("td, th"):
            if _row_of(cell) != row:
                continue
            _fill(places, covered)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if high > 1:
                below.update(dict.fromkeys(range(len(places), len(places) + wide), high - 1))
            places += [_cell_text(cell), *[""] * (wide - 1)]
        _fill(places, covered)
        _check_size(sum(map(len, grid)) + len(places))
        grid.append(places)
        covered = {column: rows - 1 for column, rows in covered.items() if rows > 1} | below
    return _without_empty_edges(grid)


def _fill(places: list[str], covered: dict[int, int]) -> None:
    while len(places) in covered:
        places.append("")


def _table_of(node: LexborNode) -> LexborNode | None:
    return _above(node, "table")


def _row_of(node: LexborNode) -> LexborNode | None:
    return _above(node, "tr")


def _above(node: LexborNode, tag: str) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != tag:
        parent = parent.parent
    return parent


def _span(cell: LexborNode, name: str) -> int:
    written = (cell.attributes.get(name) or "").strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 1
    return min(max(number, 1), WIDEST_SPAN)


def _without_empty_edges(grid: Grid) -> Grid:
    """A rectangle, without the empty rows and columns at its end that a spreadsheet copies along."""
    while grid and not any(grid[-1]):
        grid.pop()
    width = max((at + 1 for row in grid for at, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in grid]


def _cell_text(cell: LexborNode) -> str:
    """A cell's text; a link to the web stays one."""
    return " ".join("".join(_pieces(cell)).split())


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield _escaped(child.text_content or "")
        elif child.tag == "a":
            yield _link("".join(_pieces(child)), child.attributes.get("href") or "")
        elif child.tag not in _UNSEEN:
            apart = " " if child.tag in _BLOCKS else ""
            yield apart
            yield from _pieces(child)
            yield apart


def _link(text: str, address: str) -> str:
    address = address.strip()
    shown = " ".join(text.split())
    return f"[{shown}]({address})" if shown and _WEB_ADDRESS.fullmatch(address) else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _markdown(grid: Grid) -> str:
    """A grid of Markdown texts as a table that ends with a line feed."""
    heading, *rows = [[" ".join(cell.split()) for cell in row] for row in grid]
    marks = ["---:" if _is_numeric([row[at] for row in rows]) else "---" for at in range(len(heading))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heading, marks, *rows))


def _is_numeric(column: list[str]) -> bool:
    """Whether all that stands in a column are numbers, and there is one."""
    filled = [unicodedata.normalize("NFKC", cell) for cell in column if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell.replace("\\", "")) for cell in filled)


def _check_size(cells: int) -> None:
    if cells > MOST_CELLS:
        raise TableTooLargeError(f"more than {MOST_CELLS} cells")
