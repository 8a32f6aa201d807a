"""The documentation's examples say what the code does."""

import doctest
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_examples_of_the_linking_page_run_as_shown() -> None:
    result = doctest.testfile(str(DOCS / "linking.md"), module_relative=False, encoding="utf-8")
    assert result.attempted
    assert result.failed == 0
