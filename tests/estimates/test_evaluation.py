"""Units, growth, events, probabilities, correlation, sensitivity and scores."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from nanashi.estimates import EstimateError, Result, evaluate, parse
from nanashi.estimates.inverse_normal import inverse_normal
from nanashi.estimates.scoring import crps, density_at

EVENT = (
    "years: 2023 to 2026\ng = one of(1.1 x/yr, 2 x/yr, 4 x/yr)\n"
    "r = 1 growing g from 2023\nx = first year when r >= 7\n"
)


def run(text: str, **options: Any) -> Result:
    """A block's answer."""
    return evaluate(parse(text), **options)


def median(text: str, name: str = "x") -> float:
    """The median of one value."""
    value = run(text, samples=1024).values[name].quantile("p50")[0]
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("expression", "unit", "value"),
    [
        ("1 hour + 30 min", "hour", 1.5),
        ("30 min + 1 hour", "min", 90),
        ("5 円 * 3", "円", 15),
        ("3 * 5 円", "円", 15),
        ("5 円 / 2 円", "", 2.5),
        ("6 円 / 2 人", "円/人", 3),
        ("2 hour * 3 FLOP/s", "FLOP", 21_600),
        ("1 year in day", "day", 365.25),
        ("1 month in day", "day", 30.4375),
        ("1 week in hour", "hour", 168),
        ("5 円 + 3", "円", 8),
        ("3 + 5 円", "円", 8),
        ("2 OOM + 1 OOM", "OOM", 3),
        ("10^(3 OOM)", "", 1000),
        ("log10(1000)", "OOM", 3),
        ("1000 in OOM", "OOM", 3),
        ("3 OOM in x", "", 1000),
        ("4 x/yr in OOM/yr", "OOM/yr", math.log10(4)),
        ("30%/yr in OOM/yr", "OOM/yr", math.log10(1.3)),
        ("1 OOM/yr in OOM/month", "OOM/month", 1 / 12),
        ("5 km^2 / 5 km", "km", 1),
        ("sqrt(9 km^2)", "km", 3),
        ("1 token + 3 tokens", "token", 4),
        ("-2^2", "", -4),
        ("2^3^2", "", 512),
        ("2^-1", "", 0.5),
        ("7 - 2 - 1", "", 4),
        ("8 / 2 / 2", "", 2),
        ("1 + 2 * 3", "", 7),
        ("30×", "", 30),
        ("4倍 * 2", "", 8),
        ("4 x", "", 4),
        ("30x * 20x", "", 600),
        ("1億2000万円", "円", 1.2e8),
        ("3千万円", "円", 3e7),
        ("5百万円", "円", 5e6),
        ("2千5百万円", "円", 2.5e7),
        ("1万5千円", "円", 15_000),
        ("1万5000円", "円", 15_000),
        ("3 万円", "円", 30_000),
        ("1兆2億3万4", "", 1_000_200_030_004),
        ("1,000万円", "円", 1e7),
        ("10%", "", 0.1),
        ("5k tokens", "tokens", 5000),
        ("100 tokens/min(2, 4)", "tokens", 50),
        ("3 days", "day", 3),
        ("2027年", "year", 2027),
        ("round(2.5)", "", 3),
        ("clip(70 min, 0, 1 hour) ", "min", 60),
        ("clip(0.5, 1 hour, 90 min)", "hour", 1),
        ("clip(9, 1 hour, 90 min)", "hour", 1.5),
        ("max(2 hour, 30 min)", "hour", 2),
        ("0.5/yr * 2 yr", "", 1),
    ],
)
def test_units(expression: str, unit: str, value: float) -> None:
    found = run(f"x = {expression}", samples=16).to_json()["values"]["x"]
    assert found["unit"] == unit
    assert found["p50"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("rate", "factor"),
    [
        ("1 OOM/yr", 10.0),
        ("30%/yr", 1.3),
        ("4 x/yr", 4.0),
        ("doubling every 6 months", 4.0),
        ("halving every 1 year", 0.5),
        ("1%/month", 1.01**12),
        ("-10%/yr", 0.9),
    ],
)
def test_growth_compounds(rate: str, factor: float) -> None:
    text = f"years: 2020 to 2026\nx = 3 growing {rate} from 2023"
    found = run(text, samples=16).values["x"].quantile("p50")
    assert found == pytest.approx([3 * factor ** (year - 2023) for year in range(2020, 2027)])


def test_a_named_halving_falls_like_a_written_one() -> None:
    text = "years: 2020 to 2022\nh = halving every 6 to 12 months\nx = 1 growing h from 2020\n"
    last = run(text).values["x"].quantile("p50")[-1]
    assert last is not None
    assert last < 1
    mixed = (
        "years: 2020 to 2022\nh = 50%: halving every 6 months or 50%: halving every 12 months\n"
        "x = 1 growing h from 2020\n"
    )
    ends = [run(mixed).values["x"].quantile(level)[-1] for level in ("p5", "p95")]
    assert ends == pytest.approx([2**-4, 2**-2])


def test_a_halving_in_a_sum_is_said_to_be_positive() -> None:
    result = run("a = 0.5 OOM/yr\nh = halving every 1 year\nx = a + h")
    assert result.values["x"].quantile("p50")[0] == pytest.approx(0.5 + math.log10(2))
    assert any("halving" in warning for warning in result.warnings())


def test_an_event_that_may_never_come() -> None:
    found = run(EVENT).to_json()["values"]["x"]
    assert found["kind"] == "event"
    assert found["unit"] == "year"
    assert found["never"] == pytest.approx(1 / 3, abs=0.001)
    assert (found["p5"], found["p25"], found["p50"], found["p75"], found["p95"]) == (
        2025,
        2025,
        2026,
        None,
        None,
    )


def test_probabilities() -> None:
    text = "a = uniform(0 to 1)\nb = uniform(0 to 1)\nx = P(a > 0.25)\n"
    text += "y = P(a > 0.5 given a > 0.25)\nz = P(a > b)\n"
    result = run(text)
    assert [result.values[name].summary.mean for name in "xyz"] == pytest.approx(
        [0.75, 2 / 3, 0.5], abs=0.002
    )


def test_probability_by_year_is_a_series() -> None:
    found = run("years: 2020 to 2022\na = uniform(0 to 2)\nx = P(a > year - 2020)").to_json()["values"]["x"]
    assert found["kind"] == "series"
    assert found["p50"] == pytest.approx([1, 0.5, 0], abs=0.001)
    assert found["p5"] == found["p95"]


def test_errors_count_only_in_the_branch_that_is_taken() -> None:
    assert median("a = uniform(-1 to 3)\nx = if a > 0 then ln(a) else 0") <= 0.1
    with pytest.raises(EstimateError):
        run("a = uniform(-1 to 3)\nx = if a > 1 then 0 else ln(a)")


@pytest.mark.parametrize(
    "text",
    [
        "years: 2020 to 2022\nx = 1 growing 1e5 OOM/yr from 2020",
        "years: 2020 to 2022\nx = 1 growing 1e300 x/yr from 2020",
        "y = 400 OOM\nx = y in x",
        "x = 1 to 1e300",
        "x = lognormal(median=1e300, sd=100)",
        "x = exp(1000)",
        "x = 1e300 year in s\ny = x * 1000",
        "x = doubling every 1e-300 s\ny = x * 10",
        "a = 2 year\n"
        + "".join(f"{n} = {m} * {m}\n" for m, n in zip("abcdefghij", "bcdefghijk", strict=True)),
    ],
)
def test_overflow_is_an_error_that_names_its_line(text: str) -> None:
    with pytest.raises(EstimateError, match="overflow"):
        run(text)


def test_huge_values_have_figures() -> None:
    found = run("x = 1e299 to 1e300\ny = normal(-1e300 to 1e300)").to_json()["values"]
    assert found["x"]["mean"] == pytest.approx(4.0397e299, rel=1e-3)
    assert found["y"]["sd"] == pytest.approx(6.08e299, rel=1e-2)


def test_a_rate_is_drawn_once_and_not_yearly() -> None:
    result = run("years: 2020 to 2022\nx = 1 growing 10% to 90% /yr from 2020".replace("90% /yr", "90%/yr"))
    draws = result.draws("x")
    assert np.allclose(draws[2], draws[1] ** 2)


@pytest.mark.parametrize("rank", [-1.0, -0.7, 0.3, 0.9, 1.0])
def test_rank_correlation(rank: float) -> None:
    text = f"a = 1 to 100\nb = normal(-3 to 5)\nc = 1 to 2\ncorrelate a, b = {rank}\n"
    result, alone = run(text), run(text, seed=parse(text).seed)
    ranks = [np.argsort(np.argsort(result.draws(name))) for name in ("a", "b", "c")]
    assert np.corrcoef(ranks[0], ranks[1])[0, 1] == pytest.approx(rank, abs=0.01)
    assert abs(np.corrcoef(ranks[0], ranks[2])[0, 1]) < 0.02
    free = run("a = 1 to 100\nb = normal(-3 to 5)\nc = 1 to 2\n", seed=alone.seed)
    assert np.array_equal(np.sort(free.draws("b")), np.sort(result.draws("b")))


@pytest.mark.parametrize("mixture", ["30%: 10 to 40 or 70%: 1 to 2", "one of(4, 1, 2)", "yes with 40%"])
def test_mixtures_move_in_the_direction_that_is_written(mixture: str) -> None:
    result = run(f"a = {mixture}\nb = 1 to 2\ncorrelate a, b = 0.9\n")
    found = np.corrcoef(result.draws("a"), result.draws("b"))[0, 1]
    assert found > 0.6


def test_a_matrix_of_correlations() -> None:
    text = "a = 1 to 2\nb = 1 to 2\nc = 1 to 2\n"
    text += "correlate a, b = 0.8\ncorrelate b, c = 0.8\ncorrelate a, c = 0.5\n"
    result = run(text)
    ranks = [np.argsort(np.argsort(result.draws(name))) for name in ("a", "b", "c")]
    assert np.asarray(np.corrcoef(ranks))[np.triu_indices(3, 1)] == pytest.approx([0.8, 0.5, 0.8], abs=0.01)


def test_sensitivity_of_a_sum_is_its_share_of_variance() -> None:
    # Ranks of a sum of normals: close to the shares of variance, here 9 : 1.
    shares = run(
        "a = normal(mean=0, sd=3)\nb = normal(mean=0, sd=1)\nc = 1 to 2\nx = a + b\ny = x + 0 * c"
    ).sensitivity
    assert [name for name, _ in shares["x"]] == ["a", "b"]
    assert dict(shares["x"])["a"] == pytest.approx(0.9, abs=0.02)
    assert dict(shares["y"])["c"] == pytest.approx(0, abs=0.01)
    assert run("a = 1 to 9\nx = a^3").sensitivity["x"][0][1] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1 to 2\nb = 1 to 2\nx = a * b\ncorrelate a, b = 0.9",
        "a = 1 to 2\nb = 1 to 9\nx = a - b",
        "a = yes with 30%\nb = 1 to 2\nx = a * b",
        "a = normal(-1 to 1)\nb = normal(-1 to 1)\nx = a * b",
    ],
)
def test_sensitivity_adds_up_to_at_most_one(text: str) -> None:
    for shares in run(text).sensitivity.values():
        assert 0 <= sum(share for _, share in shares) <= 1 + 1e-9
        assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)


def test_the_mean_is_shown_only_where_it_is_stable() -> None:
    wild = run("x = 1 to 1e8")
    assert wild.values["x"].to_json()["mean"] is None
    assert any("mean" in warning for warning in wild.warnings())
    tame = run("x = 1 to 3").values["x"].summary
    sigma = math.log(3) / 2 / 1.6448536269514722
    assert tame.mean == pytest.approx(math.sqrt(3) * math.exp(sigma**2 / 2), rel=1e-3)


def test_weights_that_do_not_add_up_are_said() -> None:
    result = run("x = 30%: 1 or 30%: 2")
    assert result.values["x"].summary.mean == pytest.approx(1.5, abs=0.001)
    assert "60%" in result.warnings()[0]
    assert "60%" in result.warnings("ja")[0]


@pytest.mark.parametrize(
    ("distribution", "quantiles"),
    [
        # Exact quantiles at 5, 50 and 95 %: SciPy 1.17 (beta, poisson), closed forms otherwise.
        ("exponential(mean=2)", (0.102587, 1.386294, 5.991465)),
        ("poisson(mean=4)", (1, 4, 8)),
        ("beta(2, 5)", (0.0628499, 0.2644500, 0.5818034)),
        ("triangular(0, 1, 4)", (0.447214, 1.550510, 3.225403)),
        ("share(10% to 30%)", (0.1, 0.179128, 0.3)),
        ("10% to 30%", (0.1, 0.179128, 0.3)),
        ("10% to 30%/yr", (0.1, 0.173205, 0.3)),
        ("loguniform(1 to 100)", (1.258925, 10, 79.432823)),
        ("normal(1 to 3)", (1, 2, 3)),
        ("normal(1 to 3 (50%))", (-0.438663, 2, 4.438663)),
        ("lognormal(median=2, sd=0.5)", (0.878784, 2, 4.551744)),
        ("uniform(2 to 4)", (2.1, 3, 3.9)),
        ("one of(1, 2, 4)", (1, 2, 4)),
    ],
)
def test_distributions(distribution: str, quantiles: tuple[float, float, float]) -> None:
    found = run(f"x = {distribution}").values["x"]
    assert [found.quantile(level)[0] for level in ("p5", "p50", "p95")] == pytest.approx(quantiles, rel=2e-3)


def test_scores_of_yes_and_no() -> None:
    text = "a = yes with 30%\nb = 1 to 3\nc = P(b > 2)\n"
    text += "outcome a = yes on 2027-03-01\noutcome c = no on 2027-03-01\n"
    scores = run(text).to_json()["scores"]
    assert scores["a"]["brier"] == pytest.approx(0.49, abs=0.001)
    assert scores["a"]["log"] == pytest.approx(-math.log(0.3), abs=0.001)
    assert set(scores["a"]) == {"outcome", "brier", "log"}
    assert scores["c"]["outcome"] == 0


def test_scores_of_events() -> None:
    text = EVENT
    third = run(text + "outcome x = 2026 on 2026-12-31").scores["x"]
    assert third.log == pytest.approx(math.log(3), abs=0.001)
    # Draws 2025, 2026, never = 2027 in equal shares, outcome 2026: 2/3 - (8/9)/2 = 2/9.
    assert third.crps == pytest.approx(2 / 9, abs=0.001)
    never = run(text + "outcome x = never on 2026-12-31").scores["x"]
    assert never.outcome is None
    assert never.crps == pytest.approx(1 - 4 / 9, abs=0.001)
    assert never.log == pytest.approx(math.log(3), abs=0.001)
    with_warning = run(text + "outcome x = 2023 on 2026-12-31")
    assert with_warning.scores["x"].log is None
    assert with_warning.warnings()


@pytest.mark.parametrize(
    "day", [" on 2027-03-01", "（2027-03-01）", "（2027年3月1日）", " on 2027/3/1", "(2027-3-1)"]
)
def test_days_of_outcomes(day: str) -> None:
    assert parse(f"x = 1 to 3\n実績 x = 2{day}").outcomes["x"].date.isoformat() == "2027-03-01"


def test_outcome_of_a_series_is_that_of_its_year_and_units_convert() -> None:
    text = "years: 2023 to 2026\nx = (1 to 3) growing 2 x/yr from 2023\noutcome x = 7 on 2025-05-01\n"
    assert run(text).scores["x"].inside90 is True
    assert run("x = 1 to 3 hour\noutcome x = 120 min on 2025-05-01").scores["x"].outcome == pytest.approx(2)
    with pytest.raises(EstimateError):
        run("x = 1 to 3 hour\noutcome x = 120 km on 2025-05-01")


POINTS = (np.arange(8192) + 0.5) / 8192


@pytest.mark.parametrize("at", [-2.5, -1.0, 0.0, 0.5, 2.0])
def test_density_of_a_normal(at: float) -> None:
    exact = math.exp(-(at**2) / 2) / math.sqrt(2 * math.pi)
    assert density_at(inverse_normal(POINTS), at) == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize("at", [0.1, 0.3, 1.0, 4.0, 10.0])
def test_density_of_a_lognormal(at: float) -> None:
    exact = math.exp(-(math.log(at) ** 2) / 2) / math.sqrt(2 * math.pi) / at
    assert density_at(np.exp(inverse_normal(POINTS)), at) == pytest.approx(exact, rel=0.02)


@pytest.mark.parametrize("at", [0.001, 0.2, 0.5, 0.999])
def test_density_of_a_uniform(at: float) -> None:
    assert density_at(POINTS, at) == pytest.approx(1, rel=0.01)
    assert density_at(POINTS, 1.5) is None


def test_bias_of_the_log_score_over_outcomes() -> None:
    # Mean log score of N(0, 1) over its own outcomes is its entropy, ln(2 pi e) / 2 = 1.41894.
    draws = inverse_normal(POINTS)
    scores = [
        -math.log(density_at(draws, float(y)) or 1e-9) for y in inverse_normal((np.arange(200) + 0.5) / 200)
    ]
    assert np.mean(scores) == pytest.approx(1.41894, abs=0.012)


def test_crps_of_known_draws() -> None:
    assert crps(np.array([1.0]), 3.0) == 2.0
    assert crps(np.sort(2 * inverse_normal(POINTS) + 5), 5.0) == pytest.approx(0.46739, rel=1e-3)


@pytest.mark.parametrize("samples", [15, 65_537, 0, -1])
def test_the_number_of_draws_is_bounded(samples: int) -> None:
    with pytest.raises(EstimateError):
        run("x = 1 to 2", samples=samples)


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("5", "number"),
        ("doubling every 6 months", "number"),
        ("doubling every 6 to 12 months", "lognormal"),
        ("年30%", "number"),
        ("年20〜30%", "lognormal"),
        ("20% to 30%", "logit-normal"),
        ("normal(1 to 2)", "normal"),
        ("one of(1, 2)", "choice"),
        ("30%: 1 or 70%: 2", "mixture"),
        ("yes with 30%", "yes/no"),
        ("(1 to 2) * 3", None),
    ],
)
def test_the_shape_of_assumptions_is_named(expression: str, shape: str | None) -> None:
    assert run(f"x = {expression}", samples=16).to_json()["values"]["x"].get("shape") == shape
