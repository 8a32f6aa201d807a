"""The words of the language, in English and Japanese. Everything that is spelled two ways is here."""

from __future__ import annotations

FUNCTIONS: dict[str, tuple[str, ...]] = {
    "sqrt": ("sqrt", "平方根"),
    "exp": ("exp", "指数"),
    "ln": ("ln", "自然対数"),
    "log10": ("log10", "常用対数"),
    "abs": ("abs", "絶対値"),
    "min": ("min", "最小"),
    "max": ("max", "最大"),
    "floor": ("floor", "切り捨て"),
    "round": ("round", "四捨五入"),
    "clip": ("clip", "範囲内"),
    "sum": ("sum", "総和", "合計"),
    "mean": ("mean", "平均"),
    "product": ("product", "総乗", "積"),
}
"""Functions by English name: the spellings, English first, the usual Japanese one second."""

SHAPES: dict[str, tuple[str, ...]] = {
    "normal": ("normal", "正規"),
    "lognormal": ("lognormal", "対数正規"),
    "share": ("share", "割合"),
    "uniform": ("uniform", "一様"),
    "loguniform": ("loguniform", "対数一様"),
    "triangular": ("triangular", "三角"),
    "beta": ("beta", "ベータ"),
    "exponential": ("exponential", "指数分布"),
    "poisson": ("poisson", "ポアソン"),
}
"""Shapes of distributions, spelled likewise."""

SPECIAL: dict[str, tuple[str, ...]] = {"P": ("P", "確率"), "one of": ("one of", "どれか")}
"""What stands before a bracket and is neither function nor shape."""

PARAMETERS: dict[str, tuple[str, ...]] = {
    "mean": ("mean", "平均"),
    "sd": ("sd", "標準偏差"),
    "median": ("median", "中央値"),
}
"""Names of parameters: `normal(mean=m, sd=s)`."""

BEFORE_BRACKET: dict[str, tuple[str, str]] = {
    spelling: (kind, name)
    for kind, table in (("FUNC", FUNCTIONS), ("SHAPE", SHAPES), ("SPECIAL", SPECIAL))
    for name, spellings in table.items()
    for spelling in spellings
}
"""Spelling before a bracket: its kind and English name."""

PARAMETER_WORDS: dict[str, str] = {
    spelling: name for name, spellings in PARAMETERS.items() for spelling in spellings
}

INFIX = frozenset(["to", "in", "or", "and", "not", "if", "then", "else", "from", "growing", "given", "when"])
"""English words that no name may contain as a whole word."""

RESERVED = frozenset({"年", "year"})
"""Words that cannot be names: the axis of the years, and what a Japanese writer would call it."""

ENGLISH_WORDS: dict[str, str] = {
    "to": "TO",
    "in": "IN",
    "or": "OR",
    "and": "AND",
    "not": "NOT",
    "if": "IF",
    "then": "THEN",
    "else": "ELSE",
    "from": "FROM",
    "growing": "GROWING",
    "given": "GIVEN",
    "year": "AXIS",
}
"""English words by the kind of their token."""

ENGLISH_PHRASES: tuple[tuple[str, str], ...] = (
    ("first year when", "FIRST"),
    ("yes with", "YES"),
    ("doubling every", "DOUBLING"),
    ("halving every", "HALVING"),
)
"""English words that stand together."""

JAPANESE_WORDS: tuple[tuple[str, str], ...] = (
    ("になる最初の年", "BECOMES"),
    ("となる最初の年", "BECOMES"),
    ("のときの", "WHEN"),
    ("の場合の", "WHEN"),
    ("でなければ", "ELSE"),
    ("そうでなければ", "ELSE"),
    ("でない", "DENIED"),
    ("または", "OR"),
    ("もし", "IF"),
    ("かつ", "AND"),
    ("なら", "THEN"),
    ("から", "KARA"),
    ("で2倍", "DOUBLES"),
    ("で二倍", "DOUBLES"),
    ("で倍増", "DOUBLES"),
    ("で半分", "HALVES"),
    ("で半減", "HALVES"),
    ("ごとに2倍", "DOUBLES"),
    ("毎に2倍", "DOUBLES"),
    ("ごとに半分", "HALVES"),
    ("毎に半分", "HALVES"),
    ("まで", "SKIPPED"),
    ("ではい", "LIKELY"),
    ("で はい", "LIKELY"),
    ("を", "WO"),
)
"""Japanese words by the kind of their token, longer before shorter where one begins another."""

PER_YEAR: tuple[str, ...] = ("毎年", "年間", "年に", "年")
"""Japanese words before a rate that is meant per year, longer before shorter."""

UNIT_ENDS: tuple[str, ...] = (
    *(word for word, _ in JAPANESE_WORDS if word),
    "になる",
    "となる",
    "のとき",
    "の場合",
    "で ",
    "で",
    "の",
)
"""Where a Japanese unit ends, as no space does it."""

LINE_WORDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "題"),
    "years": ("years", "期間"),
    "correlate": ("correlate", "相関"),
    "show": ("show", "表示"),
    "chart": ("chart", "図"),
    "outcome": ("outcome", "実績"),
    "based on": ("based on", "元"),
}
"""Words that start a line."""

SCALES: dict[str, str] = {"log": "log", "linear": "linear", "対数": "log", "線形": "linear"}
"""Scales of a chart."""

ANSWERS: dict[str, float] = {
    "yes": 1.0,
    "no": 0.0,
    "はい": 1.0,
    "いいえ": 0.0,
    "true": 1.0,
    "false": 0.0,
}
"""Outcomes of yes/no values."""

NEVER = frozenset({"never", "来ない", "起きない"})
"""Outcomes of events that did not come within the years."""

SOURCE_WORDS: tuple[str, ...] = ("source:", "出典:")
"""What begins a source in a note."""
