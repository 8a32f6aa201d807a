"""The text that a reader sees, block by block, and which stretches of it may carry a link."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from markdown_it.token import Token

BARRIER = "\n"
"""Stands in the matched text for what is no word: line breaks, addresses, references, footnote numbers."""
ADDRESS_MARKUP = frozenset({"bare", "autolink"})
"""Links whose text is their own address."""


class Kind(Enum):
    """What a stretch of visible text is to keywords."""

    TEXT = "linked"
    LINK_TEXT = "counted: it is a link already"
    CODE = "counted: it is code"
    MARK = "linked by the writer"
    MARK_IN_LINK = "counted: the writer's, inside a link"


@dataclass(slots=True)
class Node:
    """A stretch of visible text; a keyword's place lies inside one node.

    Offsets count in the matched text of all blocks, with a barrier between two.
    """

    token: Token
    start: int
    end: int
    kind: Kind
    escapes: dict[int, bool] = field(default_factory=dict)
    """Offsets of characters directly behind a backslash of the source; is the backslash shown so far?"""


@dataclass(slots=True)
class Block:
    """The visible text of one paragraph, heading, cell or piece of code."""

    token: Token
    nodes: list[Node]
    matched: str
    """The text in which keywords are looked for."""
    pieces: list[Token | str]

    def plain(self) -> str:
        """The text as it is shown, once the links are placed."""
        return "".join(piece if isinstance(piece, str) else piece.content for piece in self.pieces)


def read_blocks(tokens: Iterable[Token]) -> list[Block]:
    """The visible text of each inline token and fence; text tokens that stand side by side become one."""
    blocks: list[Block] = []
    offset = 0
    for token in tokens:
        if token.type == "inline":
            blocks.append(_Reader(token, offset).block)
        elif token.type == "fence":
            code = Node(token, offset, offset + len(token.content), Kind.CODE)
            blocks.append(Block(token, [code], token.content, [token]))
        else:
            continue
        offset += len(blocks[-1].matched) + len(BARRIER)
    return blocks


def matched_text(blocks: Iterable[Block]) -> str:
    """The text of all blocks in which keywords are looked for."""
    return BARRIER.join(block.matched for block in blocks)


def text_of(children: list[Token]) -> str:
    """The visible text of inline tokens, without their markup."""
    return _Reader(Token("inline", "", 0, children=children), 0).block.plain()


class _Reader:
    """Reads one inline token's children from left to right."""

    def __init__(self, token: Token, offset: int) -> None:
        self._offset = offset
        self._matched: list[str] = []
        self._address_links: list[bool] = []
        """For each link that is open: is its text its address?"""
        self._children: list[Token] = []
        self._text_node: Node | None = None
        self._text_from = 0
        """Where in `_matched` the open text node begins."""
        self.block = Block(token, [], "", [])
        for child in token.children or ():
            if child.type in ("text", "text_special") and not any(self._address_links):
                self._take_text(child)
            else:
                self._end_text()
                self._take(child)
        self._end_text()
        token.children = self._children
        self.block.matched = "".join(self._matched)

    def _take_text(self, child: Token) -> None:
        node = self._text_node
        if node is None:
            self._text_from = len(self._matched)
            kind = Kind.LINK_TEXT if self._address_links else Kind.TEXT
            node = self._text_node = self._add_node(Token("text", "", 0), kind)
        self._advance(child.content)
        if child.info == "escape":
            node.escapes[self._offset - 1] = len(child.content) > 1

    def _end_text(self) -> None:
        node, self._text_node = self._text_node, None
        if node is not None:
            node.token.content = "".join(self._matched[self._text_from :])
            node.end = self._offset

    def _take(self, child: Token) -> None:
        match child.type:
            case "softbreak" | "hardbreak":
                self._add_barrier(child, "\n")
            case "code_inline":
                self._add_code_or_mark(child, Kind.CODE)
            case "keyword_mark":
                self._add_code_or_mark(child, Kind.MARK_IN_LINK if self._address_links else Kind.MARK)
            case "entry_reference" | "text" | "text_special":
                self._add_barrier(child, child.content)
            case "footnote_ref":
                self._add_barrier(child, f"[{child.meta['id'] + 1}]")
            case "link_open":
                self._address_links.append(child.markup in ADDRESS_MARKUP)
                self._children.append(child)
            case "link_close":
                self._address_links.pop()
                self._children.append(child)
            case _:
                self._children.append(child)

    def _add_code_or_mark(self, token: Token, kind: Kind) -> None:
        node = self._add_node(token, kind)
        self._advance(token.content)
        node.end = self._offset

    def _add_node(self, token: Token, kind: Kind) -> Node:
        node = Node(token, self._offset, self._offset, kind)
        self.block.nodes.append(node)
        self.block.pieces.append(token)
        self._children.append(token)
        return node

    def _add_barrier(self, token: Token, shown: str) -> None:
        self._children.append(token)
        self.block.pieces.append(shown)
        self._advance(BARRIER)

    def _advance(self, text: str) -> None:
        self._matched.append(text)
        self._offset += len(text)
