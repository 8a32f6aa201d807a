"""Keyword links in a whole HTML document: its text is linked, its markup is not looked into.

The document is parsed and written again by lexbor (selectolax), as a browser would read it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nanashi.text.anchors import KEYWORD_CLASS
from nanashi.text.lexicon import Lexicon
from nanashi.text.linking import Link, keyword_address, link

UNLINKED = frozenset(("a", "code", "pre", "kbd", "samp", "script", "style", "textarea", "title", "noscript"))
"""Elements whose text gets no link. It is still what stands beside the text around it."""

# Elements that do not end a line of text: a word can go on from one into the next.
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
        ),
        *(
            "label",
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "u",
            "var",
            "wbr",
        ),
    ]
)


class _Text(NamedTuple):
    node: LexborNode
    text: str
    linked: bool


def link_html(
    source: str | bytes,
    lexicon: Lexicon,
    *,
    boundaries: bool = True,
    href: Callable[[Link], str] = keyword_address,
) -> str:
    """An HTML document with an anchor around each keyword in its text, but for the text in UNLINKED elements.

    Word boundaries are judged in a block's whole text, over its inline elements; a keyword that crosses the edge
    of one is not linked. Errors in the markup are mended as browsers do. Bytes are read in the encoding that the
    document names, and what comes back names UTF-8.
    """
    parser = LexborHTMLParser(source, encoding=True)
    if isinstance(source, bytes):
        _name_utf8(parser)
    if parser.root is None:
        return ""
    for block in _blocks(parser.root):
        found = link("".join(part.text for part in block), lexicon, boundaries=boundaries)
        if found:
            _place(parser, block, found, href)
    return parser.html or ""


def _name_utf8(parser: LexborHTMLParser) -> None:
    """Have the document name the encoding that it will be written in."""
    for node in parser.css("meta[charset]"):
        node.attrs["charset"] = "utf-8"
    for node in parser.css("meta[http-equiv='content-type' i]"):
        node.attrs["content"] = "text/html; charset=utf-8"


def _blocks(root: LexborNode) -> list[list[_Text]]:
    """The text nodes of the document, in order, those together that stand in one line of text."""
    blocks: list[list[_Text]] = [[]]
    for step in _steps(root):
        if step is not None:
            blocks[-1].append(step)
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _steps(root: LexborNode) -> Iterator[_Text | None]:
    """Each text node, and None where a line of text ends."""
    open_nodes: list[tuple[LexborNode | None, bool]] = [(root, True)]
    while open_nodes:
        node, linked = open_nodes.pop()
        if node is None:
            yield None
            continue
        if node.next is not None and node is not root:
            open_nodes.append((node.next, linked))
        if node.is_text_node:
            yield _Text(node, node.text_content or "", linked)
        elif node.is_element_node:
            if node.tag not in _INLINE:
                yield None
                open_nodes.append((None, linked))
            if node.first_child is not None:
                open_nodes.append((node.first_child, linked and node.tag not in UNLINKED))


def _place(
    parser: LexborHTMLParser, block: list[_Text], links: list[Link], href: Callable[[Link], str]
) -> None:
    """Put the links that lie inside one text node of a block into it."""
    waiting = iter(links)
    found = next(waiting, None)
    at = 0
    for part in block:
        end = at + len(part.text)
        inside: list[Link] = []
        while found is not None and found.start < end:
            if part.linked and found.start >= at and found.end <= end:
                inside.append(found._replace(start=found.start - at, end=found.end - at))
            found = next(waiting, None)
        if inside:
            _split(parser, part, inside, href)
        at = end


def _split(parser: LexborHTMLParser, part: _Text, links: list[Link], href: Callable[[Link], str]) -> None:
    """Put text, anchors and text in the place of a text node."""
    at = 0
    for found in links:
        part.node.insert_before(part.text[at : found.start])
        anchor = parser.create_node("a")
        anchor.attrs["class"] = KEYWORD_CLASS
        anchor.attrs["href"] = href(found)
        anchor.insert_child(part.text[found.start : found.end])
        part.node.insert_before(anchor)
        at = found.end
    part.node.insert_before(part.text[at:])
    part.node.decompose()
