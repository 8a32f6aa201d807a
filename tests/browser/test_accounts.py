"""A key ring from sign-up to its end with a browser, and what is done with one."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from nanashi.text.markup import keyword_path
from tests.browser.addresses import LANGUAGES, OWN, SCHEMES, SMALLEST, WIDTHS
from tests.browser.conftest import HEIGHT, Open
from tests.browser.test_accessibility import COLOUR_RULES, violations
from tests.browser.test_layout import overflow

PASSWORD = "four quiet lanterns walking"
SECOND_PASSWORD = "ladder moss violin thursday"
ATTEMPTS = 120
MILLISECONDS_BETWEEN = 250
CHARACTERS = [chr(code) for code in range(ord("一"), ord("一") + 5_000)]


def unlike() -> str:
    """A text that is like no other, so that none is taken for a second posting of another."""
    return "".join(secrets.choice(CHARACTERS) for _ in range(60))


def sign_up(page: Page) -> tuple[str, str]:
    """Make an account; its name and its recovery code."""
    name = secrets.token_hex(8)
    page.goto("/sign-up")
    page.locator("#name").fill(name)
    page.locator("#new_password").fill(PASSWORD)
    page.locator("#new_password_again").fill(PASSWORD)
    page.locator("main form button").click()
    return name, type_back(page)


def type_back(page: Page) -> str:
    """Type back the recovery code that is shown, as from a note: in small letters, with spaces."""
    code = page.locator(".code").inner_text()
    page.locator("button[value=type]").click()
    page.locator("#code").fill(code.lower().replace("-", " "))
    page.locator("button[value=confirm]").click()
    return code


def fill_in(page: Page, **fields: str) -> None:
    """Fill in the form of the page and send it."""
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
    page.locator("main form button").first.click()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_ring_from_sign_up_to_its_end(browser_open: Open, language: str, javascript: bool) -> None:
    page = browser_open("/sign-up", language=language, width=WIDTHS[0], javascript=javascript, refusal=422)
    fill_in(page, name="somebody", new_password="password1234", new_password_again="password1234")
    expect(page.locator("#new_password-wrong")).to_be_visible()
    expect(page.locator("#new_password")).to_be_focused()
    name, _first_code = sign_up(page)
    page.wait_for_url("**/mine")

    page.locator("main a[href='/account']").click()
    page.locator("form[action='/sign-out'] button").first.click()
    page.goto("/sign-in")
    fill_in(page, name=name, password="not the password of it")
    expect(page.locator("#password-wrong")).to_be_visible()
    fill_in(page, password=PASSWORD)
    page.wait_for_url("**/mine")

    page.goto("/account/code")
    fill_in(page, password=PASSWORD)
    code = type_back(page)
    expect(page.locator("main [role=status]")).to_be_visible()
    page.locator("button.second").click()
    page.wait_for_url("**/sign-in")

    page.goto("/recover")
    fill_in(page, name=name, code=code, new_password=SECOND_PASSWORD, new_password_again=SECOND_PASSWORD)
    page.wait_for_url("**/account?done=password")
    page.goto("/account/delete")
    fill_in(page, password=SECOND_PASSWORD)
    expect(page.locator("main [role=status]")).to_be_visible()
    page.goto("/account")
    page.wait_for_url("**/sign-in?*")
    fill_in(page, name=name, password=SECOND_PASSWORD)
    expect(page.locator("#password-wrong")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_ones_own_violates_a_rule_or_scrolls_sideways(browser_open: Open, language: str) -> None:
    """All rules of axe in the light, those about colours in the dark, and widths from the smallest on."""
    page = browser_open("/sign-up", language=language)
    sign_up(page)
    found = {}
    for path in OWN:
        page.goto(path)
        for scheme, width in ((scheme, width) for scheme in SCHEMES for width in (SMALLEST, *WIDTHS)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": HEIGHT})
            rules = COLOUR_RULES if scheme == "dark" else ()
            found[path, scheme, width] = [*violations(page, *rules), overflow(page)]
    assert {key: faults for key, faults in found.items() if faults != [None]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_a_code_violate_no_rule(browser_open: Open, language: str) -> None:
    page = browser_open("/sign-up", language=language, width=SMALLEST)
    fill_in(page, name=secrets.token_hex(8), new_password=PASSWORD, new_password_again=PASSWORD)
    assert (violations(page), overflow(page)) == ([], None)
    page.locator("button[value=type]").click()
    assert (violations(page), overflow(page)) == ([], None)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_long_text_becomes_a_series_that_is_found_among_ones_own(
    browser_open: Open, javascript: bool
) -> None:
    page = browser_open("/sign-up", javascript=javascript, width=WIDTHS[0])
    sign_up(page)
    chapters = ["".join(unlike() for _ in range(300)) for _ in range(2)]
    page.goto("/new")
    page.locator("#body").fill("".join(f"# 第{n}章\n\n{text}\n\n" for n, text in enumerate(chapters, 1)))
    if not javascript and not page.locator("button[value=split]").is_visible():
        page.locator("button[value=preview]").click()
    page.locator("button[value=split]").click()
    expect(page.locator(".parts-to-come li")).to_have_count(len(chapters))
    assert overflow(page) is None
    page.locator("button[value=series]").click()
    page.wait_for_url("**/e/*")
    page.locator("nav.series a[rel=next]").click()
    expect(page.locator("nav.series a[rel=prev]")).to_be_visible()

    page.goto("/mine")
    expect(page.locator("ol.own li")).to_have_count(len(chapters))
    page.locator("#q").fill(chapters[1][:20])
    page.locator("form.search button").click()
    expect(page.locator("ol.own li")).to_have_count(1)


@pytest.mark.parametrize("leaving", ["sign-out", "everywhere", "delete"])
def test_drafts_go_with_whoever_leaves(browser_open: Open, leaving: str) -> None:
    page = browser_open("/sign-up")
    sign_up(page)
    page.wait_for_url("**/mine")
    page.goto("/new")
    page.locator("#body").fill("人に読まれたくない下書き。")
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.startsWith('nanashi:draft'))")
    if leaving == "delete":
        page.goto("/account/delete")
        fill_in(page, password=PASSWORD)
        expect(page.locator("main [role=status]")).to_be_visible()
    else:
        page.goto("/account")
        page.locator("form[action='/sign-out'] button").nth(int(leaving == "everywhere")).click()
        page.wait_for_url(lambda url: not url.endswith("/account"))
    assert page.evaluate("() => Object.keys(localStorage)") == []
    page.goto("/new")
    expect(page.locator("#body")).to_have_value("")
    if leaving != "delete":  # there a form was sent in between, to which no browser goes back by itself
        for _page in range(3):
            page.go_back()
        page.wait_for_url("**/new")
        expect(page.locator("#body")).to_have_value("")


KEPT = "() => Object.keys(JSON.parse(localStorage.getItem('nanashi:replies')) ?? {})"
FILL = """(number) => localStorage.setItem("nanashi:replies", JSON.stringify(
  Object.fromEntries([...Array(number).keys()].map(one => [`2020-${one}`, 1]))))"""


def test_the_browser_forgets_which_entries_are_ones_own_with_the_session(browser_open: Open) -> None:
    """At the end of the session, however that comes, and while it lasts it keeps no more than 500."""
    page = browser_open("/sign-up", width=WIDTHS[0])
    sign_up(page)
    page.goto("/new")
    page.locator("#body").fill(unlike())
    page.locator("#post").click()
    page.wait_for_url("**/e/*")
    entry = page.url.rpartition("/")[2]
    page.evaluate(FILL, 600)
    page.goto("/mine")
    kept = page.evaluate(KEPT)
    assert (len(kept), kept[-1]) == (500, entry)

    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.goto("/mine")
    expect(page.locator("form[action='/sign-in']")).to_be_visible()
    assert page.evaluate(KEPT) == []

    page.context.add_cookies(cookies)
    page.goto("/mine")
    assert page.evaluate(KEPT) == [entry]
    page.goto("/account")
    page.locator("form[action='/sign-out'] button").first.click()
    page.wait_for_url(lambda url: not url.endswith("/account"))
    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_old_entry_gains_the_link_of_a_new_keyword(browser_open: Open, javascript: bool) -> None:
    """Registered, linked by the worker, changed, compared and undone."""
    page = browser_open("/sign-up", javascript=javascript, width=WIDTHS[0])
    sign_up(page)
    word = "電波塔" + unlike()[:6]
    page.goto("/new")
    page.locator("#body").fill(f"むかし「{word}」を見た。{unlike()}")
    page.locator("#post").click()
    page.wait_for_url("**/e/*")
    entry = page.url
    expect(page.locator("article .body a.k", has_text=word)).to_have_count(0)

    page.goto(f"{keyword_path(word)}/edit")
    page.locator("#definition").fill("丘の上の塔。青い。")
    page.locator("button[value=save]").click()
    page.goto(entry)
    link = page.locator("article .body a.k", has_text=word)
    for _attempt in range(ATTEMPTS):
        if link.count():
            break
        page.wait_for_timeout(MILLISECONDS_BETWEEN)
        page.reload()
    link.click()
    expect(page.locator("h1.word")).to_contain_text(word)

    page.goto(f"{keyword_path(word)}/edit")
    page.locator("#definition").fill("丘の上の塔。赤い。")
    page.locator("button[value=save]").click()
    page.goto(f"{keyword_path(word)}/history?from=1&to=2")
    expect(page.locator(".difference ins")).to_contain_text("赤")
    assert (violations(page) if javascript else [], overflow(page)) == ([], None)
    page.locator("main a[href^='/keyword-restore']").first.click()
    assert (violations(page) if javascript else [], overflow(page)) == ([], None)
    page.locator("main form button").click()
    page.goto(keyword_path(word))
    expect(page.locator(".definition")).to_contain_text("青い")
