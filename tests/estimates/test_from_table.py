"""A pasted table of numbers offers the beginning of an estimate, which evaluates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.estimates import evaluate, find_blocks, parse
from nanashi.estimates.from_table import block_from_table, with_estimates

TABLES = [
    ("visits\t2\t6\npeople\t3,000\t5,000", "visits = 2 to 6\npeople = 3,000 to 5,000\n"),
    ("| 項目 | 数 |\n|---|--:|\n| 人数 | 300万 |\n| 回数 | 4 |", "人数 = 300万\n回数 = 4\n"),
    ("a\t-1\t2\nb\t5\t3\nc\t1\t2\t3", "a = normal(-1 to 2)\nb = [5, 3]\nc = [1, 2, 3]\n"),
    (
        "期間\t夫婦\t結婚\nはじめ\t-0.15\t-0.24\nつぎ\t+0.17\t−0.38",
        "はじめ = [-0.15, -0.24]\nつぎ = [0.17, -0.38]\n",
    ),
]


@pytest.mark.parametrize(("table", "block"), TABLES)
def test_rows_become_values(table: str, block: str) -> None:
    assert block_from_table(table) == block
    assert evaluate(parse(block)).values


@pytest.mark.parametrize("table", ["", "a\tb\nc\td", "a\t1", "1\t2\n3\t4", "| a |\n|---|"])
def test_what_holds_no_numbers_is_no_estimate(table: str) -> None:
    assert block_from_table(table) is None


def test_the_text_stays_and_the_estimate_stands_below_its_table() -> None:
    text = "before\n\n| a | b |\n|---|---|\n| x | 1 |\n| y | 2 |\n\nafter"
    made = with_estimates(text)
    assert made.replace("\n```estimate\nx = 1\ny = 2\n```\n", "") == text
    assert [block.text for block in find_blocks(made)] == ["x = 1\ny = 2"]


def test_tables_in_code_are_left_alone() -> None:
    text = "```\nx\t1\ny\t2\n```"
    assert with_estimates(text) == text


@given(st.text(alphabet="ab1.,-+|\t\n `~é円%", max_size=80))
def test_whatever_is_pasted_what_comes_out_evaluates(text: str) -> None:
    block = block_from_table(text)
    assert block is None or evaluate(parse(block), samples=64).values
