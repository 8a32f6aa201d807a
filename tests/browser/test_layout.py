"""Pages fit their window, lines have a length that can be read, and paper shows the text alone."""

import pytest
from playwright.sync_api import Page

from nanashi.reading.queries.trees import DEPTH
from nanashi.text.markup import render
from tests.browser.addresses import EVERY, KINDS, SMALLEST, TREE, WIDTHS
from tests.browser.conftest import HEIGHT, Open

NOT_PRINTED = [
    "header.site nav",
    "footer.site",
    ".days",
    ".pages",
    ".turn",
    "form.search",
    ".shelves",
    ".skip",
]
NARROW = (SMALLEST, WIDTHS[0])
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return null;
  const sticksOut = element => element.getBoundingClientRect().right > wide + 1;
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  return out.slice(-3).map(element => element.outerHTML.slice(0, 200)).join("\\n") || "something";
}"""
KEEP_ALL = """async paths => {
  window.kept = [];
  for (const path of paths) {
    const answer = await fetch(path);
    window.kept.push([path, new DOMParser().parseFromString(await answer.text(), "text/html")]);
  }
}"""
ALL_OVERFLOW = """() => {
  const found = {};
  for (const [path, page] of window.kept) {
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(page.body.cloneNode(true));
    const wide = OVERFLOW();
    if (wide) found[path] = wide;
  }
  return found;
}""".replace("OVERFLOW", f"({OVERFLOW})")
DEEP_TREE = """depth => {
  const tree = document.querySelector("ol.tree");
  tree.replaceChildren(tree.firstElementChild);
  tree.querySelector("ol")?.remove();
  const level = tree.cloneNode(true);
  let at = tree;
  for (let n = 1; n < depth; n++) {
    const deeper = level.cloneNode(true);
    at.firstElementChild.append(deeper);
    at = deeper;
  }
}"""
MEASURE = """() => {
  const paragraph = document.querySelector(".entry .body p");
  const ems = paragraph.clientWidth / parseFloat(getComputedStyle(paragraph).fontSize);
  const probe = document.createElement("span");
  probe.style.cssText = "position: absolute; white-space: nowrap";
  paragraph.append(probe);
  const width = text => (probe.textContent = text, probe.getBoundingClientRect().width / text.length);
  return [paragraph.clientWidth / width("国".repeat(50)), paragraph.clientWidth / width(TEXT)];
}"""
ENGLISH = "It was a bright cold day in April, and the clocks were striking thirteen. " * 5


def overflow(page: Page) -> str | None:
    """What sticks out of the window to the right."""
    found: str | None = page.evaluate(OVERFLOW)
    return found


def test_no_page_scrolls_sideways(browser_open: Open) -> None:
    """Every page of the sample diary is put into one window in turn, since to open each takes a minute."""
    page = browser_open("/")
    page.evaluate(KEEP_ALL, EVERY)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(ALL_OVERFLOW) == {}, width


@pytest.mark.parametrize("width", NARROW)
def test_no_missing_page_scrolls_sideways(browser_open: Open, width: int) -> None:
    for address in KINDS.values():
        if address.status != 200:
            assert overflow(browser_open(address.path, width=width, status=address.status)) is None


def test_what_sticks_out_would_be_found(browser_open: Open) -> None:
    page = browser_open("/about", width=SMALLEST)
    page.evaluate(KEEP_ALL, ["/", "/about"])
    page.evaluate("window.kept[1][1].querySelector('main p').textContent = 'x'.repeat(500)")
    page.evaluate("for (const [, kept] of window.kept) kept.body.style.overflowWrap = 'normal'")
    assert list(page.evaluate(ALL_OVERFLOW)) == ["/about"]


@pytest.mark.parametrize("width", NARROW)
def test_no_text_scrolls_sideways(browser_open: Open, width: int) -> None:
    """Long words, addresses, code and tables, as nobody has written them in the sample."""
    page = browser_open(TREE, width=width)
    for source in (
        "w" * 500,
        "、" * 500,
        "https://example.org/" + "x" * 500,
        "`" + "x" * 500 + "`",
        "```\n" + "x" * 500 + "\n```",
        "# " + "x" * 500,
        "> " * 30 + "deep",
        "\n".join("  " * level + "- deep" for level in range(30)),
        "|" + "heading|" * 40 + "\n|" + "---|" * 40 + "\n|" + "1|" * 40,
        "|a|\n|---|\n|" + "x" * 500 + "|",
        "word[^1]\n\n[^1]: " + "x" * 500,
    ):
        html = render(source, anchor="20240101-aaaaaa").html
        page.evaluate("html => { document.querySelector('.entry .body').innerHTML = html }", html)
        assert overflow(page) is None, source[:60]


@pytest.mark.parametrize("width", NARROW)
def test_no_tree_scrolls_sideways(browser_open: Open, width: int) -> None:
    """Replies as deep as a page shows them, and the deepest still has room to be read."""
    page = browser_open(TREE, width=width)
    page.evaluate(DEEP_TREE, DEPTH)
    assert page.locator("ol.tree").count() == DEPTH
    assert overflow(page) is None
    deepest = page.locator("ol.tree .body").last.bounding_box()
    assert deepest is not None
    assert deepest["width"] >= width / 2


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("kind", ["entry with replies", "keyword", "day"])
def test_lines_have_a_length_that_can_be_read(browser_open: Open, kind: str, language: str) -> None:
    """About 38 full-width or 70 Latin characters on a desk."""
    page = browser_open(KINDS[kind].path, language=language, width=1280)
    japanese, latin = page.evaluate(MEASURE.replace("TEXT", repr(ENGLISH)))
    assert 34 <= japanese <= 40
    assert 62 <= latin <= 90


def test_the_text_stands_in_the_middle_of_a_desk(browser_open: Open) -> None:
    page = browser_open("/", width=1280)
    box = page.locator("main").bounding_box()
    assert box is not None
    assert abs(box["x"] * 2 + box["width"] - 1280) <= 20


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_are_large_enough(browser_open: Open, width: int) -> None:
    page = browser_open(KINDS["entry with replies"].path, width=width)
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.entry .body p')).fontSize)")
    assert size >= 16
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('body *')]"
        ".filter(e => e.checkVisibility() && e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 11


def test_paper_shows_the_text_without_the_ways_around_it(browser_open: Open) -> None:
    page = browser_open("/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": HEIGHT})
    for path in (address.path for address in KINDS.values() if address.status == 200):
        page.goto(path)
        shown = [selector for selector in NOT_PRINTED if page.locator(selector).filter(visible=True).count()]
        assert shown == [], path
        assert page.locator("h1").is_visible(), path
        bodies = page.locator("article .body")
        assert bodies.filter(visible=True).count() == bodies.count(), path
        assert overflow(page) is None, path


def test_paper_is_white_and_says_where_links_lead(browser_open: Open) -> None:
    page = browser_open(KINDS["translation"].path, scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
