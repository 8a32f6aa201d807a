"""Stored HTML without its keyword anchors."""

import re

from nanashi.text.anchors import KEYWORD_CLASS, MARKED_CLASS, NOTABLE_CLASS, keyword_path

KEYWORD_ANCHOR = re.compile(
    rf'<a class="{KEYWORD_CLASS}(?: {KEYWORD_CLASS}[^" ]*)*" href="(?P<path>[^"]*)"[^>]*>(?P<shown>[^<]*)</a>'
)
"""A keyword's anchor as `html_writing` writes it, whatever further classes it has."""
_NOTABLE = re.compile(rf'<a class="[^"]*\b{NOTABLE_CLASS}\b')


def strip_links(html: str) -> str:
    """`html`, as `render` gives it, without keyword anchors, whatever further classes they have.

    Byte for byte the HTML of the same text rendered with no lexicon, but for backslashes that were eaten
    before a keyword.
    """
    return KEYWORD_ANCHOR.sub(r"\g<shown>", html)


def mark_keyword(html: str, word: str) -> str:
    """`html` with a further class on the anchors of one keyword: its own page shows where it stands."""
    path = f'" href="{keyword_path(word)}"'
    for classes in (KEYWORD_CLASS, f"{KEYWORD_CLASS} {NOTABLE_CLASS}"):
        html = html.replace(f'<a class="{classes}{path}', f'<a class="{classes} {MARKED_CLASS}{path}')
    return html


def strip_quiet_links(html: str) -> str:
    """`html` with only those keyword anchors that are notable: for readers that apply no style, such as feeds'."""
    return KEYWORD_ANCHOR.sub(lambda found: found[0] if _NOTABLE.match(found[0]) else found["shown"], html)
