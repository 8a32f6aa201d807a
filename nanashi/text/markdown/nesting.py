"""A bound on how deep blocks nest."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from nanashi.text.markdown.shielding import BlockRule

NESTING_LIMIT = 16
"""Levels of blocks in blocks: 16 quotations, or 8 lists with their items. What is typed deeper is text.

The library drops the text of what is nested deeper than its own limit of 20, which also bounds its time.
"""

_INTERRUPTED = {
    "blockquote": ["paragraph", "reference", "blockquote", "list"],
    "deflist": ["paragraph", "reference", "blockquote"],
    "footnote_def": ["paragraph", "reference"],
    "list": ["paragraph", "reference", "blockquote"],
}
"""The rules that open a block for blocks, with the blocks that each of them ends, as the library has them."""


def within_limit(rule: BlockRule) -> BlockRule:
    """The same rule, which opens no block where the limit is reached."""

    def limited_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        return state.level < NESTING_LIMIT and rule(state, start_line, end_line, silent)

    return limited_rule


def install_nesting_limit(parser: MarkdownIt) -> None:
    """Bound the rules that open a block for blocks; to be called once they are all there."""
    ruler = parser.block.ruler
    rules = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    for name, interrupted in _INTERRUPTED.items():
        ruler.at(name, within_limit(rules[name]), {"alt": interrupted})
