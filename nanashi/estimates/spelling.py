"""Remedies in Japanese spelling: what is offered in a Japanese message can be pasted in as it stands."""

from __future__ import annotations

import re

from nanashi.estimates.words import FUNCTIONS, SHAPES

_BRACKETED = {tables[0]: tables[1] for tables in (*FUNCTIONS.values(), *SHAPES.values())}
_PARAMETERS = {"mean=": "平均=", "sd=": "標準偏差=", "median=": "中央値="}
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\byears: (\d+) to (\d+)", r"期間: \1〜\2年"),
    (r"^( ?)(\d{4}) to (\d{4})$", r"\1\2〜\3年"),
    (r"\bone of\(", "どれか("),
    (r"\bbased on >>", "元 >>"),
    (r"^result = $", "結果 = "),
    (r"(?<=[\d)\]%円人万億兆千桁倍\w]) to (?=[\d(.-])", "〜"),
    (r"(?<=%) or (?=\d)|(?<=\S) or (?=\d+%:)", " または "),
    (r" and ", " かつ "),
    (r" then ", " なら "),
    (r" else ", " でなければ "),
    (r"(?<=\d) month\b", "か月"),
    (r"(?<=\d) min\b", "分"),
    (r"%/yr\b", "%/年"),
    (r" on (\d{4}-\d{2}-\d{2})", r"(\1)"),
    (r"= yes\b", "= はい"),
    (r"= no\b", "= いいえ"),
)


def in_japanese(text: str) -> str:
    """`text` (a part of an estimate in English) as a Japanese writer would write it; it means the same."""
    for word, spelled in _BRACKETED.items():
        text = re.sub(rf"\b{word}\(", f"{spelled}(", text)
    for word, spelled in _PARAMETERS.items():
        text = text.replace(word, spelled)
    for pattern, spelled in _PHRASES:
        text = re.sub(pattern, spelled, text)
    return text
