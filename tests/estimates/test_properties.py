"""What holds for every estimate: names, order, changes, seeds and quantiles."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.estimates import EstimateError, evaluate, parse
from tests.estimates.generated import blocks

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
LEVELS = ("p5", "p25", "p50", "p75", "p95")

MODEL = """years: 2023 to 2030
alpha = 1 to 3
beta rate = 0.2 to 0.5 OOM/yr
gamma = normal(-1 to 2)
delta = alpha * gamma + (1 to 2)
run = alpha growing beta rate from 2023
passes = first year when run >= 30
"""


def values(text: str, **options: Any) -> dict[str, Any]:
    """The figures of a block."""
    found: dict[str, Any] = evaluate(parse(text), **options).to_json()["values"]
    return found


def test_renaming_changes_no_figure_with_a_given_seed() -> None:
    renamed = MODEL.replace("alpha", "計算量").replace("beta rate", "伸び").replace("delta", "zz")
    before, after = values(MODEL, seed=7), values(renamed, seed=7)
    assert list(before.values()) == list(after.values())


def test_the_order_of_lines_changes_no_figure_beyond_the_sampling_error() -> None:
    head, *lines = MODEL.strip().split("\n")
    before, after = values(MODEL, seed=7), values("\n".join([head, *reversed(lines)]), seed=7)
    for name in ("alpha", "delta"):
        for level in LEVELS:
            assert after[name][level] == pytest.approx(before[name][level], rel=0.02, abs=0.02)


@pytest.mark.parametrize("expression", ["x - x", "x + x - 2 * x", "(x - x) * y", "x / x - 1"])
def test_one_name_is_one_draw(expression: str) -> None:
    found = values(f"x = 1 to 3\ny = 2 to 9\nzero = {expression}")["zero"]
    assert [found[level] for level in LEVELS] == [0.0] * 5


def test_equal_expressions_under_two_names_are_independent() -> None:
    result = evaluate(parse("x = 1 to 3\ny = 1 to 3\nd = x - y"))
    assert result.values["d"].summary.sd == pytest.approx(
        2**0.5 * (result.values["x"].summary.sd or 0), rel=0.01
    )
    assert abs(np.corrcoef(result.draws("x"), result.draws("y"))[0, 1]) < 0.01


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(["exp(x / 1000)", "x^3", "ln(x)", "sqrt(x)", "5 * x + 1"]),
)
def test_quantiles_of_monotone_functions_are_functions_of_quantiles(
    low: int, more: int, function: str
) -> None:
    found = values(f"x = {low} to {low + more}\ny = {function}", samples=4096)
    for level in LEVELS:
        x = found["x"][level]
        expected = evaluate(parse(f"x = {x!r}\ny = {function}"), samples=16).values["y"].quantile("p50")[0]
        assert found["y"][level] == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_changing_one_assumption_leaves_the_draws_of_the_others() -> None:
    block = parse(MODEL)
    before = evaluate(block)
    formula = evaluate(block, changes={"alpha": "gamma * 2"})
    assert np.array_equal(before.draws("gamma"), formula.draws("gamma"))
    assert np.array_equal(before.draws("beta rate"), formula.draws("beta rate"))
    for change in ({"alpha": "5"}, {"alpha": "one of(1, 2)"}, {"gamma": "3 to 4"}, {"beta rate": "10%/yr"}):
        after = evaluate(block, changes=change)
        assert after.seed == before.seed
        for name in ("alpha", "beta rate", "gamma"):
            if name not in change:
                assert np.array_equal(before.draws(name), after.draws(name))
    changed = evaluate(block, changes={"alpha": "2 to 6"})
    assert np.allclose(changed.draws("alpha"), 2 * before.draws("alpha"))


def test_draws_inside_formulas_stay_when_another_line_changes() -> None:
    base = "a = 1 to 2\nb = a + (3 to 4)\nc = 5 to 6\n"
    one = evaluate(parse(base))
    two = evaluate(parse(base), changes={"c": "7"})
    assert np.array_equal(one.draws("b"), two.draws("b"))


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(blocks(), st.integers(0, 2**32))
def test_same_text_seed_and_count_give_the_same_json(pair: tuple[str, str], seed: int) -> None:
    try:
        first = evaluate(parse(pair[0]), seed=seed, samples=128).to_json()
    except EstimateError:
        return
    second = evaluate(parse(pair[0]), seed=seed, samples=128).to_json()
    assert json.dumps(first) == json.dumps(second)
    assert "NaN" not in json.dumps(first)
    assert "Infinity" not in json.dumps(first)


def test_every_process_gives_the_same_json() -> None:
    code = (
        "import json, sys; from nanashi.estimates import parse, evaluate;"
        "print(json.dumps(evaluate(parse(sys.stdin.read())).to_json(), ensure_ascii=False))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=MODEL,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["seed"] == parse(MODEL).seed


def test_another_text_has_another_seed_and_notes_count() -> None:
    assert parse("x = 1 to 2").seed != parse("x = 1 to 3").seed
    assert parse("x = 1 to 2").seed == parse("x = 1 to 2\r\n").seed


def test_the_room_needs_no_django() -> None:
    code = "import sys, nanashi.estimates; assert not {'django', 'scipy', 'vl_convert'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_precision_of_printed_numbers() -> None:
    found = values("x = 1 / 3")["x"]["p50"]
    assert repr(found) == "0.3333333333"
