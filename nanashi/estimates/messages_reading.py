"""Messages about text that cannot be read."""

from __future__ import annotations

READING: dict[str, tuple[str, str]] = {
    "arity": ("{function} takes {count} value(s)", "{function} の引数は{count}個です"),
    "arm_weight": (
        "every arm of a mixture starts with its weight",
        "混合の各項は重みで始まります",
    ),
    "arm_weight_first": (
        (
            "a weight stands at the start of an arm only;"
            " leave it away, or begin the whole with `30%: … or 70%: …`"
        ),
        "重みは項の先頭にだけ書けます。消すか、全体を `30%: … または 70%: …` にしてください",
    ),
    "assumptions_many": (
        "{count} assumptions are more than {limit}; leave some away or make formulas of them",
        "前提が{count}個あり、上限の{limit}個を超えています。減らすか、式にまとめてください",
    ),
    "bad_groups": (
        "the digits of `{written}` are not grouped in threes",
        "`{written}` の桁区切りが3桁ごとではありません",
    ),
    "base_chain": (
        "this estimate stands on a chain of more than {limit} others; base it on an earlier one: {write}",
        "元をたどると{limit}件を超えます。もっと前の推定を元にしてください: {write}",
    ),
    "base_unknown": (
        "there is no block {block} of `{target}` before this one; in a file, name an earlier block: {write}",
        (
            "`{target}` の{block}番目のブロックが見つかりません。"
            "ファイルでは前にあるブロックを指してください: {write}"
        ),
    ),
    "based_form": ("a base is named by its id", "元は番号で指します"),
    "blocks_many": (
        "the file has {count} blocks, more than {limit}; split it",
        "ブロックが{count}個あり、上限の{limit}個を超えています。分けてください",
    ),
    "blocks_none": (
        "the file has fenced code but no estimate; begin a block with ```estimate",
        "ファイルに推定のブロックがありません。```estimate で始めてください",
    ),
    "bracket_closed": (
        "`{bracket}` closes a bracket that was never opened; leave it away",
        "`{bracket}` に対応する開き括弧がありません。消してください",
    ),
    "bracket_open": (
        "`{bracket}` at column {column} is not closed; add {write} at the end",
        "{column}桁目の `{bracket}` が閉じられていません。末尾に {write} を足してください",
    ),
    "bracket_other": (
        "`{bracket}` does not close the bracket that is open",
        "`{bracket}` は開いている括弧と対応しません",
    ),
    "chained": (
        "two comparisons in a row are not understood; join them with `and`: {write}",
        "比較は続けて書けません。`かつ` でつないでください: {write}",
    ),
    "chance": (
        "a chance lies between 0% and 100%, `{written}` may not",
        "確率は0%から100%です。`{written}` は外れます",
    ),
    "circle": (
        (
            "these values depend on one another in a circle: {circle};"
            " give `{name}` a number of its own, such as {write}"
        ),
        "値が互いに依存して循環しています: {circle}。`{name}` に数を与えてください。例: {write}",
    ),
    "comma_decimal": (
        "a decimal is written with a point, not `{written}`",
        "小数点は `.` です。`{written}` は読めません",
    ),
    "comma_in_list": (
        "`{written}` inside brackets may be one number or several",
        "括弧の中の `{written}` は一つの数にも複数の数にも読めます",
    ),
    "correlate_form": (
        "a correlation is written `correlate a, b = 0.5`",
        "相関は `相関 a, b = 0.5` の形で書きます",
    ),
    "correlate_range": (
        "a correlation lies between -1 and 1, not `{written}`",
        "相関は -1 から 1 です。`{written}` は使えません",
    ),
    "correlate_self": (
        "`{name}` cannot be correlated with itself; leave the line away",
        "`{name}` をそれ自身と相関させることはできません。この行を消してください",
    ),
    "currency": (
        "`{written}` after a number is not understood; write the currency as a word:{write}",
        "数の後の `{written}` は読めません。通貨は言葉で書いてください: {write}",
    ),
    "currency_first": (
        "`{written}` before a number is not understood; write the currency after it, as in `3M USD`",
        "数の前の `{written}` は読めません。`300万円` のように通貨は後に書いてください",
    ),
    "dash": (
        (
            "`{left}-{right}` may be an interval or a difference; write `{left} to {right}` for an interval,"
            " `{left} - {right}` for a difference"
        ),
        (
            "`{left}-{right}` は区間にも引き算にも読めます。区間なら `{left}〜{right}`、"
            "引き算なら `{left} - {right}` と書いてください"
        ),
    ),
    "dash_difference": (
        "`{left}-{right}` may be an interval or a difference; write {write} for a difference",
        "`{left}-{right}` は区間にも引き算にも読めます。引き算なら {write} と書いてください",
    ),
    "date": ("`{written}` is no day of the calendar", "`{written}` という日はありません"),
    "defined_twice": (
        "`{name}` was defined already in line {line}; use another name, such as {write}",
        "`{name}` は{line}行目で定義済みです。別の名前にしてください。例: {write}",
    ),
    "dimensions_many": (
        "the block draws more than {limit} uncertain numbers; replace some by plain numbers",
        "不確かな数が{limit}個を超えています。いくつかをただの数にしてください",
    ),
    "empty": (
        "there is no expression after `=`; write a number or formula, such as {write}",
        "`=` の後に式がありません。数か式を書いてください。例: {write}",
    ),
    "ends_order": ("the ends of `{written}` are in the wrong order", "`{written}` の両端が逆です"),
    "equal_ends": (
        "both ends of `{written}` are the same; write the number alone: {write}",
        "`{written}` の両端が同じです。数だけを書いてください: {write}",
    ),
    "equals": (
        "`=` cannot stand inside a formula; to compare, write {write}",
        "式の中に `=` は書けません。比較は {write} です",
    ),
    "from_year": (
        "`from` is followed by a year, not `{written}`",
        "`from` の後は年です。`{written}` は使えません",
    ),
    "from_one_year": ("`from` is followed by one year", "`from` の後の年は一つです"),
    "growing_from": (
        "growth needs the year in which the base holds",
        "成長には元の値が何年のものかが要ります",
    ),
    "if_parts": (
        "`if` needs `then` and `else`; go on with {write}",
        "`もし` には `なら` と `でなければ` が要ります。続きを書いてください: {write}",
    ),
    "interval_ends": (
        "the ends of an interval are numbers or stand in parentheses",
        "区間の両端は数か、括弧に入れた式です",
    ),
    "interval_twice": ("an interval has two ends only", "区間の端は二つだけです"),
    "kanji_order": (
        "the multipliers of `{written}` do not fall in size; leave the last one away",
        "`{written}` の位の並びが正しくありません。最後の位を消してください",
    ),
    "level": (
        "a level lies between 0% and 100%, not {written}%",
        "水準は0%と100%の間です。{written}% は使えません",
    ),
    "level_of_ends": (
        "{shape} has ends, not percentiles, so it takes no level",
        "{shape} は両端そのものなので水準を取りません",
    ),
    "level_percent": ("the level of an interval is written in %", "区間の水準は % を付けて書きます"),
    "line_long": (
        "the line has {count} characters, more than {limit}; split it into several values",
        "この行は{count}文字あり、上限の{limit}文字を超えています。いくつかの値に分けてください",
    ),
    "line_too_many_words": (
        "the line has more than {limit} words and signs; split it into several values",
        "この行は語と記号が{limit}個を超えています。いくつかの値に分けてください",
    ),
    "line_unknown": (
        "`{text}` is no line of an estimate; give it a name: {write}…",
        "`{text}` は推定の行ではありません。名前を付けてください: {write}…",
    ),
    "line_word_form": ("`{word}` is not written like this", "`{word}` の書き方が違います"),
    "line_word_near": ("`{word}` starts no line", "`{word}` で始まる行はありません"),
    "lines_many": (
        "the block has {count} lines, more than {limit}; split it or leave notes away",
        "{count}行あり、上限の{limit}行を超えています。分けるか、注記を減らしてください",
    ),
    "list_long": (
        "a list of {count} items is longer than {limit}; make it shorter, such as {write}",
        "リストが{count}個あり、上限の{limit}個を超えています。短くしてください。例: {write}",
    ),
    "multiplier_shared": (
        "`{multiplier}` stands at the last end only and may be meant for both",
        "`{multiplier}` が後の端にだけあり、両端に掛かるのか分かりません",
    ),
    "name_char": ("the name `{name}` contains `{char}`", "名前 `{name}` に `{char}` は使えません"),
    "name_line_word": (
        "no name starts with the line word `{word}`",
        "名前は行の言葉 `{word}` で始められません",
    ),
    "name_long": ("a name has at most {limit} characters", "名前は{limit}文字までです"),
    "name_missing": (
        "there is no name before `=`; put one there, such as {write}",
        "`=` の前に名前がありません。名前を書いてください。例: {write}",
    ),
    "name_reserved": ("`{name}` is not free as a name", "`{name}` は名前に使えません"),
    "name_start": (
        "a name starts with a letter, `{name}` does not",
        "名前は文字で始まります。`{name}` は使えません",
    ),
    "name_word": (
        "the name `{name}` contains `{word}`, a word of the language",
        "名前 `{name}` に言語の言葉 `{word}` が入っています",
    ),
    "nested": (
        "brackets are nested more than {limit} deep; split the line into several values",
        "括弧が{limit}重を超えています。いくつかの値に分けてください",
    ),
    "no_values": (
        "the block defines no value; add a line such as {write}",
        "値がありません。次のような行を足してください: {write}",
    ),
    "no_times": (
        "`{name}の…` is not understood; a product is written with {write}",
        "`{name}の…` は読めません。掛け算は {write} と書いてください",
    ),
    "note_space": ("a note begins after a space", "注記の `#` の前には空白が要ります"),
    "normal_parameters": (
        "the two numbers may be mean and spread, or ends",
        "二つの数が平均と広がりなのか両端なのか分かりません",
    ),
    "not_positive": (
        "`{written}` reaches zero or below, so its shape must be said",
        "`{written}` は0以下を含むので、形を書く必要があります",
    ),
    "number_too_large": (
        "this number is beyond 1e300; write a smaller one, such as {write}, or its exponent in OOM",
        "この数は 1e300 を超えています。小さい数 (例: {write}) か、桁 (OOM) で書いてください",
    ),
    "number_unreadable": ("this number cannot be read", "この数は読めません"),
    "one_arm": ("a mixture needs two arms", "混合には項が二つ要ります"),
    "operator_missing": (
        "a sign is missing between `{left}` and `{right}`",
        "`{left}` と `{right}` の間に記号がありません",
    ),
    "only_doubling": (
        "only doubling and halving have times; for other multiples write so many x per year: `3 x/yr`",
        "期間で書けるのは2倍と半分だけです。ほかは `年3倍` のように書くか、{write} にしてください",
    ),
    "other_sign": ("`{sign}` is no sign of the language", "`{sign}` という記号はありません"),
    "outcome_form": (
        "an outcome needs `=` and the day on which it was known",
        "実績には `=` と、分かった日付が要ります",
    ),
    "outcome_number": (
        "an outcome is a number, yes, no, a year or never, not `{written}`",
        "実績は数、はい、いいえ、年のどれかです。`{written}` は使えません",
    ),
    "parameter_positive": ("{parameter} must be above zero", "{parameter} は0より大きい数です"),
    "per": ("`per` is written as a slash", "`per` は斜線で書きます"),
    "percent_alone": (
        "`%` belongs directly after a number; leave it away",
        "`%` は数の直後に書きます。消してください",
    ),
    "percent_first": ("`%` stands at the first end only", "`%` が前の端にだけあります"),
    "period_number": ("`{unit}` needs a number before it", "`{unit}` の前に数が要ります"),
    "power_oom": ("this may be a power of ten or a number of OOM", "10の累乗なのか桁数なのか分かりません"),
    "shape_arguments": ("{shape} is not written like this", "{shape} の書き方が違います"),
    "shape_positive": (
        "{shape} is for what is above zero, `{written}` is not",
        "{shape} は0より大きい区間のためのものです。`{written}` は使えません",
    ),
    "shape_share": (
        "a share lies strictly between 0% and 100%, `{written}` does not",
        "割合は0%と100%の間です。`{written}` は外れます",
    ),
    "show_form": ("a name is missing", "名前が足りません"),
    "sign": (
        "`{sign}` is not understood here; leave it away",
        "`{sign}` はここでは読めません。消してください",
    ),
    "text_long": (
        "the block is longer than {limit} characters; split it",
        "ブロックが{limit}文字を超えています。分けてください",
    ),
    "times_digits": ("`{written}` may be a product", "`{written}` は積なのか分かりません"),
    "times_or_name": (
        "`{name}` after a number may be your value or `times`",
        "数の後の `{name}` が値なのか「倍」なのか分かりません",
    ),
    "too_deep": (
        "the expression is more than {limit} levels deep; split the line into several values",
        "式が{limit}段を超えています。いくつかの値に分けてください",
    ),
    "triangular_order": (
        "triangular takes low, mode and high in this order",
        "三角は 下限、最頻値、上限 の順です",
    ),
    "twice": (
        "`{word}` was given already; leave one of them away",
        "`{word}` は既にあります。どちらかを消してください",
    ),
    "unexpected": (
        "`{token}` cannot stand here; leave it away or split the line",
        "`{token}` はここに書けません。消すか、行を分けてください",
    ),
    "unit_after_value": (
        "the unit `{unit}` stands directly after a number only",
        "単位 `{unit}` は数の直後にだけ書けます",
    ),
    "unit_k": ("`{written}` may be thousands or kelvin", "`{written}` は千なのかケルビンなのか分かりません"),
    "unit_m": (
        "`m` may be minutes, months, millions or metres",
        "`m` は分、月、百万、メートルのどれか分かりません",
    ),
    "unit_missing": ("a unit or a year must follow", "単位か年が続く必要があります"),
    "unit_or_division": (
        "`{name}` is a value of this block, so `/{name}` may be a unit or a division; put spaces: {write}",
        (
            "`{name}` は値の名前なので、`/{name}` が単位か割り算か分かりません。"
            "割り算なら空白を入れてください: {write}"
        ),
    ),
    "unit_spaces": ("a unit is written without spaces", "単位は空白を入れずに書きます"),
    "unknown_name": (
        "`{name}` is not defined; known here: {known}; write {write}",
        "`{name}` は定義されていません。ここにある名前: {known}。{write} と書いてください",
    ),
    "unlike_ends": (
        "the ends of the interval are in unlike units, {left} and {right}",
        "区間の両端の単位が {left} と {right} で異なります",
    ),
    "value_missing": ("a value is missing after `{after}`", "`{after}` の後に値がありません"),
    "weight_percent": ("the weight of an arm is written in %", "項の重みは % で書きます"),
    "weights": ("weights are not below zero, and not all zero", "重みは0以上で、少なくとも一つは正の数です"),
    "wo_without_de": ("after を and a unit comes で", "`を` と単位の後には `で` が要ります"),
    "word_use": ("`{word}` is a function and needs brackets", "`{word}` は関数なので括弧が要ります"),
    "years_form": (
        "years are written like {write}, not `{written}`; write {write}",
        "期間の `{written}` は読めません",
    ),
    "years_many": ("more than {limit} years", "{limit}年を超えています"),
    "years_order": ("the first year must be before the last", "期間の始めが終わりより前でなければなりません"),
}
