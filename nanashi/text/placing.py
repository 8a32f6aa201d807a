"""Where keywords stand in a text, and which of these places become links."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from itertools import chain

from markdown_it.token import Token

from nanashi.text.lexicon import Lexicon
from nanashi.text.linking import Link, link
from nanashi.text.passage import Passage
from nanashi.text.visible import Kind, Node, matched_text
from nanashi.text.weighing import Place, Weigh, notable_places


def place_keyword_links(passage: Passage) -> None:
    """Mark the places of keywords in the tokens, and note which keywords occur.

    Links are looked for in the visible text of all blocks at once, so that a word boundary is judged in its
    context and the tokenizer is called once; those that lie inside one node are kept.
    """
    if passage.lexicon is None:
        return
    text = matched_text(passage.blocks)
    links = link(text, passage.lexicon, boundaries=passage.boundaries)
    placing = _Placing(text, passage.lexicon, passage.unlinked)
    at = 0
    for node in chain.from_iterable(block.nodes for block in passage.blocks):
        while at < len(links) and links[at].start < node.start:
            at += 1
        first = at
        while at < len(links) and links[at].end <= node.end:
            at += 1
        placing.place(node, links[first:at])
    passage.keywords.update(placing.uses)
    if passage.weigh is not None:
        placing.mark_notable(passage.weigh)


class _Placing:
    """Goes through a text's nodes in order, counting each keyword's places."""

    def __init__(self, text: str, lexicon: Lexicon, unlinked: Collection[tuple[str, int | None]]) -> None:
        self._text = text
        self._lexicon = lexicon
        self._unlinked = frozenset(unlinked)
        self._ordinals: dict[str, int] = {}
        self._places: list[Place] = []
        self._anchors: list[tuple[Token, int]] = []
        """For each place the token that carries its link, and the link's number there."""
        self.uses: Counter[int] = Counter()
        """How often each keyword occurs, linked or not."""

    def place(self, node: Node, links: list[Link]) -> None:
        """Place the links inside a node."""
        if node.kind in (Kind.MARK, Kind.MARK_IN_LINK):
            self._place_mark(node)
        elif links:
            self._place_in(node, links)

    def _place_mark(self, node: Node) -> None:
        typed: str = node.token.meta["word"]
        spelling = self._lexicon.find(typed)
        word = typed if spelling is None else spelling.word
        if node.kind is Kind.MARK and self._is_off(word):
            return
        key = None if spelling is None else spelling.key
        if node.kind is Kind.MARK:
            node.token.meta["links_to"] = word
            self._places.append(Place(node.start, key, word, node.token.content, asked=True))
            self._anchors.append((node.token, 0))
        if key is not None:
            self.uses[key] += 1

    def _place_in(self, node: Node, links: list[Link]) -> None:
        kept = links
        eaten: list[int] = []
        if node.escapes:
            kept = [found for found in links if found.start not in node.escapes]
            eaten = [found.start - 1 for found in links if node.escapes.get(found.start)]
        if self._unlinked and node.kind is Kind.TEXT:
            kept = [found for found in kept if not self._is_off(found.word)]
        self.uses.update([found.key for found in kept])
        if node.kind is Kind.TEXT and kept:
            node.token.meta["links"] = _within(kept, node.start, eaten)
            self._places += [Place(at, key, word, self._text[at:end]) for at, end, word, key in kept]
            self._anchors += [(node.token, number) for number in range(len(kept))]
        if eaten:
            _eat(node.token, [offset - node.start for offset in eaten])

    def _is_off(self, word: str) -> bool:
        """Count one more place of this keyword; has the writer switched it off?"""
        if not self._unlinked:
            return False
        ordinal = self._ordinals[word] = self._ordinals.get(word, 0) + 1
        return (word, None) in self._unlinked or (word, ordinal) in self._unlinked

    def mark_notable(self, weigh: Weigh) -> None:
        """Note in the tokens which links are notable, once all are placed."""
        for index in notable_places(self._places, self.uses, weigh):
            token, number = self._anchors[index]
            token.meta.setdefault("notable", set()).add(number)


def _within(links: list[Link], node_start: int, eaten: list[int]) -> list[tuple[int, int, str]]:
    """The places of links in their node's text, once the backslashes before them are gone."""
    if not eaten:
        return [(start - node_start, end - node_start, word) for start, end, word, _ in links]
    shifts = [node_start + bisect_left(eaten, found.start) for found in links]
    return [
        (start - shift, end - shift, word) for (start, end, word, _), shift in zip(links, shifts, strict=True)
    ]


def _eat(token: Token, offsets: list[int]) -> None:
    """Take the backslashes at these offsets out of a text token."""
    characters = list(token.content)
    for offset in reversed(offsets):
        del characters[offset]
    token.content = "".join(characters)
