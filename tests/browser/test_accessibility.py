"""axe-core finds nothing to object to, on any kind of page, in either language, theme or width."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.addresses import KINDS, LANGUAGES, SCHEMES, WIDTHS, Address
from tests.browser.conftest import HEIGHT, Open

PAGES = [pytest.param(address, id=name) for name, address in KINDS.items()]

AXE = Axe()
COLOUR_RULES = ("color-contrast", "link-in-text-block")


def violations(page: Page, *rules: str) -> list[str]:
    """What axe objects to, with the elements; by these rules alone, if any are given."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_no_page_violates_a_rule(browser_open: Open, address: Address, language: str) -> None:
    """All rules in the light; in the dark, where nothing differs but colours, those that look at them."""
    page = browser_open(address.path, language=language, status=address.status)
    found = {}
    for (scheme, rules), width in product({"light": (), "dark": COLOUR_RULES}.items(), WIDTHS):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[scheme, width] = violations(page, *rules)
    assert found == {key: [] for key in product(SCHEMES, WIDTHS)}


def test_the_two_themes_differ(browser_open: Open) -> None:
    page = browser_open("/")
    grounds = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(set(grounds)) == len(SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_faint_colour_would_be_found(browser_open: Open, scheme: str) -> None:
    page = browser_open("/about", scheme=scheme)
    page.evaluate("document.querySelector('main p').style.color = '#808080'")
    page.evaluate("document.querySelector('main p').style.backgroundColor = '#909090'")
    assert any(one.startswith("color-contrast") for one in violations(page, *COLOUR_RULES))


def test_a_link_without_a_name_would_be_found(browser_open: Open) -> None:
    page = browser_open("/about")
    page.evaluate("document.querySelector('main a').textContent = ''")
    assert any(one.startswith("link-name") for one in violations(page))
