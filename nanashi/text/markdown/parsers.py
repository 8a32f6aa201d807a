"""Two parsers: CommonMark as it stands, and Markdown as diary people type it."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_block.fence import make_fence_rule
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin

from nanashi.text.html_writing import install_render_rules
from nanashi.text.markdown.addresses import install_bare_addresses
from nanashi.text.markdown.definitions import install_definitions, install_footnotes
from nanashi.text.markdown.emphasis import install_emphasis
from nanashi.text.markdown.keyword_marks import install_keyword_marks
from nanashi.text.markdown.nesting import install_nesting_limit
from nanashi.text.markdown.quotations import install_quotations
from nanashi.text.markdown.tables import install_tables
from nanashi.text.sanitising import SCHEMES


def commonmark_parser() -> MarkdownIt:
    """CommonMark 0.31.2, raw HTML and all; its output is for tests, not for pages."""
    parser = MarkdownIt("commonmark")
    parser.add_render_rule("blockquote_open", _write_blockquote_open)
    return parser


def _write_blockquote_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """An empty quotation has a line break in the specification, and none in the library."""
    return renderer.renderToken(tokens, index, options, env).rstrip("\n") + "\n"


_DESTINATION = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):|[/#]|\.\.?/", re.IGNORECASE)
"""How the destination of a link begins: `[研究](けんきゅう)` is a word with its reading."""


class _EntryMarkdown(MarkdownIt):
    """The library's parser with our rule for destinations; a link that is refused stays as typed."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return _DESTINATION.match(url) is not None

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name
        return link


def _line_breaks(parser: MarkdownIt) -> None:
    parser.options["breaks"] = True


def _no_indented_code(parser: MarkdownIt) -> None:
    parser.disable("code")


def _no_raw_html(parser: MarkdownIt) -> None:
    parser.options["html"] = False
    parser.disable(["html_block", "html_inline"])


def _tilde_fences(parser: MarkdownIt) -> None:
    rule = make_fence_rule(disallow_marker_in_info=("`", "~"))
    parser.block.ruler.at("fence", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _strikethrough(parser: MarkdownIt) -> None:
    parser.enable("strikethrough")


def paragraph_as_typed(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: as the library's, which takes away ideographic spaces at both ends; CommonMark does not."""
    if not paragraph(state, start_line, end_line, silent):
        return False
    first = state.src[state.bMarks[start_line] + state.tShift[start_line]]
    last = state.src[state.eMarks[state.line - 1] - 1]
    if first.isspace() or last.isspace():
        text = state.getLines(start_line, state.line, state.blkIndent, False)
        state.tokens[-2].content = text.strip(" \t\n")
    return True


INSTALLED: dict[str, Callable[[MarkdownIt], None]] = {
    "tables": install_tables,
    "strikethrough": _strikethrough,
    "footnotes": install_footnotes,
    "definition lists": deflist_plugin,
    "line breaks": _line_breaks,
    "indented code": _no_indented_code,
    "raw HTML": _no_raw_html,
    "tilde fences": _tilde_fences,
    "quotations": install_quotations,
    "nesting": install_nesting_limit,
    "link definitions": install_definitions,
    "emphasis": install_emphasis,
    "bare addresses": install_bare_addresses,
    "keyword marks": install_keyword_marks,
}
"""What the entry parser does otherwise than CommonMark, by name, in the order in which it is installed."""


@cache
def entry_parser() -> MarkdownIt:
    """The parser of entries, made once and used by all threads: it keeps nothing of what it parses.

    Its tokens still need the steps of `nanashi.text.markup`.
    """
    parser = _EntryMarkdown("commonmark", {"xhtmlOut": False})
    for install in INSTALLED.values():
        install(parser)
    parser.block.ruler.at("paragraph", paragraph_as_typed)
    parser.core.ruler.disable("text_join")
    install_render_rules(parser)
    parser.render("")
    return parser
