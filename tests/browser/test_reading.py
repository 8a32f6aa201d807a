"""Reading with a browser: links, forms and keys work, without JavaScript too."""

from http.client import HTTPConnection

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from nanashi.text.markup import keyword_path
from tests.browser.addresses import COMMON_WORD, DAYS, EVERY, KINDS, PART, TREE, WIDTHS, Address
from tests.browser.conftest import Open

PAGES = [pytest.param(address, id=name) for name, address in KINDS.items()]
WATCH_FOCUS = """() => {
  window.reached = [];
  document.addEventListener("focusin", ({target}) => {
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inside = box.width > 0 && box.left >= 0 && box.right <= innerWidth;
    window.reached.push([[...document.querySelectorAll("*")].indexOf(target), outlined && inside]);
  });
}"""
MOST_TABS = 30
SECONDS_TO_ANSWER = 20
REACHABLE = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']"


def reachable(page: Page) -> list[int]:
    """Places in the document of all that Tab has to reach."""
    found: list[int] = page.evaluate(
        "selector => [...document.querySelectorAll('*')].map((e, n) => [e, n])"
        ".filter(([e]) => e.matches(selector) && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))"
        ".map(([, n]) => n)",
        REACHABLE,
    )
    return found


def test_a_keyword_in_a_text_leads_to_its_page_and_back_to_the_text(browser_open: Open) -> None:
    page = browser_open(TREE)
    link = page.locator("article .body a.k").first
    word = link.inner_text()
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{address}")
    expect(page.locator("h1.word")).to_contain_text(word)
    assert page.locator(f"a.time[href='{TREE}']").count() == 1


def test_days_are_turned(browser_open: Open) -> None:
    """From the newest day of the sample, which is not the front page once another test has posted."""
    page = browser_open(f"/{DAYS[-1]}")
    for day in DAYS[-2::-1]:
        page.locator("nav.days a[rel=prev]").first.click()
        page.wait_for_url(f"**/{day}")
    assert page.locator("nav.days a[rel=prev]").count() == 0


def test_the_parts_of_a_series_are_turned_and_listed(browser_open: Open) -> None:
    page = browser_open(PART)
    page.locator("nav.series a[rel=prev]").click()
    page.wait_for_url(lambda address: not address.endswith(PART))
    assert page.locator("nav.series a[rel=prev]").count() == 0
    page.locator("nav.series summary").click()
    expect(page.locator("nav.series ol")).to_be_visible()
    page.locator("nav.series ol a").first.click()
    page.wait_for_url(f"**{PART}")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_search_finds(browser_open: Open, javascript: bool) -> None:
    page = browser_open("/search", javascript=javascript)
    page.locator("input[name=q]").fill(COMMON_WORD)
    page.locator("form.search button").click()
    page.wait_for_url("**/search?q=*")
    assert page.locator(".found li").count() > 1
    assert set(page.locator(".found mark").all_inner_texts()) == {COMMON_WORD}
    page.locator(".found h2 a").first.click()
    page.wait_for_url("**/e/*")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_language_is_switched_and_remembered(browser_open: Open, javascript: bool) -> None:
    path = keyword_path(COMMON_WORD)
    page = browser_open(path, javascript=javascript)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".language button[lang=ja]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert page.url.endswith(path)
    page.goto("/about")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    with override("ja"):
        expect(page.locator("header.site nav a[href='/keywords']")).to_have_text(gettext("Keywords"))
    page.locator(".language button[lang=en]").click()
    expect(page.locator("h1")).to_have_text("About this diary")


def test_every_page_is_whole_without_javascript(browser_open: Open) -> None:
    """Nothing waits for a script to be shown, and every link in sight is one."""
    page = browser_open("/", javascript=False)
    for path in (address.path for address in KINDS.values() if address.status == 200):
        page.goto(path)
        assert page.locator("script:not([src^='/static/'][defer]), noscript").count() == 0, path
        for selector in ("h1", "header.site nav a", "main a", "article .body", ".language button"):
            unfolded = page.locator(f"{selector}:not(details:not([open]) *)").count()
            assert page.locator(selector).filter(visible=True).count() == unfolded, (path, selector)
        page.locator("header.site nav a[href='/keywords']").click()
        page.wait_for_url("**/keywords")


def test_every_link_of_the_sample_leads_somewhere(browser_site: str) -> None:
    """Each address within the diary that any page of it links to, asked for once on one connection."""
    connection = HTTPConnection(browser_site.removeprefix("http://"), timeout=SECONDS_TO_ANSWER)
    seen: set[str] = set()
    waiting = list(EVERY)
    broken = []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 302 and answer.getheader("Location", "").startswith("/sign-in?next="):
            continue  # a page for people with a key ring
        if answer.status != 200:
            broken.append(f"{answer.status} {path}")
        elif answer.getheader("Content-Type", "").startswith("text/html"):
            waiting += links_in(content.decode())
    assert broken == []
    assert len(seen) > len(EVERY)


def links_in(html: str) -> list[str]:
    """Addresses within the diary, without the place on the page."""
    links = [node.attributes["href"] or "" for node in LexborHTMLParser(html).css("a[href], link[href]")]
    return [link.partition("#")[0] for link in links if link.startswith("/")]


@pytest.mark.parametrize("address", PAGES)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(browser_open: Open, address: Address) -> None:
    page = browser_open(address.path, status=address.status, width=WIDTHS[0])
    page.locator("a.skip").focus()
    page.evaluate(WATCH_FOCUS)
    expected = [[place, True] for place in reachable(page)[1 : 1 + MOST_TABS]]
    for _place in expected:
        page.keyboard.press("Tab")
    page.wait_for_function("number => window.reached.length >= number", arg=len(expected))
    assert page.evaluate("window.reached") == expected


def test_the_first_tab_leads_past_the_navigation(browser_open: Open) -> None:
    page = browser_open(TREE)
    skip = page.locator("a.skip")
    assert not skip.evaluate("e => e.getBoundingClientRect().right > 0")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert skip.evaluate("e => e.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_search_can_be_typed_at_once(browser_open: Open) -> None:
    page = browser_open("/search")
    page.keyboard.type(COMMON_WORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator(".found li").count() > 1
