"""Japanese and English spellings of one model mean the same, over the whole grammar."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from nanashi.estimates import EstimateError, evaluate, parse, print_block
from tests.estimates.generated import blocks, noise

_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

PRELUDE = """years: 2020 to 2030
計算量 = 2 to 3
費用 = 3 to 5 円
伸び = 30%/yr
成否 = yes with 40%
run = 計算量 growing 伸び from 2023
列 = [1, 2, 3]
"""

SPELLINGS = [
    ("1 million", "100万"),
    ("120 million 円", "1億2000万円"),
    ("30M", "3千万"),
    ("5k", "5千"),
    ("2T", "2兆"),
    ("1e16", "1京"),
    ("2 to 3", "2〜3"),
    ("2 to 3", "2～3"),
    ("2 to 3", "２から３"),
    ("2 to 3 (95%)", "2〜3（95%）"),
    ("20% to 30%", "20〜30％"),
    ("20% to 30%/yr", "20〜30%/年"),
    ("2 to 3 OOM", "2〜3 桁"),
    ("2 to 3 OOM", "2桁から3桁"),
    ("30 x", "30倍"),
    ("費用 growing -5%/yr from 2023", "2023年の費用から年-5%"),
    ("費用 growing -(伸び) from 2023", "2023年の費用から年 −伸び"),
    ("(2 to 3 円) growing 5%/yr from 2023", "2023年の 2〜3円 から 年5%"),
    ("(2 to 3 円) growing 5%/yr from 2023", "2023年の2から3円から年5%"),
    ("30×", "30倍"),
    ("5 hour", "5時間"),
    ("3 month in day", "3か月 を 日 で"),
    ("90 min in hour", "90分を時間で"),
    ("2 week + 1 day", "2週 + 1日"),
    ("5 s", "5秒"),
    ("normal(-1 to 3)", "正規(-1〜3)"),
    ("lognormal(1 to 3)", "対数正規(1〜3)"),
    ("share(1% to 3%)", "割合(1〜3%)"),
    ("uniform(0 to 3)", "一様(0〜3)"),
    ("loguniform(1 to 3)", "対数一様(1〜3)"),
    ("triangular(1, 2, 3)", "三角(1、2、3)"),
    ("normal(mean=1, sd=2)", "正規(平均=1, 標準偏差=2)"),
    ("lognormal(median=1, sd=2)", "対数正規(中央値=1, 標準偏差=2)"),
    ("beta(2, 3)", "ベータ(2, 3)"),
    ("exponential(mean=2)", "指数分布(平均=2)"),
    ("poisson(mean=2)", "ポアソン(平均=2)"),
    ("30%: 1 to 2 or 70%: 10 to 40", "30%: 1〜2 または 70%: 10〜40"),
    ("one of(1, 2, 4)", "どれか(1, 2, 4)"),
    ("yes with 30%", "30%で はい"),
    ("yes with 30%", "30%ではい"),
    ("sqrt(計算量)", "平方根(計算量)"),
    ("exp(計算量)", "指数(計算量)"),
    ("ln(計算量)", "自然対数(計算量)"),
    ("log10(計算量)", "常用対数(計算量)"),
    ("abs(計算量)", "絶対値(計算量)"),
    ("min(計算量, 2)", "最小(計算量, 2)"),
    ("max(計算量, 2)", "最大(計算量, 2)"),
    ("floor(計算量)", "切り捨て(計算量)"),
    ("round(計算量)", "四捨五入(計算量)"),
    ("clip(計算量, 2, 3)", "範囲内(計算量, 2, 3)"),
    ("sum(列)", "総和(列)"),
    ("mean(列)", "平均(列)"),
    ("product(列)", "総乗(列)"),
    ("計算量 * 2 / 3 - 1", "計算量×2÷3 − 1"),
    ("計算量 >= 2 and 費用 <= 4 円", "計算量≧2かつ費用≦4円"),
    ("計算量 >= 2 or 費用 != 4 円", "計算量 ≧ 2 または 費用 ≠ 4円"),
    ("計算量 > 2.5 and not 費用 > 4 円", "計算量＞2.5 かつ 費用＞4円 でない"),
    ("if 計算量 > 2.5 then 費用 else 2 円", "もし計算量 > 2.5なら費用でなければ2円"),
    ("P(計算量 > 2.5)", "確率(計算量 > 2.5)"),
    ("P(計算量 > 2.5 given 費用 > 4円)", "費用 > 4円のときの確率(計算量 > 2.5)"),
    ("first year when run >= 5", "run ≧ 5 になる最初の年"),
    ("run in 2027", "2027年のrun"),
    ("計算量 growing 30%/yr from 2023", "2023年の計算量から年30%"),
    ("計算量 growing 0.4 to 0.7 OOM/yr from 2023", "2023年の 計算量 から 年0.4〜0.7 桁"),
    ("計算量 growing 4 x/yr from 2023", "2023年の計算量から年4倍"),
    ("計算量 growing doubling every 6 months from 2023", "2023年の計算量から6か月で2倍"),
    ("計算量 growing halving every 5 to 14 months from 2023", "2023年の計算量から5〜14か月で半分"),
    ("計算量 growing 伸び from 2023", "2023年の計算量から年伸び"),
    ("halving every 5 to 14 months", "5〜14か月で半分"),
    ("doubling every 1 year", "1年で2倍"),
    ("0.5 OOM/yr", "年0.5桁"),
    ("0.5 OOM/yr", "毎年0.5桁"),
    ("計算量 growing 30%/yr from 2023", "2023年の計算量から毎年30%"),
    ("doubling every 6 months", "6か月ごとに2倍"),
    ("halving every 6 months", "6か月毎に半分"),
    ("2 to 3 円", "2から3円まで"),
    ("[1, 2] tokens", "[1、2] tokens"),
    ("100 tokens/min", "100 tokens/分"),
]


def figures(text: str, seed: int = 1, samples: int = 512) -> dict[str, Any]:
    """All figures of a block."""
    out = evaluate(parse(text), seed=seed, samples=samples).to_json()
    return {key: out[key] for key in ("values", "sensitivity", "scores")}


@pytest.mark.parametrize(("english", "japanese"), SPELLINGS)
def test_each_form_has_a_japanese_spelling(english: str, japanese: str) -> None:
    assert figures(f"{PRELUDE}結果 = {english}") == figures(f"{PRELUDE}結果 = {japanese}")


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("first", "first year when run > 4"),
        ("first year", "first  year when run > 4"),
        ("yes", "yes with 40%"),
        ("doubling", "doubling every 6 months"),
    ],
)
def test_a_name_does_not_hide_a_longer_phrase(name: str, expression: str) -> None:
    own, other = (evaluate(parse(f"{PRELUDE}{left} = {expression}"), seed=1) for left in (name, "other"))
    assert own.values[name].quantile("p50") == other.values["other"].quantile("p50")


def test_lines_in_japanese() -> None:
    english = (
        "title: T\nyears: 2020 to 2024\na = 1 to 2\nb = 1 to 3\nr = a growing 10%/yr from 2020\n"
        "correlate a, b = 0.5\nshow a, b\nchart r log\noutcome a = 1.5 on 2027-03-01\n"
    )
    japanese = (
        "題: T\n期間: 2020〜2024年\na = 1〜2\nb = 1〜3\nr = 2020年のaから年10%\n"
        "相関 a、b = 0.5\n表示 a、b\n図 r 対数\n実績 a = 1.5（2027-03-01）\n"
    )
    assert figures(english) == figures(japanese)
    assert parse(english).charts is not None
    assert parse(japanese).charts is not None
    assert [chart.scale for chart in parse(japanese).charts or ()] == ["log"]


@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
@given(blocks())
def test_generated_blocks_mean_the_same_in_both_languages(pair: tuple[str, str]) -> None:
    outcomes: list[Any] = []
    for text in pair:
        try:
            outcomes.append(figures(text, samples=64))
        except EstimateError as error:
            outcomes.append([(problem.code, problem.line) for problem in error.problems])
    assert outcomes[0] == outcomes[1]


@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
@given(blocks())
def test_a_printed_block_evaluates_the_same(pair: tuple[str, str]) -> None:
    try:
        expected = figures(pair[0], samples=64)
    except EstimateError:
        return
    for language in ("en", "ja"):
        printed = print_block(parse(pair[1]), language)
        assert figures(printed, samples=64) == expected, printed


@settings(max_examples=300, deadline=None, suppress_health_check=_SLOW)
@given(noise())
def test_noise_is_refused_with_a_place(text: str) -> None:
    try:
        evaluate(parse(text), samples=64)
    except EstimateError as error:
        for problem in error.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message("en")
            assert problem.message("ja")
