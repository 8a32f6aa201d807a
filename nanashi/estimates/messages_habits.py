"""Messages about what people write from habit."""

from __future__ import annotations

HABITS: dict[str, tuple[str, str]] = {
    "habit_about": (
        "`{written}` does not say how far it may be off; leave it away, or write an interval such as `2 to 3`",
        "`{written}` だけでは、どれほど外れうるかが分かりません。消すか、`2〜3` のような区間にしてください",
    ),
    "habit_between": ("an interval is written differently", "区間の書き方が違います"),
    "habit_first": (
        "`{written}` alone is no event; begin it with {write}",
        "`{written}` だけでは年になりません。{write} で始めてください",
    ),
    "habit_share_of": ("a probability is written differently", "確率の書き方が違います"),
    "habit_slashes": ("`//` begins no note", "`//` は注記の始まりではありません"),
    "habit_spread": ("`{written}` is written as an interval", "`{written}` は区間として書きます"),
    "growth_of_name": (
        "`{written}` grows per what?; put `/yr` behind its value, or write {write}",
        "`{written}` は何あたりの成長ですか。値のうしろに `/年` を付けるか、{write} と書いてください",
    ),
    "value_colon": (
        "no line begins with `{word}:`; for a value write {write}",
        "`{word}:` で始まる行はありません。値なら {write} と書いてください",
    ),
}
"""Template by code: English, Japanese."""
