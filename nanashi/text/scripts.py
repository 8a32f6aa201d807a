"""What the script of two neighbouring characters says about a word boundary between them.

All of it speaks of normalised text (`nanashi.text.normal`): no half-width kana, no full-width Latin.
"""

import re
from enum import IntEnum

KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HIRAGANA = "\u3041-\u3096\u309d-\u309f"
KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
JAPANESE = KATAKANA + HIRAGANA + KANJI

LONG_VOWEL = "ー"
# Small katakana, the long vowel and the marks of repetition belong to what is before them.
CLINGING = "ャュョヮァィゥェォー々ゝゞヽヾ"
# Katakana that stand for a counter beside kanji (5ヶ月, 霧ケ峰, 6カ国): a change of script says nothing there.
COUNTING = "ヶケヵカ"

_CACHED_PAIRS = 50_000
_KIND = re.compile(f"([{KATAKANA}])|([{HIRAGANA}])|([{KANJI}])|(\\w)|(\\s)|(.)", re.DOTALL)
_KINDS = "KHCLSP"


class Verdict(IntEnum):
    """Whether a word may begin or end between two characters."""

    BOUNDARY = 1
    INSIDE = 2
    ASK = 3
    """Only the tokenizer can tell."""
    ASK_KATAKANA = 4
    """Between two katakana: their run alone is to be judged."""


def kind(character: str) -> str:
    """K katakana, H hiragana, C kanji, L letter or digit of another script, S white space, P anything else."""
    found = _KIND.match(character)
    return _KINDS[found.lastindex - 1] if found and found.lastindex else "P"


class _Verdicts(dict[str, Verdict]):
    """Verdicts by pair of characters, each worked out once."""

    def __missing__(self, pair: str) -> Verdict:
        verdict = _verdict(pair[0], pair[1])
        if len(self) < _CACHED_PAIRS:
            self[pair] = verdict
        return verdict


verdicts = _Verdicts()


def _verdict(before: str, after: str) -> Verdict:
    change = kind(before) + kind(after)
    if change == "KK":
        return Verdict.ASK_KATAKANA
    if change == "PP":
        return Verdict.ASK
    if not set(change) <= set("KHC"):
        return Verdict.INSIDE if change == "LL" else Verdict.BOUNDARY
    if after in CLINGING:
        return Verdict.INSIDE
    decided = (
        (change == "KH" and after != "っ" and before != LONG_VOWEL)
        or (change == "HK" and after not in COUNTING)
        or (change == "KC" and before not in COUNTING)
    )
    return Verdict.BOUNDARY if decided else Verdict.ASK
