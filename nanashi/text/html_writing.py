"""From tokens to HTML, where ours differs from the library's."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote.index import render_footnote_anchor

from nanashi.text.anchors import KEYWORD_CLASS, NOTABLE_CLASS, REFERENCE_CLASS, keyword_path

_NOTABLE_CLASSES = f"{KEYWORD_CLASS} {NOTABLE_CLASS}"
OUTGOING_REL = "nofollow ugc noopener noreferrer"
_OUTGOING = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


def keyword_anchor(word: str, shown: str, *, notable: bool = False) -> str:
    """The link to a keyword's page."""
    return _keyword_anchor(word, escapeHtml(shown), notable)


def _keyword_anchor(word: str, shown: str, notable: bool) -> str:
    """The link around HTML. Nothing in the address needs to be escaped: it is percent-encoded."""
    classes = _NOTABLE_CLASSES if notable else KEYWORD_CLASS
    return f'<a class="{classes}" href="{keyword_path(word)}">{shown}</a>'


def _write_text(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Text with the keyword links that were placed in it."""
    token = tokens[index]
    text = token.content
    whole = escapeHtml(text)
    if not token.meta:
        return whole
    escaped = _as_it_is if whole == text else escapeHtml  # once for all pieces of most texts
    parts: list[str] = []
    written = 0
    notable = token.meta.get("notable", ())
    for number, (start, end, word) in enumerate(token.meta["links"]):
        parts.append(escaped(text[written:start]))
        parts.append(_keyword_anchor(word, escaped(text[start:end]), number in notable))
        written = end
    parts.append(escaped(text[written:]))
    return "".join(parts)


def _as_it_is(text: str) -> str:
    return text


def _write_mark(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    word = token.meta.get("links_to")
    if word is None:
        return escapeHtml(token.content)
    return keyword_anchor(word, token.content, notable="notable" in token.meta)


def _write_reference(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    tag = "a" if token.attrs else "span"
    attributes = renderer.renderAttrs(token)
    return f'<{tag} class="{REFERENCE_CLASS}"{attributes}>{escapeHtml(token.content)}</{tag}>'


def _write_link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if _OUTGOING.match(str(token.attrs["href"])):
        token.attrs["rel"] = OUTGOING_REL
    return renderer.renderToken(tokens, index, options, env)


def _write_cell_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Alignment as a class: the pages' security policy allows no style in an attribute."""
    token = tokens[index]
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = "align-" + style.removeprefix("text-align:")
    return renderer.renderToken(tokens, index, options, env)


def _write_footnote_anchor(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """The way back from a note, where there is a place to go back to."""
    note = env["footnotes"]["list"][tokens[index].meta["id"]]
    return render_footnote_anchor(renderer, tokens, index, options, env) if note["count"] else ""


def _write_nothing(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return ""


RENDER_RULES = {
    "definition": _write_nothing,
    "entry_reference": _write_reference,
    "footnote_anchor": _write_footnote_anchor,
    "keyword_mark": _write_mark,
    "link_open": _write_link_open,
    "td_open": _write_cell_open,
    "text": _write_text,
    "th_open": _write_cell_open,
}


def install_render_rules(parser: MarkdownIt) -> None:
    """Write the tokens that only we have, and those that we write in our own way."""
    for name, rule in RENDER_RULES.items():
        parser.add_render_rule(name, rule)
