"""Tables in which a `|` of a keyword mark is no border, and no cell is lost."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import table

from nanashi.text.markdown.keyword_marks import MARK
from nanashi.text.markdown.shielding import Shield

HIDDEN_BORDER = "\ufdd0"

_DELIMITER_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_DELIMITER_ROW = re.compile(
    rf"^[ \t>]*+\|?(?P<cells>{_DELIMITER_CELL}(?:\|{_DELIMITER_CELL})*)\|?[ \t]*+\n", re.MULTILINE
)
_ROW = re.compile(r"(?P<prefix>[ \t>]*+)(?P<cells>[^\n]*[^\s>][^\n]*)(?:\n|\Z)")
_BORDER = re.compile(r"(?<!\\)\|")


def hide_what_is_no_border(source: str) -> str:
    """Hide each `|` inside a keyword mark, and those behind the last column of a table."""
    if "|" not in source:
        return source
    if "[[" in source:
        source = MARK.sub(lambda found: found[0].replace("|", HIDDEN_BORDER), source)
    return _without_surplus_cells(source)


def _without_surplus_cells(source: str) -> str:
    """Make the cells that a row has beyond its table's columns part of its last one.

    The library, as GitHub does, drops them.
    """
    parts: list[str] = []
    at = 0
    for delimiters in _DELIMITER_ROW.finditer(source):
        columns = delimiters["cells"].count("|") + 1
        at_row = max(at, delimiters.end())
        parts.append(source[at:at_row])
        at = at_row
        while row := _ROW.match(source, at):
            parts.append(
                row["prefix"] + _joined(row["cells"], columns) + source[row.end("cells") : row.end()]
            )
            at = row.end()
    parts.append(source[at:])
    return "".join(parts)


def _joined(row: str, columns: int) -> str:
    """A row whose borders behind the last column are hidden, where there is text behind them."""
    borders = [found.start() for found in _BORDER.finditer(row)]
    inner = borders[columns - 1 + row.startswith("|") :]
    if not inner or not row[inner[0] :].strip(" \t|"):
        return row
    first, end = inner[0], len(row.rstrip(" \t|"))
    return row[:first] + row[first:end].replace("|", HIDDEN_BORDER) + row[end:]


def install_tables(parser: MarkdownIt) -> None:
    """Tables as on GitHub, without the loss."""
    parser.enable("table")
    rule = Shield("|", HIDDEN_BORDER, hide_what_is_no_border).over(table)
    parser.block.ruler.at("table", rule, {"alt": ["paragraph", "reference"]})
