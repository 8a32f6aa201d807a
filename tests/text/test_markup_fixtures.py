"""What people type and what it becomes, case by case, from the files in fixtures/."""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from nanashi.text import Lexicon, Spelling
from nanashi.text.markup import DEVIATIONS, commonmark_parser, render

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENT = Path(__file__).parents[2] / "docs" / "markup.md"

WORDS = ("研究", "京都", "日記", "AT&T", "C++", ".NET", "TCP/IP", "machine learning")
LEXICON = Lexicon.from_spellings(
    [*(Spelling(word, word, key) for key, word in enumerate(WORDS)), Spelling("リサーチ", "研究", 0)]
)
KNOWN = {"20260611-k7m2xq": "20260611-k7m2xq", "20240606123456": "20240606-abc234"}
SITES = ("https://diary.example.org",)


def html_of(source: str) -> str:
    return render(
        source, anchor="20260612-n4n4sh", lexicon=LEXICON, known=KNOWN, sites=SITES, boundaries=False
    ).html


def cases(name: str) -> list[tuple[str, str, str]]:
    return [(title, source, html) for _, title, source, html in read_fixture_file(FIXTURES / f"{name}.txt")]


def all_cases() -> list[object]:
    names = sorted(path.stem for path in FIXTURES.glob("*.txt"))
    return [
        pytest.param(source, html, id=f"{name}: {title}")
        for name in names
        for title, source, html in cases(name)
    ]


@pytest.mark.parametrize(("source", "html"), all_cases())
def test_what_is_typed_becomes_what_is_meant(source: str, html: str) -> None:
    assert html_of(source) == html


@pytest.mark.parametrize(
    ("source", "html"), [pytest.param(source, html, id=title) for title, source, html in cases("deviations")]
)
def test_a_deviation_deviates(source: str, html: str) -> None:
    assert commonmark_parser().render(source) != html


def test_every_deviation_has_a_case() -> None:
    titles = [title.partition(":")[0] for title, _, _ in cases("deviations")]
    assert set(titles) == set(DEVIATIONS)


def documented_deviations() -> list[tuple[str, str]]:
    """Name and reason of each row of the table of deviations."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Deviations from CommonMark")[2]
    lines = [line.strip("|") for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")]
    rows = [re.split(r"(?<!\\)\|", line) for line in lines]
    return [(row[0].strip(), row[-1].strip()) for row in rows[2:]]


def test_the_document_has_each_deviation_of_the_code_with_a_reason() -> None:
    documented = documented_deviations()
    assert [name for name, _ in documented] == list(DEVIATIONS)
    assert all(len(reason) > 20 for _, reason in documented)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("段落 *一* と **二** と `三`\n", id="emphasis and code"),
        pytest.param("- 一\n- 二\n\n  段落\n\n1. 三\n", id="lists"),
        pytest.param("> 引用\n>\n> > 二重\n\n---\n", id="quotations"),
        pytest.param("```\n<研究>\n```\n", id="fences"),
        pytest.param('[題](/a "b") [頁][x]\n\n[x]: /y\n', id="links"),
        pytest.param("&amp; &#30740; \\* a\\\nb\n", id="entities and escapes"),
    ],
)
def test_all_else_is_commonmark(source: str) -> None:
    plain = commonmark_parser().render(source).replace(" />", ">")
    assert render(source, anchor="a").html == plain
