"""Which links are shown and can be reached, and looking up what is selected."""

import pytest
from playwright.sync_api import Page, expect

from nanashi.text.markup import keyword_path
from tests.browser.addresses import COMMON_WORD
from tests.browser.conftest import Open

SELECT = """length => {
  const block = document.querySelector(".body p");
  const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(text, Math.min(length, text.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
OUT_OF_REACH = "links => links.filter(link => link.tabIndex === -1).length"
UNDERLINED = "links => links.filter(link => getComputedStyle(link).textDecorationLine === 'underline').length"


def page_with_links(browser_open: Open) -> Page:
    page = browser_open(keyword_path(COMMON_WORD))
    expect(page.locator("a.kn").first).to_be_attached()
    return page


@pytest.mark.parametrize(("choice", "shown"), [("notable", "a.kn"), ("all", "a.k"), ("none", "a.nothing")])
def test_links_that_are_not_shown_are_out_of_reach(browser_open: Open, choice: str, shown: str) -> None:
    page = page_with_links(browser_open)
    page.locator(f".links button[value={choice}]").click()
    expect(page.locator(f".links button[value={choice}]")).to_have_attribute("aria-current", "true")
    links = page.locator("a.k")
    visible = page.locator(shown).count()
    assert links.evaluate_all(UNDERLINED) == visible
    assert links.evaluate_all(OUT_OF_REACH) == links.count() - visible


def test_a_selection_can_be_looked_up_by_keyboard(browser_open: Open) -> None:
    page = page_with_links(browser_open)
    page.evaluate(SELECT, 2)
    offer = page.locator(".look-up a").first
    expect(offer).to_be_visible()
    page.keyboard.press("Escape")
    expect(offer).to_have_count(0)
    page.evaluate(SELECT, 1)
    expect(offer).to_be_visible()
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    assert str(offer.get_attribute("href")).startswith("/keyword/")
