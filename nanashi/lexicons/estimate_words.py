"""The words of an estimate's figure, in the language of its entry: it is stored, so it cannot follow the reader."""

WORDS: dict[str, tuple[str, str]] = {
    "estimate": ("Estimate", "推定"),
    "based": ("With other numbers: based on", "別の数字での推定。元は"),
    "withdrawn": (
        "The estimate that this one was based on was withdrawn. What is left is what was changed:",
        "元の推定は取り下げられました。残っているのは変えた行だけです:",
    ),
    "absent": (
        "There is no entry >>{id} here (any more). What is left of this estimate is what was changed:",
        "元にした >>{id} の日記はここにありません（取り下げられたか、番号の誤りです）。残っているのは変えた行だけです:",
    ),
    "value": ("Value", "値"),
    "median": ("Median", "中央値"),
    "interval": ("90% interval", "90%区間"),
    "assumptions": ("Assumptions", "前提"),
    "written": ("As written", "書かれた値"),
    "shape": ("Shape", "分布"),
    "note": ("Note", "注記"),
    "source": ("source", "出典"),
    "changed": ("changed", "変更"),
    "matters": ("What matters most for", "結果を左右する前提:"),
    "outcome": ("Outcome", "実績"),
    "outcome_of": ("Value", "値"),
    "known": ("Known on", "判明した日"),
    "score": ("Score (lower is better)", "スコア（小さいほどよい）"),
    "inside": ("in the 90% interval", "90%区間の内"),
    "outside": ("outside the 90% interval", "90%区間の外"),
    "points": ("points", "ポイント"),
    "never": ("never", "来なかった"),
    "warnings": ("Note:", "注意:"),
    "text": ("The estimate as written", "書かれた推定"),
    "change": ("Change the numbers", "数字を変えてみる"),
    "language": ("How to read and write estimates", "推定の読み方と書き方"),
    "wrong": ("This estimate cannot be evaluated yet", "この推定はまだ計算できません"),
    "line": ("Line {line}, column {column}", "{line}行目{column}字目"),
    "later": ("The chart is drawn when the entry is posted.", "図は投稿したときに描かれます。"),
    "chart": ("Chart", "図"),
}
SHAPES: dict[str, tuple[str, str]] = {
    "number": ("fixed number", "決まった数"),
    "lognormal": ("lognormal", "対数正規"),
    "logit-normal": ("share (logit-normal)", "割合（ロジット正規）"),
    "normal": ("normal", "正規"),
    "uniform": ("uniform", "一様"),
    "loguniform": ("loguniform", "対数一様"),
    "triangular": ("triangular", "三角"),
    "beta": ("beta", "ベータ"),
    "exponential": ("exponential", "指数分布"),
    "poisson": ("Poisson", "ポアソン"),
    "mixture": ("mixture", "混合"),
    "choice": ("one of several", "どれか一つ"),
    "yes/no": ("yes or no", "はい・いいえ"),
}


def word(key: str, language: str) -> str:
    """A word of the figure."""
    return WORDS[key][language == "ja"]


def joined(middle: str, between: str, language: str) -> str:
    """A median with its interval behind it, where there is one."""
    if not between:
        return middle
    return f"{middle}（{between}）" if language == "ja" else f"{middle} ({between})"


def shape_name(shape: str, language: str) -> str:
    """What the shape of an assumption is called."""
    names = SHAPES.get(shape)
    return names[language == "ja"] if names else shape
