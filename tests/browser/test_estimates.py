"""Estimates in a browser: on a phone, by sliders, on paper."""

import re

import pytest

from tests.browser.addresses import ENTRIES, LANGUAGES, SMALLEST, WIDTHS
from tests.browser.conftest import Open
from tests.browser.test_accessibility import violations

ESTIMATES = [str(entry["id"]) for entry in ENTRIES if "```estimate" in entry["body"]]
SCORED = next(str(entry["id"]) for entry in ENTRIES if "\noutcome " in entry["body"])
GROWN = next(str(entry["id"]) for entry in ENTRIES if "\n期間:" in entry["body"])
BUSY = 503
"""A chart may be asked for again while the process that draws is starting."""
SCROLLING = """() => [...document.querySelectorAll(".estimate *")]
  .filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto")
  .map((one) => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("width", [SMALLEST, WIDTHS[0]])
def test_no_table_of_an_estimate_scrolls_on_a_phone(browser_open: Open, width: int) -> None:
    page = browser_open("/estimates", width=width)
    for public_id in ESTIMATES:
        page.goto(f"/e/{public_id}")
        assert page.evaluate(SCROLLING) == [], public_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_estimates_violate_no_rule_on_the_smallest_phone(browser_open: Open, language: str) -> None:
    page = browser_open(f"/e/{SCORED}", language=language, width=SMALLEST, refusal=BUSY)
    assert violations(page) == []
    page.goto(f"/e/{SCORED}?set.nights=7")
    assert violations(page) == []


def test_a_table_that_scrolls_out_of_reach_would_be_found(browser_open: Open) -> None:
    page = browser_open(f"/e/{SCORED}", width=SMALLEST)
    page.evaluate(
        """() => {
          const table = document.querySelector(".outcomes");
          table.style.overflowX = "auto";
          table.tBodies[0].style.width = "60em";
        }"""
    )
    assert any(one.startswith("scrollable-region-focusable") for one in violations(page))


def test_charts_follow_a_slider_and_the_authors_numbers_stay(browser_open: Open) -> None:
    page = browser_open(f"/e/{GROWN}/estimate", refusal=BUSY)
    field, chart = page.locator(".field").first, page.locator("#charts img").first
    written = field.locator("input:not([type])").input_value()
    alternative = chart.get_attribute("alt")
    assert not field.locator(".wrote").is_visible()
    field.locator("input[type=range]").first.fill("0")
    page.locator("#charts img[src*='?set.']").first.wait_for(timeout=60_000)
    assert field.locator(".wrote code").inner_text() == written
    assert "+" not in field.locator("input:not([type])").input_value()
    assert chart.get_attribute("alt") != alternative
    assert chart.evaluate("image => image.naturalWidth") > 0
    assert page.locator("#results tr.is-changed").count() > 0


def test_readers_numbers_have_charts_without_javascript(browser_open: Open) -> None:
    page = browser_open(f"/e/{SCORED}?set.nights=7", javascript=False, refusal=BUSY)
    sources = [image.get_attribute("src") or "" for image in page.locator("#charts img").all()]
    assert sources
    assert all(re.search(r"\.svg\?set\.nights=7$", source) for source in sources)


def test_paper_has_the_numbers_and_their_charts_and_nothing_to_move(browser_open: Open) -> None:
    page = browser_open(f"/e/{SCORED}?set.nights=7", refusal=BUSY)
    page.locator("input[type=range]").first.wait_for()
    page.emulate_media(media="print")
    for selector in (".sliders", ".numbers .buttons", ".answer", ".share", "nav"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("input[name='set.nights']").is_visible()
    shown = page.locator("#charts img").first
    shown.scroll_into_view_if_needed()
    assert "-print.svg" in shown.evaluate("image => image.currentSrc")


def test_paper_has_the_figure_without_what_leads_on(browser_open: Open) -> None:
    page = browser_open(f"/e/{SCORED}")
    page.emulate_media(media="print")
    assert page.locator(".estimate .figures").first.is_visible()
    for selector in (".estimate-actions", ".estimate details"):
        assert not page.locator(selector).first.is_visible(), selector
