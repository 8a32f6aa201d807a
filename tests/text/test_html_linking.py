"""Keyword links in HTML documents."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from nanashi.text import Lexicon
from nanashi.text.html_linking import link_html

LEXICON = Lexicon.from_words(["京都", "大学", "C&A", "art"])


def body(source: str) -> str:
    """The body of the linked document, keyword anchors as [word]."""
    linked = link_html(source, LEXICON)
    inside = linked.split("<body>")[1].split("</body>")[0]
    return re.sub(r'<a class="k" href="/keyword/[^"]*">(.*?)</a>', r"[\1]", inside)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>大学と大学院</p>", "<p>[大学]と[大学]院</p>"),
        ("<p>京都と東京都", "<p>[京都]と東京都</p>"),
        ("<p>東<b>京都</b>", "<p>東<b>京都</b></p>"),
        ("<p>東<b>京</b>", "<p>東<b>京</b></p>"),
        ("<ul><li>東<li>京都</ul>", "<ul><li>東</li><li>[京都]</li></ul>"),
        ("京都<br>大学", "[京都]<br>[大学]"),
        ("<p><a href=x>京都</a> <code>京都</code>", '<p><a href="x">京都</a> <code>京都</code></p>'),
        ("<pre>京都</pre><script>京都</script>", "<pre>京都</pre><script>京都</script>"),
        (
            "<p><style>京都</style><textarea>京都</textarea>",
            "<p><style>京都</style><textarea>京都</textarea></p>",
        ),
        ("<p><code>東</code>京都", "<p><code>東</code>京都</p>"),
        ("<p>C&amp;A &lt;art&gt;", "<p>[C&amp;A] &lt;[art]&gt;</p>"),
        ('<p title="京都">x<!-- 京都 -->', '<p title="京都">x<!-- 京都 --></p>'),
        ("<p>京都 京都と大学", "<p>[京都] [京都]と[大学]</p>"),
    ],
)
def test_text_is_linked_and_nothing_else(source: str, expected: str) -> None:
    assert body(source) == expected


def test_a_title_is_not_linked() -> None:
    assert "<title>京都</title>" in link_html("<title>京都</title>", LEXICON)


def test_the_encoding_that_the_document_names() -> None:
    source = '<meta charset="shift_jis"><p>京都'.encode("shift_jis")
    linked = link_html(source, LEXICON)
    assert "京都</a>" in linked
    assert '<meta charset="utf-8">' in linked


def test_deeply_nested_documents() -> None:
    assert "京都</a>" in link_html("<div><b>" * 5000 + "京都", LEXICON)


@given(
    st.lists(
        st.sampled_from(
            [
                "京都",
                "東京",
                "大学",
                "<b>",
                "</b>",
                "<p>",
                "<code>",
                "</code>",
                "<a href=x>",
                "</a>",
                "&amp;",
                " ",
                "は",
            ]
        )
    )
)
def test_without_its_anchors_it_is_the_document(pieces: list[str]) -> None:
    source = "".join(pieces)
    plain = LexborHTMLParser(source).html
    assert re.sub(r'<a class="k" href="[^"]*">(.*?)</a>', r"\1", link_html(source, LEXICON)) == (plain or "")
