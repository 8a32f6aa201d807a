"""The one sanitiser. Whatever HTML is stored or shown of a text that people wrote has passed it."""

import nh3

from nanashi.text.anchors import KEYWORD_CLASS, REFERENCE_CLASS
from nanashi.text.passage import Passage

SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes that a link may have."""
TAGS = frozenset(
    {"a", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"pre", "s", "section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
ATTRIBUTES = {
    "*": frozenset[str](),
    "a": frozenset({"href", "id", "rel", "title"}),
    "h3": frozenset({"id"}),
    "h4": frozenset({"id"}),
    "h5": frozenset({"id"}),
    "h6": frozenset({"id"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
}
ALIGNMENTS = frozenset({"align-left", "align-center", "align-right"})
CLASSES = {
    "a": frozenset({KEYWORD_CLASS, REFERENCE_CLASS, "footnote-backref"}),
    "hr": frozenset({"footnotes-sep"}),
    "li": frozenset({"footnote-item"}),
    "ol": frozenset({"footnotes-list"}),
    "section": frozenset({"footnotes"}),
    "span": frozenset({REFERENCE_CLASS}),
    "sup": frozenset({"footnote-ref"}),
    "td": ALIGNMENTS,
    "th": ALIGNMENTS,
}

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
)


def clean(html: str) -> str:
    """`html` without tags, attributes, classes and schemes that are not listed here; stable when repeated."""
    return _CLEANER.clean(html)


def sanitise(passage: Passage) -> None:
    """Clean what was written."""
    passage.html = clean(passage.html)
