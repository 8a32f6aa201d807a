"""Definitions of links and of footnotes, none of which may make text vanish."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

LABELLED_LINKS = frozenset({"link_open", "image"})


def link_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: as the library's, but a second definition of a label is text, and the source is kept."""
    if state.src.startswith("[^", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    known = len(state.env.get("references", ()))
    if not reference(state, start_line, end_line, silent):
        return False
    if silent:
        return True
    definitions = state.env["references"]
    if len(definitions) == known:
        state.line = start_line
        return False
    token = state.push("definition", "", 0)
    token.content = state.getLines(start_line, state.line, state.blkIndent, False).strip()
    token.meta = {"label": next(reversed(definitions))}
    return True


def show_unused_definitions(state: StateCore) -> None:
    """Core rule: a definition that no link uses becomes a paragraph of what was typed."""
    if not any(token.type == "definition" for token in state.tokens):
        return
    used = set(_labels(state.tokens))
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type != "definition":
            tokens.append(token)
        elif token.meta["label"] not in used:
            del state.env["references"][token.meta["label"]]
            tokens.extend(_paragraph(token.content, state))
    state.tokens = tokens


def _labels(tokens: list[Token]) -> list[str]:
    """Labels of all links and images that were made from a definition."""
    labels: list[str] = []
    for token in tokens:
        if token.type in LABELLED_LINKS and "label" in token.meta:
            labels.append(token.meta["label"])
        labels.extend(_labels(token.children or []))
    return labels


def _paragraph(content: str, state: StateCore) -> list[Token]:
    children: list[Token] = []
    state.md.inline.parse(content, state.md, state.env, children)
    return [
        Token("paragraph_open", "p", 1, block=True),
        Token("inline", "", 0, children=children, content=content, block=True),
        Token("paragraph_close", "p", -1, block=True),
    ]


def footnote_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: as the plugin's, but a second note of a label, or one inside a note, is text.

    The plugin loses the text of both.
    """
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("[^", start, end):
        return False
    if state.env.get("inside_footnote") and state.sCount[start_line] >= state.blkIndent:
        return False
    if silent:
        return footnote_def(state, start_line, end_line, silent)
    if ":" + state.src[start + 2 : end].partition("]")[0] in _footnotes(state):
        return False
    state.env["inside_footnote"] = True
    try:
        return footnote_def(state, start_line, end_line, silent)
    finally:
        state.env["inside_footnote"] = False


def _footnotes(state: StateBlock | StateCore) -> dict[str, int]:
    """Labels of notes, with the number of each, or -1 for one that nothing refers to."""
    notes: dict[str, int] = state.env.get("footnotes", {}).get("refs", {})
    return notes


def show_unused_footnotes(state: StateCore) -> None:
    """Core rule: a note that nothing refers to stands after the others. The plugin would drop it."""
    for label, number in _footnotes(state).items():
        if number < 0:
            listed = state.env["footnotes"]["list"]
            state.env["footnotes"]["refs"][label] = len(listed)
            listed[len(listed)] = {"label": label[1:], "count": 0}


def install_definitions(parser: MarkdownIt) -> None:
    """Keep definitions in sight that nothing uses."""
    parser.options["store_labels"] = True
    parser.block.ruler.at("reference", link_definition)
    parser.core.ruler.after("inline", "unused_definitions", show_unused_definitions)


def install_footnotes(parser: MarkdownIt) -> None:
    """Footnotes by `[^label]`; those inside the text, `^[...]`, are off: they can nest without bound."""
    parser.use(footnote_plugin, inline=False)
    parser.block.ruler.at("footnote_def", footnote_definition, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.before("footnote_tail", "unused_footnotes", show_unused_footnotes)
