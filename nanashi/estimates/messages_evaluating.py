"""Messages about what can be read but not evaluated, and notices about what was evaluated."""

from __future__ import annotations

EVALUATING: dict[str, tuple[str, str]] = {
    "base_withdrawn": (
        "the estimate that this one is based on was withdrawn; write all lines that are needed here",
        "元の推定は取り下げられました。必要な行をすべてここに書いてください",
    ),
    "budget": (
        (
            "`{name}` makes this too much work for {samples} draws;"
            " take {fits} draws, fewer years or a shorter list"
        ),
        "`{name}` があるため {samples} 回では重すぎます。{fits} 回にするか、年数やリストを減らしてください",
    ),
    "correlate_formula": (
        "`{name}` is a formula, and only assumptions can be correlated; leave the line away",
        "`{name}` は式です。相関を付けられるのは前提だけです。この行を消してください",
    ),
    "correlate_impossible": (
        "no numbers can be correlated like this: {names}",
        "この相関の組は成り立ちません: {names}",
    ),
    "divide_zero": (
        "`{part}` may be zero or on both sides of it ({share} of the draws), so nothing can be divided by it",
        "`{part}` は0をまたぎます ({share}) ので、割り算ができません",
    ),
    "event_arithmetic": (
        "`{written}` calculates with an event, which may never come; compare it, or write {write}",
        "`{written}` は起きないかもしれない出来事で計算しています。比較にするか、{write} と書いてください",
    ),
    "exponent_unit": ("an exponent has no unit, this one has {unit}", "指数に単位 {unit} が付いています"),
    "first_scalar": (
        "`{written}` does not change over the years, so no year is the first",
        "`{written}` は年によって変わらないので、最初の年がありません",
    ),
    "function_unit": (
        "{function} takes a plain number, this has the unit {unit}",
        "{function} には単位のない数が要りますが、単位 {unit} があります",
    ),
    "given_never": (
        "`{part}` is true in no draw, so nothing can be said given it",
        "`{part}` が成り立つ回が一つもないので、条件付きの確率が求まりません",
    ),
    "growing_series": (
        "what grows must be one number, `{written}` is a series; pick a year: {write}",
        "伸びる元は一つの数です。`{written}` は系列なので、年を選んでください: {write}",
    ),
    "growth_below": (
        "the rate falls by all there is or more ({share} of the draws)",
        "成長率が -100% 以下になります ({share})",
    ),
    "growth_per_what": ("`{written}` grows per what?", "`{written}` は何あたりの成長ですか"),
    "growth_series": (
        "a growth rate is drawn once, `{written}` changes over the years; pick a year: {write}",
        "成長率は一度だけ決まります。`{written}` は系列なので、年を選んでください: {write}",
    ),
    "growth_unit": (
        "growth is in OOM, % or x per time, not in {unit}",
        "成長率は 桁、%、倍 の時間あたりです。{unit} は使えません",
    ),
    "halving_counted": (
        "`{part}` is a halving: in a sum or product it counts as a positive speed, in `growing` it falls",
        "`{part}` は半減です。和や積では正の速さとして数え、成長では減少になります",
    ),
    "list_and_series": (
        "`{written}` mixes a list and a series; pick a year of the series: {write}",
        "`{written}` はリストと系列が混ざっています。系列の年を選んでください: {write}",
    ),
    "list_lengths": (
        "the lists are of unlike lengths ({sizes}); make them alike, or write {write}",
        "リストの長さが違います ({sizes})。揃えるか、{write} と書いてください",
    ),
    "list_nested": (
        "`{written}` is no single number, so it cannot stand in a list",
        "`{written}` は一つの数ではないのでリストに入れられません",
    ),
    "log_negative": (
        "`{part}` may be zero or negative ({share} of the draws) and then has no logarithm",
        "`{part}` は0以下になり得ます ({share}) ので、対数がありません",
    ),
    "mean_unstable": (
        "the mean of `{name}` hangs on a few extreme draws and is not shown",
        "`{name}` の平均は少数の極端な値で決まるため表示しません",
    ),
    "not_condition": ("`{written}` is a number, not a condition", "`{written}` は数で、条件ではありません"),
    "outcome_series": (
        "`{name}` has no value in {year}; date the outcome within the years of the series: {write}",
        "`{name}` には{year}年の値がありません。期間内の日付にしてください: {write}",
    ),
    "outcome_list": (
        "`{name}` is a list and cannot be scored; leave the outcome away",
        "`{name}` はリストなので採点できません。実績の行を消してください",
    ),
    "outcome_yes": (
        "`{name}` is a yes/no value; its outcome is yes or no: {write}",
        "`{name}` は はい／いいえ の値です。実績は はい か いいえ です: {write}",
    ),
    "outcome_unit": (
        "the outcome is in {right}, the value in {left}",
        "実績の単位は {right}、値の単位は {left} です",
    ),
    "outcome_year": ("the outcome of an event is a year or never", "出来事の実績は年か never です"),
    "overflow": (
        "`{part}` overflows in {share} of the draws; make its exponents smaller, or count in OOM",
        "`{part}` が大きくなりすぎます ({share})。指数を小さくするか、桁 (OOM) で数えてください",
    ),
    "parameter_draws": (
        "`{part}` must be above zero (and not huge), which fails in {share} of the draws",
        "`{part}` は0より大きい (大きすぎない) 数でなければなりません ({share})",
    ),
    "period_positive": (
        "a time of doubling must be above zero, which fails in {share} of the draws",
        "倍増・半減の期間は0より大きくなければなりません ({share})",
    ),
    "period_unit": ("`{written}` is no length of time", "`{written}` は期間ではありません"),
    "pick_outside": (
        "{year} is outside the years {first} to {last}",
        "{year}年は期間 {first}〜{last}年の外です",
    ),
    "pick_scalar": (
        "`{written}` is the same every year, so no year can be picked",
        "`{written}` は年によらないので、年を選べません",
    ),
    "power_negative": (
        "a broken power of what may be negative ({share} of the draws)",
        "負になり得る数の、整数でない累乗です ({share})",
    ),
    "power_of_oom": (
        "only 10 can be raised to OOM, not as in `{written}`",
        "桁を指数にできるのは 10 だけです: `{written}`",
    ),
    "power_unit": (
        "a number with the unit {unit} can be raised to small whole numbers only",
        "単位 {unit} のある数は、小さい整数乗だけができます",
    ),
    "samples": (
        "{count} draws are outside {low} to {high}; choose a number within",
        "回数 {count} は {low}〜{high} の外です。この範囲で選んでください",
    ),
    "score_discrete": (
        "the outcome of `{name}` came up in no draw, so its log score is infinite",
        "`{name}` の実績はどの回にも現れなかったため、対数スコアは無限大です",
    ),
    "score_outside": (
        "the outcome of `{name}` lies outside all draws, so its log score cannot be told",
        "`{name}` の実績はすべての回の外にあり、対数スコアは求まりません",
    ),
    "set_formula": (
        (
            "`{name}` is a formula, and readers change assumptions only, such as {write};"
            " a reply may change any line"
        ),
        (
            "`{name}` は式です。変えられるのは前提だけです。例: {write}。"
            "式を変えるには返信の推定を書いてください"
        ),
    ),
    "sqrt_negative": (
        "`{part}` may be negative ({share} of the draws) and then has no root",
        "`{part}` は負になり得ます ({share}) ので、平方根がありません",
    ),
    "sqrt_unit": ("there is no root of the unit {unit}", "単位 {unit} の平方根はありません"),
    "unlike_units": (
        "{left} and {right} are unlike units",
        "単位 {left} と {right} は異なります",
    ),
    "weights_sum": (
        "the weights add up to {sum} and were scaled to 100%",
        "重みの合計が {sum} だったので、100% に揃えました",
    ),
    "years_missing": (
        "a series needs a line that says which years; add {write}",
        "系列には期間の行が要ります。次の行を足してください: {write}",
    ),
}
