"""One text on its way from source to HTML: what it was given, and what the steps have made of it so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markdown_it.token import Token

from nanashi.text.lexicon import Lexicon
from nanashi.text.visible import Block
from nanashi.text.weighing import Weigh


class Inset(NamedTuple):
    """A fenced block that is set aside: what stands in its place is made elsewhere, after the sanitiser."""

    text: str
    """What stands between the fences."""
    first_line: int
    """Number of its first line in the source, from 1."""
    placeholder: str
    """The HTML that stands for it; it holds 128 random bits, so that no text can contain it."""


@dataclass(slots=True)
class Passage:
    """A text, the surroundings it is rendered in, and its state between two steps."""

    source: str
    anchor: str
    lexicon: Lexicon | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    unlinked: Collection[tuple[str, int | None]] = ()
    sites: tuple[str, ...] = ()
    boundaries: bool = True
    set_aside: str = ""
    """The kind of fenced block, the first word behind the fence, that is set aside; "" for none."""
    weigh: Weigh | None = None

    environment: dict[Any, Any] = field(default_factory=dict)
    """What the parser's rules share: definitions, footnotes."""
    tokens: list[Token] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """The visible text of each token that has any, in the tokens' order."""
    keywords: set[int] = field(default_factory=set)
    references: dict[str, None] = field(default_factory=dict)
    insets: list[Inset] = field(default_factory=list)
    plain: str = ""
    own: str = ""
    html: str = ""
