"""Quotations as diary people type them."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote

from nanashi.text.anchors import QUOTED_REFERENCE
from nanashi.text.markdown.shielding import BlockRule, Shield

HIDDEN_ANGLE = "\ufdd1"


def hide_references(source: str) -> str:
    """Hide the `>` of what begins like a quotation and is a reference."""
    return QUOTED_REFERENCE.sub(lambda found: found[0].replace(">", HIDDEN_ANGLE), source)


def starts_with_angle(rule: BlockRule) -> BlockRule:
    """The same rule, asked only about lines that begin with `>` and with no reference to an entry."""

    def quotation_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        at = state.bMarks[start_line] + state.tShift[start_line]
        if not state.src.startswith(">", at) or QUOTED_REFERENCE.match(state.src, at):
            return False
        return rule(state, start_line, end_line, silent)

    return quotation_rule


def quotation_end(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule that opens nothing and ends a quotation at any line without `>`."""
    return silent and state.parentType == "blockquote"


def install_quotations(parser: MarkdownIt) -> None:
    """A quotation ends with its last line that begins with `>`; `>>` before an id begins none."""
    ruler = parser.block.ruler
    quotation = starts_with_angle(Shield(">", HIDDEN_ANGLE, hide_references).over(blockquote))
    ruler.at("blockquote", quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("blockquote", "quotation_end", quotation_end, {"alt": ["blockquote"]})
