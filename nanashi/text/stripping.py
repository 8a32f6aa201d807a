"""Stored HTML without its keyword anchors."""

import re

from nanashi.text.anchors import KEYWORD_CLASS

_KEYWORD_ANCHOR = re.compile(rf'<a class="{KEYWORD_CLASS}(?: {KEYWORD_CLASS}[^" ]*)*"[^>]*>([^<]*)</a>')


def strip_links(html: str) -> str:
    """`html`, as `render` gives it, without keyword anchors, whatever further classes they have.

    Byte for byte the HTML of the same text rendered with no lexicon, but for backslashes that were eaten
    before a keyword.
    """
    return _KEYWORD_ANCHOR.sub(r"\1", html)
