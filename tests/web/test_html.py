"""The HTML of every page: well formed, nothing inline that the policy would refuse, one way to each id."""

import itertools
import re
from collections import Counter

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.web.conftest import FORM_PAGES, MISSING_PAGES, PAGES, Get

EVERY_PAGE = (*PAGES, *FORM_PAGES, *MISSING_PAGES)
LANGUAGES = ("en", "ja")


def check_html(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    tree = LexborHTMLParser(html)
    check_nothing_inline(tree)
    check_ids(tree)
    check_headings(tree)


def check_nothing_inline(tree: LexborHTMLParser) -> None:
    assert tree.css("style, script:not([src]), iframe, object, embed, base, [style]") == []
    for script in tree.css("script"):
        assert (script.attributes["src"] or "").startswith("/static/")
        assert script.text() == ""
    names = {name for node in tree.css("*") for name in node.attributes}
    assert [name for name in names if name.startswith("on")] == []
    for attribute in ("href", "src", "action", "formaction"):
        for node in tree.css(f"[{attribute}]"):
            assert not re.match(r"\s*(javascript|data|vbscript):", node.attributes[attribute] or "", re.I)


def check_ids(tree: LexborHTMLParser) -> None:
    ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
    assert [one for one, number in ids.items() if number > 1] == []
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for node in tree.css(f"[{attribute}]"):
            assert set((node.attributes[attribute] or "").split()) <= ids.keys()
    for link in tree.css("a[href^='#']"):
        assert (link.attributes["href"] or "")[1:] in ids


def check_headings(tree: LexborHTMLParser) -> None:
    """One h1, and no level left out on the way down, but for what writers put into their texts."""
    own = [node for node in tree.css("h1, h2, h3, h4, h5, h6") if not node.css_matches(".body *")]
    levels = [int(node.tag[1]) for node in own or tree.css("h1, h2, h3")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_is_well_formed(get: Get, path: str, language: str) -> None:
    answer = get(path, language=language)
    assert answer.status_code == (404 if path in MISSING_PAGES else 200)
    html = answer.content.decode()
    check_html(html)
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("path", ["/", "/keywords", "/search", "/2024-06-06"])
def test_so_is_every_page_of_an_empty_diary(get_from_empty: Get, path: str) -> None:
    check_html(get_from_empty(path).content.decode())


@pytest.mark.parametrize(
    "fault", ["<p>a</div>", '<p style="x">', "<script></script>", '<a id="a"></a><b id="a"></b>']
)
def test_a_fault_would_be_found(get: Get, fault: str) -> None:
    html = get("/about").content.decode().replace("</main>", f"{fault}</main>")
    with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
        check_html(html)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_page_lets_the_browser_fetch_from_elsewhere(get: Get, path: str) -> None:
    tree = LexborHTMLParser(get(path).content.decode())
    fetched = [
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in tree.css("link:not([rel=canonical]), img, [src]")
    ]
    assert fetched
    assert all(re.match(r"/(?!/)", address) for address in fetched), fetched
