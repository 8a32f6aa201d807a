"""Writing with a browser: by a guest and with a key ring, with JavaScript and without it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import TREE, WIDTHS
from tests.browser.conftest import Open
from tests.browser.test_accessibility import violations

PASTE = """(data) => {
  const clipboard = new DataTransfer();
  for (const [kind, text] of Object.entries(data)) clipboard.setData(kind, text);
  document.getElementById("body").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
ADDRESS_OF_KEY = re.compile(r"/e/(?P<id>\d{8}-[a-z0-9]{6})/edit#key=(?P<key>[0-9A-Z]+)$")


def post_as_guest(page: Page, text: str) -> re.Match[str]:
    """Post from the form that is open; where the entry is and its key."""
    page.locator("#body").fill(text)
    page.locator("#post").click()
    link = page.locator("a.entry-key").get_attribute("href") or ""
    found = ADDRESS_OF_KEY.search(link)
    assert found, link
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_writes_and_withdraws(browser_open: Open, javascript: bool) -> None:
    """Preview, one link off, post, edit by the link with the key, withdraw by its words."""
    page = browser_open("/new", javascript=javascript, width=WIDTHS[0])
    text = f"研究と研究の間に、台所で何かを焼いた。{javascript}"
    page.locator("#body").fill(text)
    if not javascript:
        page.locator("button[value=preview]").click()
    expect(page.locator("input.switch")).to_have_count(2)
    page.locator("label.k").nth(1).click()
    expect(page.locator("input.switch").nth(1)).to_be_checked()
    found = post_as_guest(page, page.locator("#body").input_value())
    words = page.locator("p.entry-key").inner_text()

    page.goto(f"/e/{found['id']}")
    expect(page.locator("article .body")).to_have_text(text)
    assert page.locator("article .body a.k", has_text="研究").count() == 1

    page.goto(f"/e/{found['id']}/edit#key={found['key']}")
    if javascript:
        expect(page.locator("#entry_key")).to_have_value(found["key"])
        assert "#key" not in page.url
    else:
        page.locator("#entry_key").fill(words)
    page.locator("#body").fill("書き直した文がここにある。")
    page.locator("#post").click()
    expect(page.locator("article .body")).to_have_text("書き直した文がここにある。")

    page.locator(f"a[href='/e/{found['id']}/withdraw']").click()
    page.locator("#entry_key").fill(words)
    page.locator("button[value=withdraw]").click()
    expect(page.locator("h1")).to_have_text("Withdrawn")


def test_what_is_selected_is_quoted_in_the_reply(browser_open: Open) -> None:
    page = browser_open(TREE)
    article = page.locator("article.entry").first
    article.locator(".body p").first.evaluate("p => getSelection().selectAllChildren(p)")
    quoted = page.evaluate("getSelection().toString().trim()")
    article.locator("a.reply").click()
    page.wait_for_url(f"**{TREE}/reply")
    expect(page.locator("#body")).to_have_value(
        "\n".join(f"> {line}" for line in quoted.split("\n")) + "\n\n"
    )
    page.locator("#body").press("End")
    page.keyboard.type("そうは思わない。")
    page.keyboard.press("Control+Enter")
    expect(page.locator("p.entry-key")).to_be_visible()
    page.goto(TREE)
    expect(page.locator("#replies")).to_contain_text("そうは思わない。")


def test_a_draft_stays_in_the_browser_until_it_is_posted_or_discarded(browser_open: Open) -> None:
    page = browser_open("/new")
    page.locator("#body").fill("途中まで書いた文。")
    page.wait_for_function("() => localStorage.length > 0")
    page.reload()
    expect(page.locator("#body")).to_have_value("途中まで書いた文。")
    expect(page.locator("#draft-notice")).to_be_visible()
    page.locator("#draft-notice button").click()
    expect(page.locator("#body")).to_have_value("")
    page.reload()
    expect(page.locator("#draft-notice")).to_be_hidden()
    post_as_guest(page, "最後まで書いた文をここで投稿した。")
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.startsWith('nanashi:draft'))")
    page.goto("/new")
    expect(page.locator("#body")).to_have_value("")


def test_a_table_is_pasted_as_markdown_and_can_be_undone(browser_open: Open) -> None:
    page = browser_open("/new")
    page.locator("#body").fill("表\n\n")
    page.evaluate(
        PASTE, {"text/html": "<table><tr><td>a<td>b<tr><td>1<td>2</table>", "text/plain": "a\tb\n1\t2"}
    )
    expect(page.locator("#body")).to_have_value("表\n\n| a | b |\n| ---: | ---: |\n| 1 | 2 |\n\n")
    page.locator("#body").press("Control+z")
    expect(page.locator("#body")).to_have_value("表\n\n")


def test_enter_switches_a_link_and_posts_nothing(browser_open: Open) -> None:
    page = browser_open("/new")
    page.locator("#body").fill("研究を続ける。")
    switch = page.locator("input.switch").first
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_be_checked()
    assert page.url.endswith("/new")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("path", ["/new", f"{TREE}/reply", f"{TREE}/edit", f"{TREE}/withdraw", "/key"])
def test_no_page_of_writing_violates_a_rule(browser_open: Open, path: str, language: str) -> None:
    page = browser_open(path, language=language, width=WIDTHS[0])
    if page.locator("#body").count():
        page.locator("#body").fill("# 題\n\n研究と**日記**")
        page.wait_for_selector("input.switch")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
