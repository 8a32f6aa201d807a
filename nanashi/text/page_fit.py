"""What an entry's tokens need to stand on a page among other entries."""

from markdown_it.token import Token

from nanashi.text.passage import Passage
from nanashi.text.visible import text_of

LEVELS_OF_PAGE = 2
"""A page has h1 and h2 of its own."""
LOWEST_HEADING = 6


def shift_headings(passage: Passage) -> None:
    """Their place in the text's outline, below the page's own headings, and an id for each.

    The outline has no gaps: screen readers go through a page by levels, and a text may begin with any.
    """
    number = 0
    outline: list[int] = []
    for token in passage.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            outline = [*(above for above in outline if above < level), level]
            number += 1
            token.attrs["id"] = f"h-{passage.anchor}-{number}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(LEVELS_OF_PAGE + len(outline), LOWEST_HEADING)}"


def turn_images_into_links(passage: Passage) -> None:
    """No page loads an image that its writer names: a link to it, with the text that would stand for it."""
    for token in passage.tokens:
        if token.type == "inline" and "![" in token.content:
            token.children = _without_images(token.children or [])


def _without_images(children: list[Token]) -> list[Token]:
    kept: list[Token] = []
    open_links = 0
    for child in children:
        open_links += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "image":
            kept.append(child)
        elif open_links:
            kept.append(Token("text", "", 0, content=_alternative(child)))
        else:
            kept.extend(_link_to(child))
    return kept


def _link_to(image: Token) -> list[Token]:
    attributes = {"href": image.attrs["src"]}
    if "title" in image.attrs:
        attributes["title"] = image.attrs["title"]
    return [
        Token("link_open", "a", 1, attrs=attributes, markup="image"),
        Token("text", "", 0, content=_alternative(image)),
        Token("link_close", "a", -1),
    ]


def _alternative(image: Token) -> str:
    """The text that stands for an image, or its address where it has none."""
    children = [
        Token("text", "", 0, content=_alternative(child)) if child.type == "image" else child
        for child in image.children or ()
    ]
    return text_of(children) or str(image.attrs["src"])
