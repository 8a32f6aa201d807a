"""Emphasis that begins or ends at a Japanese bracket, and none in faces such as `(^_^)` and `(*^_^*)`."""

import unicodedata
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline, emphasis, strikethrough
from markdown_it.rules_inline.state_inline import Delimiter

InlineRule = Callable[[StateInline, bool], bool]
AdjustDelimiters = Callable[[list[Delimiter], str, str], None]

_UNDERSCORE = ord("_")
_OPENING = "(（"
_CLOSING = ")）"
_NO_SIGNS = frozenset('"“”‘’「」『』[]{}&!$#\\`~' + _OPENING + _CLOSING)
"""What stands beside emphasis for a reason of its own: quotation marks, brackets, markup."""
_LETTERS_OF_FACES = frozenset("ﾟﾞ")


def adjusting(rule: InlineRule, *adjustments: AdjustDelimiters) -> InlineRule:
    """The same rule for delimiters; the characters beside them then say what each may open and close."""

    def adjusted_rule(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        if delimiters := state.delimiters[count:]:
            before = state.src[start - 1] if start else " "
            after = state.src[state.pos] if state.pos < state.posMax else " "
            for adjust in adjustments:
                adjust(delimiters, before, after)
        return True

    return adjusted_rule


def allow_beside_wide_letters(delimiters: list[Delimiter], before: str, after: str) -> None:
    """A Chinese, Japanese or Korean letter is as good as a space.

    CommonMark lets `**` between punctuation and a letter neither open nor close, since English puts a space
    there. Japanese puts none, and `**「研究」**は` would stay as typed.
    """
    opens = _is_punctuation(after) and _is_wide_letter(before)
    closes = _is_punctuation(before) and _is_wide_letter(after)
    for delimiter in delimiters:
        if delimiter.marker != _UNDERSCORE:
            delimiter.open = delimiter.open or opens
            delimiter.close = delimiter.close or closes


def forbid_in_faces(delimiters: list[Delimiter], before: str, after: str) -> None:
    """Nothing opens between two signs, between a parenthesis and a sign, or before a closing parenthesis."""
    face = after in _CLOSING or (_is_sign(after) and (_is_sign(before) or before in _OPENING))
    for delimiter in delimiters:
        delimiter.open = delimiter.open and not face


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_wide_letter(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in ("W", "F", "H")
    return wide and not _is_punctuation(character) and not isWhiteSpace(ord(character))


def _is_sign(character: str) -> bool:
    """Whether faces are made of it: neither a letter nor a space, a bracket or a quotation mark."""
    if character in _LETTERS_OF_FACES:
        return True
    return not character.isalnum() and not character.isspace() and character not in _NO_SIGNS


def install_emphasis(parser: MarkdownIt) -> None:
    """Emphasis and strikethrough beside Japanese brackets, and none in faces."""
    ruler = parser.inline.ruler
    ruler.at("emphasis", adjusting(emphasis.tokenize, allow_beside_wide_letters, forbid_in_faces))
    ruler.at("strikethrough", adjusting(strikethrough.tokenize, allow_beside_wide_letters))
