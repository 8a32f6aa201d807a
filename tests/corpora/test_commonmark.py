"""The base parser is CommonMark 0.31.2: by examples of ours, and by the specification's where they are."""

import json
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from nanashi.text.markup import commonmark_parser

EXAMPLES = Path(__file__).parent / "commonmark_examples.txt"
SPECIFICATION = Path(__file__).parents[3] / "shared" / "data" / "corpora" / "commonmark-spec.json"
"""The specification's examples (CC BY-SA 4.0) are not part of the project."""
SPECIFICATION_EXAMPLES = 655

PARSER = commonmark_parser()


def examples() -> list[object]:
    ours = [
        pytest.param(source, html, id=f"ours: {title}")
        for _, title, source, html in read_fixture_file(EXAMPLES)
    ]
    theirs = [
        pytest.param(example["markdown"], example["html"], id=f"specification: {example['example']}")
        for example in specification()
    ]
    return ours + theirs


def specification() -> list[dict[str, str]]:
    if not SPECIFICATION.exists():
        return []
    found: list[dict[str, str]] = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("source", "html"), examples())
def test_an_example_comes_out_as_the_specification_says(source: str, html: str) -> None:
    assert PARSER.render(source) == html


def test_the_specification_is_whole_where_it_is() -> None:
    assert len(specification()) in (0, SPECIFICATION_EXAMPLES)
