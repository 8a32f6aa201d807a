"""What docs/estimates.md shows is true: every block evaluates, and shown figures are those that come out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nanashi.estimates import evaluate, parse, parse_blocks
from nanashi.estimates.tables import text_table
from nanashi.estimates.words import FUNCTIONS, LINE_WORDS, SHAPES

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "estimates.md").read_text(encoding="utf-8")
NOTEBOOK = (DOCS / "estimates-notebook.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```estimate\n((?:(?!```).)*)```\n\n```output\n(.*?)```", TEXT + NOTEBOOK, re.DOTALL)


def test_every_block_of_the_page_evaluates() -> None:
    blocks = parse_blocks(TEXT)
    assert len(blocks) >= 11
    for block in blocks:
        assert evaluate(block).values


@pytest.mark.parametrize(("block", "output"), SHOWN)
def test_figures_shown_are_those_that_come_out(block: str, output: str) -> None:
    language = "ja" if "中央値" in output else "en"
    assert text_table(evaluate(parse(block)), language) == output


def test_pairs_of_examples_in_both_languages_say_the_same() -> None:
    blocks = parse_blocks(TEXT)[1:7]
    for english, japanese in zip(blocks[::2], blocks[1::2], strict=True):
        first, second = (
            [value.to_json() for value in evaluate(block, seed=1).values.values()]
            for block in (english, japanese)
        )
        for one, other in zip(first, second, strict=True):
            assert {**one, "unit": ""} == {**other, "unit": ""}


def test_every_spelling_is_on_the_page() -> None:
    for table in (FUNCTIONS, SHAPES, LINE_WORDS):
        for spellings in table.values():
            for spelling in spellings:
                assert spelling in TEXT, spelling


def test_the_python_example_runs() -> None:
    code = re.findall(r"```python\n(.*?)```", TEXT + NOTEBOOK, re.DOTALL)
    assert len(code) == 2
    for example in code:
        exec(compile(example, "docs/estimates.md", "exec"), {})
