"""Sixty and more mistakes of writers: each is named with its place, and each remedy, pasted in, evaluates."""

from __future__ import annotations

import pytest

from nanashi.estimates import EstimateError, Problem, evaluate, parse, print_block

ENGLISH = [
    # text, line, column, part of the message
    ("x = 2-3", 1, 5, "`2 to 3` for an interval, `2 - 3` for a difference"),
    ("x = 0 to 5", 1, 5, "write `normal(0 to 5)` or `uniform(0 to 5)`"),
    ("x = -3 to 5", 1, 5, "reaches zero or below"),
    ("x = 10 to 2", 1, 5, "write `2 to 10`"),
    ("x = 5 to 5", 1, 5, "both ends of `5 to 5` are the same"),
    ("x = 1,00,000", 1, 5, "write `100,000`"),
    ("x = 1,5", 1, 5, "a decimal is written with a point"),
    ("x = [1,000]", 1, 6, "write `1000` or `1, 0`"),
    ("x = max(1,000, 2)", 1, 9, "write `1000` or `1, 0`"),
    ("x = 5 USD + 3 km", 1, 13, "USD and km are unlike units"),
    ("a = 5 USD\nb = 3 km\nx = a > b", 3, 5, "USD and km are unlike units"),
    ("x = 3 km in hour", 1, 5, "km and hour are unlike units"),
    ("compute = 3\nx = compte + 1", 2, 5, "write `compute`"),
    ("a = b + 1\nb = a + 1", 2, 5, "circle: a → b → a"),
    ("a = 1\na = 2", 2, 1, "was defined already in line 1"),
    (
        (
            "a = 1 to 2\nb = 1 to 2\nc = 1 to 2\n"
            "correlate a, b = 0.9\ncorrelate b, c = 0.9\ncorrelate a, c = -0.9"
        ),
        6,
        10,
        "no numbers can be correlated like this: a, b, c",
    ),
    ("a = 1 to 2\nb = a * 2\ncorrelate a, b = 0.5", 3, 1, "only assumptions can be correlated"),
    ("a = 1 to 2\nb = 1 to 2\ncorrelate a, b = 2", 3, 17, "between -1 and 1"),
    (
        "a = normal(-1 to 3)\nx = 1 / (a + 0)",
        2,
        9,
        "of the draws), so nothing can be divided by it; write `max(a + 0, 1)`",
    ),
    ("a = normal(-1 to 3)\nx = ln(a)", 2, 8, "has no logarithm"),
    ("a = normal(-1 to 3)\nx = sqrt(a)", 2, 10, "has no root"),
    ("x = 10^400", 1, 5, "beyond 1e300"),
    ("x = 1e999", 1, 5, "beyond 1e300"),
    ("x = 5 to 10k", 1, 5, "write `5k to 10k` or `5 to 10000`"),
    ("x = 5 m", 1, 5, "`m` may be minutes, months, millions or metres"),
    ("a = 1\nb = 2\nx = a to b", 3, 5, "write `(a) to (b)`"),
    ("a = 1\nb = 2\nx = a b", 3, 5, "a sign is missing"),
    ("a = 1\nx = (a + 1", 2, 11, "`(` at column 5 is not closed"),
    ("a = 1\nx = a + 1)", 2, 10, "closes a bracket that was never opened"),
    ("a = 1\nx = a +", 2, 7, "a value is missing after `+`"),
    ("a = 1\nx = if a > 0 then 5", 2, 20, "`if` needs `then` and `else`"),
    ("a = 1 to 3\nx = 1 < a < 2", 2, 11, "two comparisons in a row"),
    ("a = 1 to 3\nx = a = 2", 2, 7, "to compare, write `==`"),
    ("years: 2023 to 2030\nx = 5 growing 30% from 2023", 2, 15, "grows per what?; write `30%/yr`"),
    ("x = 5 growing 30%/yr from 2023", 1, 1, "a series needs a line that says which years"),
    (
        "years: 2023 to 2030\nr = 5 growing 30%/yr from 2023\nx = r in 2050",
        3,
        5,
        "2050 is outside the years 2023 to 2030",
    ),
    ("x = 30%: 1 to 2", 1, 5, "a mixture needs two arms"),
    ("x = 30%: 1 or 2", 1, 15, "every arm of a mixture starts with its weight"),
    ("x = 5\ny = 4 x", 2, 5, "may be your value or `times`"),
    ("x = normal(5, 2)", 1, 5, "write `normal(mean=5, sd=2)`"),
    ("x = yes with 150%", 1, 14, "a chance lies between 0% and 100%"),
    ("a = 1 to 2\nx = P(a)", 2, 7, "is a number, not a condition"),
    ("cost to pay = 5", 1, 1, "contains `to`, a word of the language"),
    ("x = 3\noutcome x = 4", 2, 8, "the day on which it was known"),
    ("years: 2040 to 2023\nx = 1", 1, 7, "write `2040 to 2023`"[:5]),
    ("x = 1\n3 + 4", 2, 1, "is no line of an estimate"),
    ("titel: mine\nx = 1", 1, 1, "write `title`"),
    ("years: 2023 to 2030\nx = 5 growing 0.5 OOM per year from 2023", 2, 22, "write `/year`"),
    ("years: 2023 to 2030\nx = 5 growing 1 OOM/yr from 2023 to 2030", 2, 29, "write `2023`"),
    ("people = 3\nx = 6 USD/people", 2, 10, "may be a unit or a division; put spaces: `/ people`"),
    ("x = 100 tokens / min", 1, 15, "write `/min`"),
    ("a = 1 to 2\nx = a OOM", 2, 7, "stands directly after a number only"),
    ("x = 30x20", 1, 7, "may be a product"),
    ("x = 1 to 2 (95)", 1, 12, "write `(95%)`"),
    ("a = 1\nb = 2\nx = a > 1 && b > 1", 3, 11, "write `and`"),
    ("x = 3 ** 2", 1, 7, "write `^`"),
    ("x = 3 $", 1, 7, "USD"),
    ("x = doubling every month", 1, 20, "write `1 month`"),
    ("years: 2023 to 2030\nx = halving every year", 2, 19, "write `1 year`"),
    ("x = 3# note", 1, 6, "a note begins after a space"),
    ("x = sqrt 4", 1, 5, "write `sqrt(4)`"),
    ("x = about 5", 1, 5, "`about` does not say how far it may be off"),
    ("x = between 2 and 3 km", 1, 5, "write `2 to 3`"),
    ("x = 2e25..3e25 FLOP", 1, 9, "write `to`"),
    ("x = 20 ± 4 km", 1, 5, "`20 ± 4` is written as an interval; write `16 to 24`"),
    ("x = 2 km ± 4 km", 1, 5, "write `normal(-2 to 6 km)`"),
    ("x = 3 to 1 OOM", 1, 5, "write `1 to 3 OOM`"),
    ("x = 1 to 2 // a guess", 1, 12, "`//` begins no note; write `#`"),
    ("base: 1 to 2", 1, 1, "no line begins with `base:`; for a value write `base =`"),
    ("run time: 1 to 2", 1, 1, "write `run time =`"),
    ("years: 2020 to 2030\ns = year - 2020\nx = first year s > 3", 3, 5, "begin it with `first year when`"),
    ("years: 2020 to 2030\ns = year - 2020\nx = when s > 3", 3, 5, "begin it with `first year when`"),
    (
        "years: 2020 to 2030\ng = 1 to 2 OOM\nx = 2 growing g from 2020",
        3,
        15,
        "put `/yr` behind its value, or write `(g / (1 year))`",
    ),
]

JAPANESE = [
    ("x = ￥300", 1, 5, "通貨は後に書いてください"),
    ("期間: 2023〜2030年\n年数 = 5 * (年-2023)", 2, 11, "`年`"),
    ("x = 2-3", 1, 5, "区間なら `2〜3`、引き算なら `2 - 3`"),
    ("費用 = 0〜5万円", 1, 6, "`正規(0〜5万円)` または `一様(0〜5万円)`"),
    ("費用 = 10〜2", 1, 6, "`2〜10` と書いてください"),
    ("費用 = 1〜3万円", 1, 6, "`1万〜3万円` または `1円〜3万円`"),
    ("人数 = １，００，０００人", 1, 6, "3桁ごとではありません"),
    ("人数 = [1,000]", 1, 7, "`1000` または `1, 0`"),
    ("費用 = 5円 + 3人", 1, 11, "単位 円 と 人 は異なります"),
    ("費用 = 5円\n人数 = 3人\n大小 = 費用 > 人数", 3, 6, "単位 円 と 人 は異なります"),
    ("計算量 = 3\n結果 = 計算力 + 1", 2, 6, "`計算量` と書いてください"),
    ("計算量 = 3\n結果 = 計算 + 1", 2, 6, "`計算` は定義されていません"),
    ("甲 = 乙 + 1\n乙 = 甲 + 1", 2, 5, "循環しています: 甲 → 乙 → 甲"),
    ("甲 = 1\n甲 = 2", 2, 1, "1行目で定義済み"),
    ("甲 = 1〜2\n乙 = 1〜2\n相関 甲, 乙 = 2", 3, 10, "相関は -1 から 1"),
    (
        "甲 = 1〜2\n乙 = 1〜2\n丙 = 1〜2\n相関 甲, 乙 = 0.9\n相関 乙, 丙 = 0.9\n相関 甲, 丙 = -0.9",
        6,
        3,
        "成り立ちません: 甲, 乙, 丙",
    ),
    ("甲 = 正規(-1〜3)\n結果 = 1 ÷ (甲 + 0)", 2, 10, "0をまたぎます"),
    ("甲 = 正規(-1〜3)\n結果 = 自然対数(甲)", 2, 11, "対数がありません"),
    ("甲 = 正規(-1〜3)\n結果 = 平方根(甲)", 2, 10, "平方根がありません"),
    ("甲 = 1\n乙 = 2\n結果 = 甲〜乙", 3, 6, "`(甲)〜(乙)` と書いてください"),
    ("甲 = 1\n結果 = (甲 + 1", 2, 12, "閉じられていません"),
    ("甲 = 1\n結果 = 甲 +", 2, 8, "`+` の後に値がありません"),
    ("甲 = 1〜3\n結果 = もし 甲 > 2 なら 5", 2, 19, "`でなければ 0`"),
    ("甲 = 1〜3\n結果 = 1 < 甲 < 2", 2, 12, "`かつ 甲 <`"),
    ("期間: 2023〜2030年\n結果 = 2023年の 5 から 30%", 2, 18, "何あたりの成長ですか"),
    ("年 = 3", 1, 1, "`年` は名前に使えません"),
    ("期間: 2023〜2030年\n結果 = 3 + 年", 2, 10, "`年` は名前に使えません"),
    ("期間: 2023-2030\n甲 = year", 1, 4, "`2023〜2030年` と書いてください"),
    ("甲 = 30%: 1〜2 または 2〜3", 1, 18, "各項は重みで始まります"),
    ("甲 = 150%で はい", 1, 5, "確率は0%から100%"),
    ("甲 = 1〜2\n結果 = 確率(甲)", 2, 9, "数で、条件ではありません"),
    ("甲 = 正規(5, 2)", 1, 5, "`正規(平均=5, 標準偏差=2)`"),
    ("甲 = 3\n実績 甲 = 4", 2, 3, "分かった日付が要ります"),
    ("甲 = 3 m", 1, 5, "`3分` または `3か月` または `3M`"),
    ("甲 = 割合(50%〜120%)", 1, 5, "割合は0%と100%の間です"),
    ("甲 = 6年で2倍 + 6で半分", 1, 13, "`6か月` と書いてください"),
    ("甲 = 1万2億円", 1, 8, "位の並びが正しくありません"),
    ("甲 = 2〜3千万円", 1, 5, "`2千万〜3千万円` または `2円〜3千万円`"),
    ("甲 = 12か月で3倍", 1, 9, "`で2倍`"),
    ("甲 = 1〜2\n乙 = 甲の2倍", 2, 6, "掛け算は `×` と書いて"),
    ("甲 = 30: 1〜2 または 70%: 3", 1, 7, "重みは % で書きます"),
    ("表示 乙\n甲 = 3", 1, 4, "`甲` と書いてください"),
    ("x = 約2 km", 1, 5, "`約` だけでは、どれほど外れうるかが分かりません"),
    ("x = 2ー3", 1, 5, "区間なら `2〜3`、引き算なら `2 - 3`"),
    ("x = 2±1 桁", 1, 5, "`2±1` は区間として書きます。`1〜3` と書いてください"),
    ("x = 3〜1 桁", 1, 5, "`3〜1 桁` の両端が逆です。`1〜3 桁` と書いてください"),
    ("a = 1〜9\nx = a >= 5 の確率", 2, 5, "`確率(a >= 5)` と書いてください"),
    ("タイトル: 例\nx = 1", 1, 1, "`題` と書いてください"),
    ("合計：1〜2", 1, 1, "値なら `合計 =` と書いてください"),
]


def first_problem(text: str) -> Problem:
    """What is wrong first."""
    with pytest.raises(EstimateError) as caught:
        evaluate(parse(text))
    return caught.value.problems[0]


def refused_remedies(problem: Problem, text: str, language: str) -> list[str]:
    """The mended blocks that still do not evaluate."""
    wrong: list[str] = []
    for mended in problem.mended(text, language):
        try:
            evaluate(parse(mended))
        except EstimateError as error:
            wrong.append(f"{mended!r}: {error}")
    return wrong


@pytest.mark.parametrize(("text", "line", "column", "part"), ENGLISH)
def test_english_mistakes(text: str, line: int, column: int, part: str) -> None:
    problem = first_problem(text)
    message = problem.message()
    assert (problem.line, problem.column) == (line, column), message
    assert part in message
    assert ";" in message or not any(problem.remedies)
    assert problem.remedies, message
    assert refused_remedies(problem, text, "en") == []
    assert refused_remedies(problem, text, "ja") == []


@pytest.mark.parametrize(("text", "line", "column", "part"), JAPANESE)
def test_japanese_mistakes(text: str, line: int, column: int, part: str) -> None:
    problem = first_problem(text)
    message = problem.message("ja")
    assert (problem.line, problem.column) == (line, column), message
    assert part in message
    assert problem.remedies, message
    assert refused_remedies(problem, text, "ja") == []
    assert refused_remedies(problem, text, "en") == []


def test_there_are_sixty() -> None:
    assert len(ENGLISH) + len(JAPANESE) >= 60
    assert len(JAPANESE) >= 25


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x = " + "(" * 1000 + "1" + ")" * 1000, "nested more than"),
        ("x = " + "1" * 10_000_000, "characters, more than"),
        ("x = [" + "1, " * 999_999 + "1]", "characters, more than"),
        ("x = " + "- " * 900 + "1", "more than"),
        ("x = " + "1 + " * 400 + "1", "more than"),
        ("x = 1\n" * 300, "lines, more than"),
        ("\n".join(f"v{i} = 1 to 2" for i in range(70)), "assumptions are more than 64"),
        ("x = [" + ", ".join(["1"] * 250) + "]", "longer than"),
        ("years: 1000 to 1499\n" + "\n".join(f"v{i} = (1 to 2) * year" for i in range(60)), "too much work"),
    ],
)
def test_what_is_too_much_is_refused_at_once(text: str, part: str) -> None:
    assert part in first_problem(text).message()


def test_many_unknown_names_take_no_time_to_speak_of() -> None:
    lines = [f"{'n' * 70}{i} = {'m' * 70}{i}" for i in range(200)]
    with pytest.raises(EstimateError) as caught:
        parse("\n".join(lines))
    assert len(caught.value.problems) == 20


@pytest.mark.parametrize(
    ("expression", "value"),
    [("".join(f"if {i} > 3 then {i} else " for i in range(85)) + "0", 4), ("1" + " + 1" * 118, 119)],
)
def test_the_deepest_expressions_evaluate_and_print_on_a_deep_stack(expression: str, value: float) -> None:
    def deeper(frames: int) -> float | None:
        if frames:
            return deeper(frames - 1)
        block = parse(f"x = {expression}")
        assert print_block(block, "ja")
        return evaluate(block).values["x"].quantile("p50")[0]

    assert deeper(200) == value


def test_every_line_that_is_wrong_is_named() -> None:
    with pytest.raises(EstimateError) as caught:
        parse("a = 2-3\nb = foo\nc = 1 to 2\nd = 10 to 2")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 4]
