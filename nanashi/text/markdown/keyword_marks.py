"""`[[word]]` and `[[word|shown text]]`: links to keywords that the writer made by hand."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST_MARK = 200
"""Characters of a marked word and of its shown text; longer ones are no marks."""

MARK = re.compile(
    rf"\[\[(?P<word>[^\[\]|\n]{{1,{LONGEST_MARK}}}?)(?:\\?\|(?P<shown>[^\[\]\n]{{1,{LONGEST_MARK}}}))?\]\]"
)
"""The backslash that other Markdown wants before a `|` in a table may stand there."""
_UNMARKABLE = frozenset({"", ".", ".."})


def keyword_mark(state: StateInline, silent: bool) -> bool:
    """Inline rule: a token with the word in `meta` and the shown text as content."""
    if not state.src.startswith("[[", state.pos):
        return False
    found = MARK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    word = found["word"].strip()
    shown = word if found["shown"] is None else found["shown"].strip()
    if word in _UNMARKABLE or not shown:
        return False
    if not silent:
        token = state.push("keyword_mark", "", 0)
        token.content = shown
        token.meta = {"word": word}
    state.pos = found.end()
    return True


def install_keyword_marks(parser: MarkdownIt) -> None:
    """Read the marks before links."""
    parser.inline.ruler.before("link", "keyword_mark", keyword_mark)
