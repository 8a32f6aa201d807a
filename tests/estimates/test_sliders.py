"""Sliders write what is read as the author's expression, on the scale of its shape."""

import pytest

from nanashi.estimates import evaluate, parse
from nanashi.estimates.sliders import slider_of

SLIDING = [
    ("2e25 to 3e25 FLOP", True, "{0} to {1} FLOP"),
    ("0.4 to 0.7 OOM/yr", True, "{0} to {1} OOM/yr"),
    ("10% to 40%", False, "{0} to {1}%"),
    ("300万〜500万人", True, "{0} to {1} 人"),
    ("halving every 5 to 14 months", True, "halving every {0} to {1} month"),
    ("normal(-2 to 3)", False, "normal({0} to {1})"),
    ("1 to 3 km (95%)", True, "{0} to {1} km (95%)"),
    ("3 円", True, "{0} 円"),
    ("30%/yr", False, "{0}%/yr"),
    ("6か月で2倍", True, "doubling every {0} month"),
]


@pytest.mark.parametrize(("written", "log", "template"), SLIDING)
def test_a_slider_writes_what_the_author_wrote(written: str, log: bool, template: str) -> None:
    block = parse(f"a = {written}\nb = 1 to 2\nx = b * 2")
    for language in ("en", "ja"):
        slider = slider_of(block, "a", language)
        assert slider is not None
        assert slider.log == log
        assert slider.least < slider.ends[0] <= slider.ends[-1] < slider.most
        assert not slider.log or slider.least > 0
        again = evaluate(block, changes={"a": slider.filled(*slider.ends)})
        assert again.values["a"].to_json() == evaluate(block).values["a"].to_json()
    english = slider_of(block, "a")
    assert english is not None
    assert english.template == template


@pytest.mark.parametrize(
    "written", ["beta(2, 3)", "yes with 30%", "one of(1, 2)", "30%: 1 to 2 or 70%: 3 to 4"]
)
def test_other_shapes_are_changed_in_words(written: str) -> None:
    assert slider_of(parse(f"a = {written}"), "a") is None
