"""Which of the diary's two languages a text is in, for fonts and screen readers."""

import re

KANA_OR_KANJI = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]+")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""The shape of a tag such as en or zh-Hant (RFC 5646, as far as people write them)."""
LATIN = re.compile(r"[A-Za-z]+")
LATIN_PER_KANA = 6
"""An English text may quote a Japanese word; one kana or kanji says about as much as a few Latin letters."""


def language_of(text: str) -> str:
    """ "ja", "en", or "" where the text has letters of neither.

    >>> language_of("今日は雨"), language_of("Rain all day"), language_of("1 + 1 = 2")
    ('ja', 'en', '')
    """
    japanese = sum(map(len, KANA_OR_KANJI.findall(text)))
    latin = sum(map(len, LATIN.findall(text)))
    if not japanese and not latin:
        return ""
    return "ja" if japanese * LATIN_PER_KANA >= latin else "en"
