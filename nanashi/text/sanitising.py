"""The one sanitiser. Whatever HTML is stored or shown of a text that people wrote has passed it."""

import re

import nh3

from nanashi.text.anchors import KEYWORD_CLASS, NOTABLE_CLASS, REFERENCE_CLASS
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
    "a": frozenset({KEYWORD_CLASS, NOTABLE_CLASS, REFERENCE_CLASS, "footnote-backref"}),
    "hr": frozenset({"footnotes-sep"}),
    "li": frozenset({"footnote-item"}),
    "ol": frozenset({"footnotes-list"}),
    "section": frozenset({"footnotes"}),
    "span": frozenset({REFERENCE_CLASS}),
    "sup": frozenset({"footnote-ref"}),
    "td": ALIGNMENTS,
    "th": ALIGNMENTS,
}

FIGURE_TAGS = TAGS | {
    "caption",
    "details",
    "figcaption",
    "figure",
    "img",
    "meter",
    "picture",
    "source",
    "summary",
}
FIGURE_ATTRIBUTES = {
    **ATTRIBUTES,
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "loading", "src"}),
    "meter": frozenset({"max", "value"}),
    "source": frozenset({"media", "srcset"}),
}
FIGURE_CLASSES = {
    **CLASSES,
    "figure": frozenset({"estimate"}),
    "p": frozenset({"estimate-actions", "later", "warning", "withdrawn", "wrong"}),
    "picture": frozenset({"chart"}),
    "span": frozenset({REFERENCE_CLASS, "based", "changed"}),
    "table": frozenset({"assumptions", "figures", "matters", "outcomes"}),
    "ul": frozenset({"problems"}),
}
CHART = re.compile(r"/chart/[0-9a-z-]+\.svg")
"""The only images that a page shows."""

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


def _only_charts(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("src", "srcset"):
        return value if CHART.fullmatch(value) else None
    return value


_FIGURE_CLEANER = nh3.Cleaner(
    tags=FIGURE_TAGS,
    attributes=FIGURE_ATTRIBUTES,
    allowed_classes=FIGURE_CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
    attribute_filter=_only_charts,
)


def clean_figure(html: str) -> str:
    """The figure of an estimate, which our own code wrote, with a longer list: charts of this diary's own, meters."""
    return _FIGURE_CLEANER.clean(html)


def sanitise(passage: Passage) -> None:
    """Clean what was written."""
    passage.html = clean(passage.html)
