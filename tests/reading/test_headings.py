"""The table of contents of an entry: from three headings on."""

from nanashi.reading.headings import contents_of
from nanashi.text.markup import render

TEXT = "## 一 *強い*\n\n本文\n\n### 二 <b>& c\n\n本文\n\n"


def test_three_headings_make_contents_and_two_do_not() -> None:
    assert contents_of(render(TEXT, anchor="20240606-aaaaaa").html) == ()
    found = contents_of(render(TEXT + "## 三\n", anchor="20240606-aaaaaa").html)
    assert [(one.level, one.text) for one in found] == [(1, "一 強い"), (2, "二 <b>& c"), (1, "三")]


def test_each_line_leads_to_its_heading() -> None:
    html = render(TEXT + "## 三\n", anchor="20240606-aaaaaa").html
    assert all(html.count(f'id="{one.anchor}"') == 1 for one in contents_of(html))
