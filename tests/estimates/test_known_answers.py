"""Published and hand-checked figures that the room must reproduce (1 % unless said)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nanashi.estimates import evaluate, parse

LEVELS = ("p5", "p25", "p50", "p75", "p95")


def answer(text: str, name: str) -> dict[str, Any]:
    """The JSON of one value."""
    result: dict[str, Any] = json.loads(json.dumps(evaluate(parse(text)).to_json()))
    return dict(result["values"][name])


def middle(text: str, name: str = "x") -> Any:
    """The median of one value."""
    return answer(text, name)["p50"]


def test_sum_of_orders_of_magnitude_by_ends() -> None:
    # L. Aschenbrenner, Situational Awareness (2024): 2-3 OOMs of compute and 1-3 OOMs of algorithms, 3 to 6.
    text = "a = uniform(2 to 3) OOM\nb = uniform(1 to 3 OOM)\nx = a + b\n"
    draws = evaluate(parse(text)).draws("x")
    assert draws.min() == pytest.approx(3, rel=0.01)
    assert draws.max() == pytest.approx(6, rel=0.01)


def test_sum_of_orders_of_magnitude_as_intervals() -> None:
    # Same source; quantiles by numerical convolution of the two lognormals.
    found = answer("a = 2 to 3 OOM\nb = 1 to 3 OOM\nx = a + b", "x")
    assert [found[level] for level in ("p5", "p50", "p95")] == pytest.approx([3.32, 4.22, 5.56], rel=0.01)
    assert found["unit"] == "OOM"


def test_three_months_to_a_minute() -> None:
    # Same source: a task of three months done in a minute; log10(3 * 30.4375 * 24 * 60) = 5.119.
    found = answer("x = log10(3 months / 1 minute)", "x")
    assert found["p50"] == pytest.approx(5.11, rel=0.01)
    assert found["unit"] == "OOM"


def test_thirty_times_twenty() -> None:
    # Same source: 30x times 20x is log10(600) = 2.778 OOM.
    assert middle("x = log10(30× × 20×)") == pytest.approx(2.78, rel=0.01)
    assert middle("x = (30× × 20×) in OOM") == pytest.approx(2.78, rel=0.01)


def test_tokens_at_human_speed() -> None:
    # Same source: 100 tokens a minute; a weekly working time of 40 hours.
    text = (
        "tokens = [100, 1000, 1e4, 1e5, 1e6] tokens\n"
        "time = tokens / (100 tokens/min)\n"
        "x = time in min\n"
        "weeks = x / (40 hour)\n"
    )
    found = answer(text, "x")
    assert found["kind"] == "list"
    assert found["unit"] == "min"
    assert found["p50"] == pytest.approx([1, 10, 100, 1000, 10_000])
    weeks = answer(text, "weeks")
    assert weeks["unit"] == ""
    assert weeks["p50"] == pytest.approx([1 / 2400, 10 / 2400, 100 / 2400, 1000 / 2400, 10_000 / 2400])


def test_bare_tokens_at_human_speed() -> None:
    # The same with a bare list: in minutes, the bare numerator is taken for tokens.
    text = "n = [100, 1000, 1e4, 1e5, 1e6]\nt = n / (100 tokens/min)\nx = t in min\nweeks = t / (40 hour)\n"
    assert middle(text) == pytest.approx([1, 10, 100, 1000, 10_000])
    assert middle(text, "weeks") == pytest.approx(
        [1 / 2400, 10 / 2400, 100 / 2400, 1000 / 2400, 10_000 / 2400]
    )


@pytest.mark.parametrize(
    ("period", "level", "low", "high"),
    [
        # E. Erdil and T. Besiroglu, "Algorithmic progress in computer vision", arXiv 2212.05153.
        ("4 to 25 months", " (95%)", 0.145, 0.903),
        # A. Ho et al., "Algorithmic progress in language models", arXiv 2403.05812: 5 to 14 months.
        ("5 to 14 months", " (95%)", 0.258, 0.722),
    ],
)
def test_halving_times_as_orders_of_magnitude_a_year(
    period: str, level: str, low: float, high: float
) -> None:
    draws = evaluate(parse(f"x = halving every {period}{level}")).draws("x")
    ordered = sorted(float(draw) for draw in draws)
    count = len(ordered)
    assert ordered[round(0.025 * count)] == pytest.approx(low, rel=0.01)
    assert ordered[round(0.975 * count)] == pytest.approx(high, rel=0.01)
    ends = answer(f"x = halving every uniform({period})", "x")
    assert ends["unit"] == "OOM/yr"
    assert low < ends["p5"] < ends["p95"] < high


def test_growth_of_training_compute() -> None:
    # J. Sevilla and E. Roldan, "Training compute of frontier AI models grows by 4-5x per year", Epoch AI.
    found = answer("g = 4 to 5 x/yr\nx = g in OOM/yr", "x")
    assert [found["p5"], found["p95"]] == pytest.approx([0.602, 0.699], rel=0.01)


@pytest.mark.parametrize(
    ("marital", "marriage", "total"),
    [(-0.15, -0.24, -0.39), (0.17, -0.38, -0.20), (0.05, -0.17, -0.12), (0.10, -0.16, -0.06)],
)
def test_decomposition_of_a_fertility_decline(marital: float, marriage: float, total: float) -> None:
    # National Institute of Population and Social Security Research (IPSS), Population Statistics, table 4-18:
    # change of the total fertility rate of Japan by decade and half-decade 1970-2000, within rounding.
    text = f"有配偶 = {marital}\n結婚 = {marriage}\n変化 = 有配偶 + 結婚\n"
    assert middle(text, "変化") == pytest.approx(total, abs=0.011)


def test_first_passage_of_a_certain_growth() -> None:
    # 2e25 in 2023 at one order a year: 2e29 in 2027, 2e28 in 2026.
    text = "years: 2023 to 2040\nrun = 2e25 FLOP growing 1 OOM/yr from 2023\n"
    text += "x = first year when run >= 1e29 FLOP\n"
    found = answer(text, "x")
    assert [found[level] for level in LEVELS] == [2027] * 5
    assert found["never"] == 0


def test_product_of_two_lognormals() -> None:
    # Exact: the product of lognormals is lognormal.
    found = answer("x = (2 to 3) × (10 to 100)", "x")
    assert [found[level] for level in LEVELS] == pytest.approx([24.07, 47.96, 77.46, 125.1, 249.3], rel=0.01)


def test_mixture_of_two_lognormals() -> None:
    # Exact: root of the weighted sum of the two distribution functions.
    found = answer("x = 30%: 1 to 2 or 70%: 10 to 40", "x")
    assert [found[level] for level in LEVELS] == pytest.approx([1.153, 1.734, 15.76, 23.34, 37.08], rel=0.01)


def test_scores_of_a_normal_at_its_mean() -> None:
    # Gneiting and Raftery 2007, equation 5: CRPS of N(m, s) at m is s (2 phi(0) - 1/sqrt(pi)); the log
    # score is ln(s sqrt(2 pi)).
    text = "x = normal(mean=5, sd=2)\noutcome x = 5 on 2027-03-01"
    scores = evaluate(parse(text)).to_json()["scores"]["x"]
    assert scores["crps"] == pytest.approx(0.46739, rel=0.01)
    assert scores["log"] == pytest.approx(1.61209, rel=0.01)
    assert scores["inside90"] is True
    assert scores["outcome"] == 5
