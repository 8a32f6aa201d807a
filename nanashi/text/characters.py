"""Characters that no page and no feed can carry."""

import re
import unicodedata

REPLACEMENT = "\ufffd"

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Controls but tab and line feed, lone surrogates and noncharacters: what XML 1.0 (2.2, Char) or the HTML
standard (13.2.3.5, preprocessing the input stream) does not allow in a document. Noncharacters above U+FFFF,
which XML allows, are left: a set with them takes sixteen times as long to look for."""

_SEEN = frozenset("LNPS")
"""Unicode's letters, numbers, punctuation and symbols; private use, which has no meaning here, is not among them."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol that are drawn as nothing: the fillers of Hangul, the Braille pattern without dots."""


def replace_forbidden(text: str) -> str:
    """`text` with each character that HTML or XML forbids as U+FFFD; its length stays."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def is_one_line(text: str) -> bool:
    """Whether a text stands on one line of pages and feeds: without controls, tabs and line feeds."""
    return text.isprintable() or (replace_forbidden(text) == text and "\n" not in text and "\t" not in text)


def is_visible(text: str) -> bool:
    """Whether anything of `text` can be seen: white space, controls, formats and lone marks alone cannot."""
    return any(unicodedata.category(one)[0] in _SEEN and one not in _BLANK for one in text)


def with_unix_line_ends(text: str) -> str:
    """`text` with CRLF and CR as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
