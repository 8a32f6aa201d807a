"""Tables from clipboards: as spreadsheets and web pages put them there, written here in their manner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from nanashi.text.markup import render
from nanashi.text.pasted import MOST_CELLS, TableTooLargeError, table_to_markdown, with_tables

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<meta name="generator" content="LibreOffice 7.4"/><style type="text/css">body,table{font-size:x-small}</style></head>
<body><table cellspacing="0" border="0"><colgroup span="3" width="85"></colgroup>
<tr><td colspan=2 height="17" align="left">都市と<br>人口</td><td align="left">年</td></tr>
<tr><td align="left"><font color="#000000">東京</font></td><td align="right" sdval="14000" sdnum="1041;">14,000</td>
<td align="right" sdval="2024" sdnum="1041;">2024</td></tr></table></body></html>"""
EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--td {mso-x:1}--></style></head><body>
<!--StartFragment--><table border=0 cellpadding=0 width=128 style='border-collapse:collapse'><tr height=20>
<td rowspan=2 height=40 class=xl65>a|b</td><td>x<span style='mso-spacerun:yes'>&nbsp; </span>y</td></tr>
<tr><td align=right>-1.5</td></tr><tr><td></td><td></td></tr></table><!--EndFragment--></body></html>"""
SHEETS = """<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" data-sheets-root="1"><colgroup><col/></colgroup>
<tbody><tr><td data-sheets-value="{}">一行目<br/>二行目</td><td>割合</td></tr>
<tr><td><a class="in-cell-link" href="https://example.org/a_b">出典</a></td><td>12%</td></tr></tbody></table>
</google-sheets-html-origin>"""


def cells(markdown: str) -> list[list[str]]:
    rows = LexborHTMLParser(render(markdown, anchor="20240101-aaaaaa").html).css("tr")
    return [[cell.text() for cell in row.css("th, td")] for row in rows]


def test_libreoffice() -> None:
    assert table_to_markdown(LIBREOFFICE) == (
        "| 都市と 人口 |  | 年 |\n| --- | ---: | ---: |\n| 東京 | 14,000 | 2024 |\n"
    )


def test_excel() -> None:
    assert table_to_markdown(EXCEL) == "| a\\|b | x y |\n| --- | ---: |\n|  | -1.5 |\n"


def test_sheets() -> None:
    assert table_to_markdown(SHEETS) == (
        "| 一行目 二行目 | 割合 |\n| --- | ---: |\n| [出典](https://example.org/a_b) | 12% |\n"
    )


def test_text_with_tabs_and_line_breaks_in_cells() -> None:
    pasted = 'a\tb\n"x\ty"\t"li""ne\n2"\n'
    assert cells(table_to_markdown(pasted)) == [["a", "b"], ["x y", 'li"ne 2']]


def test_a_quotation_mark_inside_a_cell_is_one() -> None:
    assert cells(table_to_markdown('screen\tmm\n5" wide\t127\n"odd\t1\n')) == [
        ["screen", "mm"],
        ['5" wide', "127"],
        ['"odd', "1"],
    ]


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "word",
        "a\tb",
        "a\tb\nc",
        "\tif x:\n\treturn",
        "<p>text</p>",
        "<p>x</p><table><tr><td>1</table>",
        "<table></table>",
    ],
)
def test_what_is_no_table(pasted: str) -> None:
    assert table_to_markdown(pasted) == ""


def test_a_table_in_a_table_is_one_cell() -> None:
    pasted = "<table><tr><td>a<td>b<tr><td><table><tr><td>in<td>ner</table><td>2</table>"
    assert cells(table_to_markdown(pasted)) == [["a", "b"], ["in ner", "2"]]


def test_only_web_addresses_stay_links() -> None:
    assert "javascript" not in table_to_markdown("<table><tr><td><a href='javascript:x'>t</a></table>")


def test_tables_have_a_bound() -> None:
    for pasted in ("<table>" + "<tr><td>x" * (MOST_CELLS + 1) + "</table>", "a\tb\n" * MOST_CELLS):
        with pytest.raises(TableTooLargeError):
            table_to_markdown(pasted)
    with pytest.raises(TableTooLargeError):
        table_to_markdown("<table>" + "<tr><td colspan=99999999>x" * 30 + "</table>")


def test_runs_of_lines_in_a_text_become_tables() -> None:
    text = "before\na\tb|c\n1\t2\nafter\n```\nx\ty\nz\tw\n```\nalone\tline"
    assert with_tables(text) == (
        "before\n\n| a | b\\|c |\n| ---: | ---: |\n| 1 | 2 |\n\nafter\n```\nx\ty\nz\tw\n```\nalone\tline"
    )


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=2), min_size=2, max_size=4))
def test_every_cell_shows_what_was_in_it(rows: list[list[str]]) -> None:
    pasted = "\n".join("\t".join(row) for row in rows)
    if '"' not in pasted:
        assert cells(table_to_markdown(pasted)) == rows


@given(st.text(st.sampled_from("ab\t\n`~ |\\"), max_size=40))
def test_no_text_is_lost_by_making_tables(text: str) -> None:
    letters = [letter for letter in text if letter in "ab"]
    assert [letter for letter in with_tables(text) if letter in "ab"] == letters
