"""From the text that a writer typed to the HTML that is stored: the steps, and the way in.

A text is parsed once, when it is saved or linked again; pages show what these steps leave.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from nanashi.text.anchors import KEYWORD_CLASS, REFERENCE_CLASS, entry_path, keyword_path
from nanashi.text.characters import replace_forbidden, with_unix_line_ends
from nanashi.text.lexicon import Lexicon
from nanashi.text.markdown.parsers import INSTALLED, commonmark_parser, entry_parser
from nanashi.text.page_fit import shift_headings, turn_images_into_links
from nanashi.text.passage import Inset, Passage
from nanashi.text.placing import place_keyword_links
from nanashi.text.references import mark_references, references_in
from nanashi.text.sanitising import sanitise
from nanashi.text.stripping import strip_links
from nanashi.text.visible import read_blocks
from nanashi.text.weighing import Weigh

__all__ = [
    "DEVIATIONS",
    "KEYWORD_CLASS",
    "REFERENCE_CLASS",
    "STEPS",
    "Inset",
    "Rendered",
    "commonmark_parser",
    "entry_path",
    "keyword_path",
    "references_in",
    "render",
    "strip_links",
]


@dataclass(frozen=True)
class Rendered:
    """What a text becomes."""

    html: str
    """The sanitised body with keyword anchors."""
    keywords: frozenset[int]
    """Keys of the keywords that occur: linked places, `[[ ]]`, and words in code and in the text of links."""
    references: tuple[str, ...]
    """Ids of entries that the text refers to, as written, in order, each once, here or not."""
    plain: str
    """The visible text; blocks end with a line feed, cells with a tab."""
    own: str
    """The same without what is quoted: what an excerpt is made of."""
    insets: tuple[Inset, ...] = ()
    """The blocks that were set aside, in order."""


def parse(passage: Passage) -> None:
    """Markdown to tokens."""
    passage.environment = {"docId": passage.anchor}
    passage.tokens = entry_parser().parse(passage.source, passage.environment)


def clear_source(passage: Passage) -> None:
    """Characters that no page can carry become U+FFFD."""
    passage.source = replace_forbidden(with_unix_line_ends(passage.source))


def read_visible_text(passage: Passage) -> None:
    """What a reader sees, block by block."""
    passage.blocks = read_blocks(passage.tokens)


def write_plain_text(passage: Passage) -> None:
    """The visible text in one piece, and that of its writer."""
    blocks = iter(passage.blocks)
    parts: list[str] = []
    quoted: set[int] = set()
    depth = 0
    for token in passage.tokens:
        depth += token.nesting * (token.type in ("blockquote_open", "blockquote_close"))
        if token.type in ("inline", "fence"):
            parts.append(replace_forbidden(next(blocks).plain().removesuffix("\n")) + "\n")
            if depth:
                quoted.add(len(parts) - 1)
        elif token.type in ("th_close", "td_close"):
            parts[-1] = parts[-1][:-1] + "\t"
        elif token.type == "tr_close":
            parts[-1] = parts[-1][:-1] + "\n"
    passage.plain = "".join(parts).strip("\n")
    passage.own = "".join(part for at, part in enumerate(parts) if at not in quoted).strip("\n")


def set_fences_aside(passage: Passage) -> None:
    """Fenced blocks of the kind asked for give way to a placeholder; those in quotations and lists stay code."""
    if not passage.set_aside:
        return
    secret = secrets.token_hex(16)
    for token in passage.tokens:
        if token.type == "fence" and token.level == 0 and token.info.split()[:1] == [passage.set_aside]:
            placeholder = f"<p>{secret}-{len(passage.insets)}</p>"
            first_line = (token.map or [0])[0] + 2
            passage.insets.append(Inset(token.content, first_line, placeholder))
            token.type, token.content = "html_block", placeholder + "\n"


def write_html(passage: Passage) -> None:
    """Tokens to HTML."""
    parser = entry_parser()
    html: str = parser.renderer.render(passage.tokens, parser.options, passage.environment)
    passage.html = replace_forbidden(html)


STEPS: tuple[tuple[str, Callable[[Passage], None]], ...] = (
    ("forbidden characters", clear_source),
    ("parse", parse),
    ("headings", shift_headings),
    ("images", turn_images_into_links),
    ("entry references", mark_references),
    ("visible text", read_visible_text),
    ("keyword links", place_keyword_links),
    ("plain text", write_plain_text),
    ("blocks set aside", set_fences_aside),
    ("html", write_html),
    ("sanitise", sanitise),
)
"""The pipeline; each step takes up what the ones before it left in the passage."""

DEVIATIONS = (
    *INSTALLED,
    "forbidden characters",
    "headings",
    "images",
    "entry references",
    "backslash before a keyword",
    "destinations",
    "outgoing links",
    "language classes",
)
"""Names of all that the entry preset does otherwise than CommonMark; docs/markup.md has a reason for each."""


def render(  # noqa: PLR0913 - all but the source and the anchor have a default
    source: str,
    *,
    anchor: str,
    lexicon: Lexicon | None = None,
    known: Mapping[str, str] = {},
    unlinked: Collection[tuple[str, int | None]] = (),
    sites: tuple[str, ...] = (),
    boundaries: bool = True,
    set_aside: str = "",
    weigh: Weigh | None = None,
) -> Rendered:
    """Render one text.

    `anchor`, an entry's public id, is in the ids of headings and footnotes, so that many texts can share a
    page. `known` leads from an entry's id as written to the public id of an entry that is here. `unlinked`
    are places that the writer switched off: a headword and the ordinal, from 1, among the places of that
    keyword that could be links, or None for all of them. `sites` are address prefixes of this diary.
    Without a lexicon nothing is linked, not even `[[word]]`. `boundaries` off links inside other words too.
    Fenced blocks of the kind `set_aside` become insets, whose placeholders the caller replaces.
    `weigh` is what the diary has counted: with it the notable links have a class of their own.
    """
    passage = Passage(source, anchor, lexicon, known, unlinked, sites, boundaries, set_aside, weigh)
    for _, step in STEPS:
        step(passage)
    return Rendered(
        html=passage.html,
        keywords=frozenset(passage.keywords),
        references=tuple(passage.references),
        plain=passage.plain,
        own=passage.own,
        insets=tuple(passage.insets),
    )
