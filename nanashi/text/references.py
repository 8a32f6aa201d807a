"""References to entries: `anond:<id>`, `>><id>`, `/e/<id>` and the diary's own addresses."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it.token import Token

from nanashi.text.anchors import ENTRY_ID, OLD_ID, PUBLIC_ID, entry_path
from nanashi.text.passage import Passage
from nanashi.text.visible import ADDRESS_MARKUP

_REFERENCE = re.compile(rf"(?:(?<![0-9A-Za-z])anond:|>>|(?<![0-9A-Za-z/._~\-])/e/)(?P<id>{ENTRY_ID})")
_AT_START = re.compile(rf"(?:\s*>>{ENTRY_ID})+")
_SIGNS = ("anond:", ">>", "/e/", "://")
"""Without one of these a text refers to nothing."""


def references_in(source: str, sites: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Ids of entries that `source` may refer to, each once: those that `render` reports, perhaps more.

    `sites` are address prefixes that count as this diary's own. Looks at the text without parsing it, so ids
    in code are among them.
    """
    return tuple(dict.fromkeys(found["id"] for found in _likely(sites).finditer(source)))


def answered_at_start(source: str) -> tuple[str, ...]:
    """Ids of the entries that a text answers because it begins with them: `>>20260611-k7m2xq`, one or several."""
    beginning = _AT_START.match(source)
    return tuple(
        dict.fromkeys(found["id"] for found in _REFERENCE.finditer(beginning[0] if beginning else ""))
    )


def mark_references(passage: Passage) -> None:
    """Make tokens of references, and note their ids; those to entries that are here get an address."""
    for token in passage.tokens:
        if token.type == "inline" and any(sign in token.content for sign in _SIGNS):
            token.children = list(_marked(token.children or [], passage))


def _marked(children: list[Token], passage: Passage) -> Iterator[Token]:
    """The tokens with references among them; nothing is looked for inside links."""
    remaining = iter(children)
    for child in remaining:
        if child.type == "text":
            yield from _split(child, passage)
        elif child.type != "link_open":
            yield child
        else:
            link = [child, *_until_link_close(remaining)]
            written = _written_id(link, passage.sites)
            yield from [_reference(link[1].content, written, passage)] if written else link


def _until_link_close(remaining: Iterator[Token]) -> Iterator[Token]:
    for child in remaining:
        yield child
        if child.type == "link_close":
            return


def _written_id(link: list[Token], sites: tuple[str, ...]) -> str:
    """The id in a link that is the address of one of this diary's entries; "" when it is none."""
    if not sites or link[0].markup not in ADDRESS_MARKUP:
        return ""
    found = _entry_address(sites).fullmatch(link[1].content)
    return (found["id"] or found["old"]) if found else ""


def _split(text: Token, passage: Passage) -> Iterator[Token]:
    """A text token as texts and references."""
    end = 0
    for found in _REFERENCE.finditer(text.content):
        if found.start() > end:
            yield Token("text", "", 0, content=text.content[end : found.start()])
        yield _reference(found[0], found["id"], passage)
        end = found.end()
    if end == 0:
        yield text
    elif end < len(text.content):
        yield Token("text", "", 0, content=text.content[end:])


def _reference(typed: str, written: str, passage: Passage) -> Token:
    passage.references[written] = None
    token = Token("entry_reference", "", 0, content=typed)
    if written in passage.known:
        token.attrs = {"href": entry_path(passage.known[written])}
    return token


@lru_cache(maxsize=16)
def _entry_address(sites: tuple[str, ...]) -> re.Pattern[str]:
    """The whole address of an entry on one of these sites."""
    return re.compile(rf"{_any_of(sites)}/(?:e/(?P<id>{ENTRY_ID})|(?P<old>{OLD_ID}))")


@lru_cache(maxsize=16)
def _likely(sites: tuple[str, ...]) -> re.Pattern[str]:
    """Whatever looks like a reference, no matter what stands behind its id."""
    own = rf"|{_any_of(sites)}/" if sites else ""
    return re.compile(rf"(?:anond:|>>|/e/{own})(?P<id>{OLD_ID}|{PUBLIC_ID})")


def _any_of(sites: tuple[str, ...]) -> str:
    """Pattern of how addresses on these sites begin, by http or https, with their h or without."""
    places = "|".join(re.escape(site.split("://")[-1].rstrip("/")) for site in sites)
    return rf"(?i:h?ttps?://(?:{places}))"
