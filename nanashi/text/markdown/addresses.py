"""Bare addresses: where they begin, where they end, and the h that people drop."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SCHEME_BEFORE = re.compile(r"(?<![0-9A-Za-z])[Hh]?[Tt][Tt][Pp][Ss]?\Z")
_LONGEST_SCHEME = len("https")
_ASCII = r"[0-9A-Za-z\-._~:/?@!$&'()*+,;=%]"
_LETTER = r"(?:(?![\u3041-\u3096\u309d-\u309f])[^\W\x00-\x7f]|[\u3099\u309a])"
"""A letter beyond ASCII that is no hiragana, or a voicing mark that belongs to the letter before it."""
_WORD = rf"(?<=[/=_\-]){_LETTER}(?:{_LETTER}|[0-9A-Za-z.~%])*"
_ADDRESS = re.compile(
    r"[Hh]?[Tt][Tt][Pp][Ss]?://[0-9A-Za-z](?:[0-9A-Za-z._\-]*[0-9A-Za-z])?(?::[0-9]+)?"
    rf"(?:[/?](?:{_ASCII}|{_WORD})*)?(?:\#(?:{_ASCII}|\#)*)?"
)
_NOT_AT_END = frozenset("?!.,:;'*_~(#")


def address_at(text: str, start: int, end: int) -> str:
    """The address that begins at `start`, without the punctuation and brackets behind it; else ""."""
    found = _ADDRESS.match(text, start, end)
    if found is None:
        return ""
    address = found[0]
    length, unopened = len(address), address.count(")") - address.count("(")
    while length:
        last = address[length - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in _NOT_AT_END:
            break
        elif last == "(":
            unopened += 1
        length -= 1
    return address[:length]


def with_scheme(address: str) -> str:
    """The address with the h that its writer dropped."""
    return address if address[0] in "Hh" else "h" + address


def bare_address(state: StateInline, silent: bool) -> bool:
    """Inline rule: at `://` behind a scheme, a link whose text is the address as typed."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME_BEFORE.search(state.src, max(0, state.pos - _LONGEST_SCHEME), state.pos)
    if scheme is None or not (silent or state.pending.endswith(scheme[0])):
        return False
    address = address_at(state.src, scheme.start(), state.posMax)
    target = state.md.normalizeLink(with_scheme(address)) if address else ""
    if not target or not state.md.validateLink(target):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": target}
        opening.markup = "bare"
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos = scheme.start() + len(address)
    return True


def install_bare_addresses(parser: MarkdownIt) -> None:
    """Link the addresses that people type without any markup."""
    parser.inline.ruler.before("newline", "bare_address", bare_address)
