"""Characters as typed, and what they are read as.

Every replacement is one character for one character, so that a place in the read text is the same place in
the text that the writer sees.
"""

from __future__ import annotations

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = str.maketrans(
    {
        "\u3000": " ",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "÷": "/",
        "∕": "/",
        "−": "-",
        "–": "-",
        "‐": "-",
        "‑": "-",
        "·": "*",
        "∗": "*",
        "≧": "≥",
        "≦": "≤",
        "～": "〜",
        "~": "〜",
        "∼": "〜",
        "、": ",",
        "，": ",",
        "｡": ".",
        "〔": "(",
        "〕": ")",
        "【": "[",
        "】": "]",
        "✕": "×",
        "✖": "×",
    }
)
_TABLE: dict[int, int | str | None] = {**_FULL_WIDTH, **_SIGNS}
_TABLE[ord("～")] = "〜"
_LONG_SOUND = re.compile("(?<=[0-9])ー(?=[0-9])")
"""What the key for `-` gives in a Japanese keyboard's usual mode."""


def as_read(text: str) -> str:
    """Return `text` with full-width and typographic signs replaced, character by character.

    `2～3 ＯＯＭ` is read as `2〜3 OOM`, `≧` as `≥`, `÷` as `/`, `−` and `–` as `-`; the length never changes.
    """
    return _LONG_SOUND.sub("-", text.translate(_TABLE))


def is_letter(char: str) -> bool:
    """Whether `char` may start a name: a letter of any script (kana and kanji too)."""
    return char.isalpha()


def is_word_char(char: str) -> bool:
    """Whether `char` may go on with a name: letters, digits, `_`, and marks that belong to letters."""
    return char == "_" or char.isalnum() or unicodedata.category(char)[0] == "M"


def is_ascii_word(char: str) -> bool:
    """Whether `char` is of a script that writes spaces between words, so that a word goes on with it."""
    if char < "\u0080":
        return char == "_" or char.isalnum()
    return is_word_char(char) and not is_japanese(char)


def is_japanese(char: str) -> bool:
    """Whether `char` is kana, kanji or the signs that are used like them; no spaces stand between words."""
    return (
        "\u3005" <= char <= "\u3007"
        or "\u3041" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or (
            "\uf900" <= char <= "\ufaff"
            or "\uff66" <= char <= "\uff9f"
            or "\U00020000" <= char <= "\U0003ffff"
        )
    )


def word_at(text: str, start: int) -> str:
    """The run of word characters at `start`, possibly empty."""
    end = start
    while end < len(text) and is_word_char(text[end]):
        end += 1
    return text[start:end]


def skip_spaces(text: str, start: int) -> int:
    """The first place at or after `start` that is no space."""
    while start < len(text) and text[start] == " ":
        start += 1
    return start
