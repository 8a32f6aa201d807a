"""Whatever is published is read: on its page, on its day, and as typed."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.text.markup import render, strip_links
from tests.reading.conftest import Define, Write
from tests.reading.pages import Page, Read

WORDS = ("雨", "研究", "rain", "C#", "a")
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\\")
PIECES = st.sampled_from(
    [
        *WORDS,
        "東京",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "- ",
        "> ",
        ">>",
        "# ",
        "## ",
        "**",
        "`",
        "```\n",
        "|",
        "|---|",
        "[[雨]]",
        "[[雨|傘]]",
        "[^1]",
        "\n[^1]: ",
        "<b>",
        "&amp;",
        "ttps://example.org/a",
        "anond:20240101000000",
        ">>20240606-abcdef",
        "　",
        "ｶﾞ",
        "㍿",
    ]
)
SOURCES = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=80),
    st.lists(PIECES, min_size=1, max_size=30).map("".join),
)
BODY = re.compile(r'<div class="body"[^>]*>\n(.*?)</div>\n<footer class="about-entry">', re.DOTALL)


def bodies_of(page: Page) -> list[str]:
    """The stored HTML of each entry as the page carries it."""
    return BODY.findall(page.html)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=SOURCES)
def test_any_text_is_on_its_page_as_rendered(read: Read, write: Write, define: Define, source: str) -> None:
    define(*WORDS)
    (one,) = write(source)
    page = read(f"/e/{one}")
    (body,) = bodies_of(page)
    assert strip_links(body) == render(source, anchor=one).html
    assert body in bodies_of(read("/2024-06-06"))
    assert read(f"/e/{one}.txt").html == source
    assert page.entries == [one]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_title_is_shown_as_text(read: Read, write: Write, title: str) -> None:
    (one,) = write("雨", title=title)
    page = read(f"/e/{one}")
    assert page.text("article .title") == title
    assert page.value("meta[property='og:title']", "content") == title
