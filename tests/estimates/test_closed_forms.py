"""Blocks in both languages whose answers follow from a formula: units, currency, shapes, growth, events, scores.

The right sides are worked out here from the definitions in docs/estimates.md, by quantile functions of the
standard library and plain arithmetic, and not by the room's own code.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import pytest

from nanashi.estimates import EstimateError, evaluate, parse

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NORMAL = NormalDist()
Z90, Z95, Z50 = (NORMAL.inv_cdf(level) for level in (0.95, 0.975, 0.75))
Quantiles = list[float]


def lognormal(low: float, high: float, z: float = Z90) -> Quantiles:
    """Of the lognormal with these ends, z standard deviations from the median."""
    middle, spread = math.log(low * high) / 2, math.log(high / low) / 2 / z
    return [math.exp(middle + spread * NORMAL.inv_cdf(level)) for level in LEVELS]


def normal(low: float, high: float) -> Quantiles:
    """Of the normal with these 5th and 95th percentiles."""
    return [(low + high) / 2 + (high - low) / 2 / Z90 * NORMAL.inv_cdf(level) for level in LEVELS]


def share(low: float, high: float) -> Quantiles:
    """Of the logit-normal with these 5th and 95th percentiles."""
    ends = [math.log(end / (1 - end)) for end in (low, high)]
    return [1 / (1 + math.exp(-x)) for x in normal(*ends)]


def uniform(low: float, high: float) -> Quantiles:
    """Of the uniform with these ends."""
    return [low + (high - low) * level for level in LEVELS]


def triangular(low: float, mode: float, high: float) -> Quantiles:
    """Of the triangular distribution (inverse of its distribution function)."""
    turn = (mode - low) / (high - low)
    return [
        low + math.sqrt(level * (high - low) * (mode - low))
        if level < turn
        else high - math.sqrt((1 - level) * (high - low) * (high - mode))
        for level in LEVELS
    ]


def mapped(quantiles: Quantiles, function: Callable[[float], float]) -> Quantiles:
    """Quantiles of a monotone function; of a falling one in the other order."""
    return sorted(map(function, quantiles))


SPANS: list[tuple[str, Quantiles | float, str]] = [
    ("x = 1 week to 2 week\nz = x in day", lognormal(7, 14), "day"),
    ("x = 2 year\nz = x in day", 730.5, "day"),
    ("x = 3か月\nz = x を 日 で", 365.25 / 4, "day"),
    ("z = 1 year + 6 month", 1.5, "year"),
    ("z = 36 hour - 1 day", 12, "hour"),
    ("r = 1 FLOP/s\nz = r * 1 day", 86_400, "FLOP"),
    (
        "距離 = 120 km\n速さ = 40〜60 km/時間\nx = 距離 / 速さ\nz = x を 分 で",
        mapped(lognormal(40, 60), lambda v: 7200 / v),
        "min",
    ),
    ("people per day = 5 人/日\nspan = 1 week\nz = people per day * span", 35, "人"),
    ("min = 5\nz = min(7, min)", 5, ""),
    ("a = 2 OOM\nz = a in x", 100, ""),
    ("a = 100倍\nz = a in OOM", 2, "OOM"),
    ("給料 = 20万〜40万円\nz = 給料 × 12", mapped(lognormal(2e5, 4e5), lambda v: 12 * v), "円"),
    ("price = 150〜160円/USD\nz = 2M USD * price", mapped(lognormal(150, 160), lambda v: 2e6 * v), "円"),
    ("人口 = 1億2000万人\n率 = 10%〜20%\nz = 人口 × 率", mapped(share(0.1, 0.2), lambda v: 1.2e8 * v), "人"),
    ("z = 2千5百万円", 2.5e7, "円"),
    ("z = 3京 to 5京", lognormal(3e16, 5e16), ""),
    ("a = 3億円\nb = 1兆円\nz = b / a", 1e4 / 3, ""),
    ("z = ３，０００円 × ２倍", 6000, "円"),
    ("割合 = 20%\nz = 50人 × 割合", 10, "人"),
    ("合計 = 3\nz = 合計 + 合計([1, 2])", 6, ""),
]
FACTOR = math.exp(math.hypot(math.log(4), math.log(1.5)) / 2)
"""From the median to the upper end of a product of 1 to 4 and 2 to 3."""
SHAPES: list[tuple[str, Quantiles | float, str]] = [
    ("z = 1 to 3 (95%)", lognormal(1, 3, Z95), ""),
    ("z = 1〜3（50%）", lognormal(1, 3, Z50), ""),
    ("z = 50% to 150%", lognormal(0.5, 1.5), ""),
    ("a = 20% to 40%\nz = 1 - a", mapped(share(0.2, 0.4), lambda v: 1 - v), ""),
    ("a = 割合(10〜30%)\nz = (1 - a)^3", mapped(share(0.1, 0.3), lambda v: (1 - v) ** 3), ""),
    ("z = 正規(1〜3) 円", normal(1, 3), "円"),
    ("z = 正規(平均=10, 標準偏差=2)", normal(10 - 2 * Z90, 10 + 2 * Z90), ""),
    ("z = lognormal(median=4, sd=0.5)", lognormal(4 * math.exp(-0.5 * Z90), 4 * math.exp(0.5 * Z90)), ""),
    ("z = 対数一様(1〜1000)", mapped(uniform(0, 3), lambda v: 10**v), ""),
    ("z = triangular(1, 2, 6)", triangular(1, 2, 6), ""),
    ("z = 三角(0, 5, 6)", triangular(0, 5, 6), ""),
    ("z = exponential(mean=3)", [-3 * math.log(1 - level) for level in LEVELS], ""),
    ("z = poisson(mean=4.5)", [1, 3, 4, 6, 8], ""),
    ("z = one of(1, 2, 4)", [1, 1, 2, 4, 4], ""),
    ("low = 2\nz = (low) to (low * 3)", lognormal(2, 6), ""),
    ("z = 2 to 3 * 4", mapped(lognormal(2, 3), lambda v: 4 * v), ""),
    ("z = -(2 to 3)", mapped(lognormal(2, 3), lambda v: -v), ""),
    ("a = 一様(0〜10)\nz = 範囲内(a, 2, 6)", [2, 2.5, 5, 6, 6], ""),
    ("a = normal(0 to 2)\nb = normal(0 to 2)\nz = a + b\ncorrelate a, b = 1", normal(0, 4), ""),
    (
        "a = normal(10 to 20)\nb = normal(0 to 5)\nz = a + b",
        normal(17.5 - math.hypot(5, 2.5), 17.5 + math.hypot(5, 2.5)),
        "",
    ),
    ("a = 1 to 4\nb = 2 to 3\nz = a * b", lognormal(math.sqrt(24) / FACTOR, math.sqrt(24) * FACTOR), ""),
]
YEARS = "years: 2020 to 2030\n"
KIKAN = "期間: 2020〜2030年\n"
RACE = YEARS + "a = 10 growing 1 OOM/yr from 2020\nb = 1000 growing 0.5 OOM/yr from 2020\n"
TURN = YEARS + "a = 100 growing 10%/yr from 2020\nb = (a in 2025) growing 20%/yr from 2025\n"
GROWTH: list[tuple[str, Quantiles | float, str]] = [
    (YEARS + "s = 100円 growing 2 x/yr from 2022\nz = s in 2020", 25, "円"),
    (KIKAN + "s = 2020年の 100円 から 年-5%\nz = 2030年の s", 100 * 0.95**10, "円"),
    (KIKAN + "s = 2020年の 100円 から 6か月で2倍\nz = 2021年の s", 400, "円"),
    (YEARS + "s = 1 growing halving every 12 months from 2020\nz = s in 2023", 1 / 8, ""),
    (
        YEARS + "g = 0.5 to 1 OOM/yr\ns = 10 growing g from 2020\nz = s in 2022",
        mapped(lognormal(0.5, 1), lambda v: 10 ** (1 + 2 * v)),
        "",
    ),
    (
        YEARS + "s = 1 growing doubling every 6 to 12 months from 2020\nz = s in 2022",
        mapped(lognormal(6, 12), lambda v: 2 ** (24 / v)),
        "",
    ),
    (YEARS + "g = 1%/month\ns = 1 growing g from 2020\nz = s in 2021", 1.01**12, ""),
    (TURN + "s = if year <= 2025 then a else b\nz = s in 2027", 100 * 1.1**5 * 1.2**2, ""),
    (YEARS + "s = 3 * (year - 2019)\nz = sum(s)", 198, ""),
    (YEARS + "s = 5 円 * (year - 2020)\nz = s in 2024", 20, "円"),
    (RACE + "z = first year when a >= b", 2024, "year"),
    (RACE + "z = first year when a > b", 2025, "year"),
    (
        "期間: 2020〜2060年\n人口 = 2020年の 1億2000万人 から 年-1%\nz = 人口 < 1億人 になる最初の年",
        2020 + math.ceil(math.log(1 / 1.2) / math.log(0.99)),
        "year",
    ),
    (
        YEARS + "g = 0.5 to 1 OOM/yr\ns = 1 growing g from 2020\nz = first year when s >= 1000",
        sorted(2020 + math.ceil(3 / v) for v in lognormal(0.5, 1)),
        "year",
    ),
]
NEVER = YEARS + "s = (1 to 4) * (year - 2019)\nz = first year when s >= 1000\n"
CHANCES: list[tuple[str, float]] = [
    ("a = normal(0 to 2)\nz = P(a > 1.5)", 1 - NORMAL.cdf(0.5 * Z90)),
    (
        "a = 1 to 4\nb = 2 to 3\nz = P(a > b)",
        NORMAL.cdf(math.log(2 / math.sqrt(6)) * 2 * Z90 / math.hypot(math.log(4), math.log(1.5))),
    ),
    ("a = uniform(0 to 1)\nb = uniform(0 to 1)\nz = P(a > 0.5 or b > 0.5)", 0.75),
    ("a = 一様(0〜1)\nz = 確率(a > 0.3 でない または a > 0.9)", 0.4),
    ("a = 一様(0〜1)\nz = a > 0.5 のときの 確率(a > 0.8)", 0.4),
    ("a = 50%で はい\nb = 50%で はい\nz = 確率(a かつ b)", 0.25),
    ("a = 30%: 5 or 20%: 7\nz = P(a > 6)", 0.4),
    ("a = 30%で はい または 20%で はい\nz = 確率(a)", 0.44),
]


def answer(text: str) -> dict[str, Any]:
    """What `nanashi estimate --json` says of z."""
    values = evaluate(parse(text)).to_json()["values"]
    return dict(values["z"])


@pytest.mark.parametrize(("text", "expected", "unit"), SPANS + SHAPES + GROWTH)
def test_quantiles_and_unit(text: str, expected: Quantiles | float, unit: str) -> None:
    told = answer(text)
    given = [told[f"p{round(level * 100)}"] for level in LEVELS]
    wanted = expected if isinstance(expected, list) else [expected] * len(LEVELS)
    width = max(wanted) - min(wanted)
    assert given == pytest.approx(wanted, rel=0.01, abs=0.005 * width + 1e-12)
    assert told["unit"] == unit


@pytest.mark.parametrize(("text", "chance"), CHANCES)
def test_chances(text: str, chance: float) -> None:
    assert answer(text)["p50"] == pytest.approx(chance, rel=0.01)


def crps_of_lognormal(median: float, spread: float, outcome: float) -> float:
    """S. Baran and S. Lerch, "Log-normal distribution based EMOS models", QJRMS 141 (2015), equation 5."""
    w = (math.log(outcome) - math.log(median)) / spread
    inner = NORMAL.cdf(w - spread) + NORMAL.cdf(spread / math.sqrt(2)) - 1
    return outcome * (2 * NORMAL.cdf(w) - 1) - 2 * median * math.exp(spread**2 / 2) * inner


@pytest.mark.parametrize(
    ("text", "key", "score"),
    [
        ("z = 1 to 4\noutcome z = 3 on 2027-03-01", "crps", crps_of_lognormal(2, math.log(2) / Z90, 3)),
        ("z = 一様(0〜1)\n実績 z = 0.25（2027-03-01）", "crps", (0.25**3 + 0.75**3) / 3),
        ("z = yes with 70%\noutcome z = yes on 2027-03-01", "brier", 0.09),
        ("z = 70%で はい\n実績 z = いいえ（2027-03-01）", "log", -math.log(0.3)),
        (f"{NEVER}outcome z = never on 2031-01-01", "log", 0.0),
    ],
)
def test_scores(text: str, key: str, score: float) -> None:
    told = evaluate(parse(text)).to_json()["scores"]["z"]
    assert told[key] == pytest.approx(score, rel=0.01, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "z = 5円 > 3日",
        "x = uniform(-1 to 1)\nz = 1 / x",
        "x = uniform(-1 to 1)\nz = ln(x)",
        "z = sqrt(-4)",
        "z = 1 in 2027",
        "z = P(3)",
        "z = $5",
        "a to b = 3",
        "年 = 3",
        "z = 30%: 1 to 2 or 3",
        "z = 1 to 2\noutcome z = 3 on 2027-13-01",
        "years: 2030 to 2020\nz = 1",
        "a = 1 to 2\ncorrelate a, a = 0.5",
        f"{YEARS}z = 1 growing 30% from 2020",
    ],
)
def test_what_means_nothing_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(EstimateError) as raised:
        evaluate(parse(text))
    assert all(one.line >= 1 and one.column >= 1 for one in raised.value.problems)
