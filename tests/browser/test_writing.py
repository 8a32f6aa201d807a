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


def quote_first_passage(page: Page, button: str) -> str:
    """Select the first passage of the page and press the first such button; the passage stands quoted in the reply."""
    passage = page.locator("article.entry").first.locator(".body p").first
    passage.evaluate("p => getSelection().selectAllChildren(p)")
    quoted: str = page.evaluate("getSelection().toString().trim()")
    page.locator(button).first.click()
    page.wait_for_url(f"**{TREE}/reply")
    expect(page.locator("#body")).to_have_value(
        "\n".join(f"> {line}" for line in quoted.split("\n")) + "\n\n"
    )
    return quoted


def test_what_is_selected_is_quoted_in_the_reply(browser_open: Open) -> None:
    page = browser_open(TREE)
    quoted = quote_first_passage(page, "article.entry a.reply")
    written = page.locator("#body").input_value()
    assert page.locator("[data-count]").inner_text() == f"{len(written):,}"
    expect(page.locator("#preview blockquote")).to_contain_text(quoted.split("\n")[0][:10])
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
    assert page.locator("[data-count]").inner_text() == "9"
    expect(page.locator("#preview article")).to_have_text("途中まで書いた文。")
    expect(page.locator("#draft-notice")).to_be_visible()
    page.locator("#draft-notice button").click()
    expect(page.locator("#body")).to_have_value("")
    page.reload()
    expect(page.locator("#draft-notice")).to_be_hidden()
    post_as_guest(page, "最後まで書いた文をここで投稿した。")
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.startsWith('nanashi:draft'))")
    page.goto("/new")
    expect(page.locator("#body")).to_have_value("")


def test_going_back_the_text_is_counted_and_previewed(browser_open: Open) -> None:
    page = browser_open("/new")
    page.locator("#body").fill("戻ってくる前に書いた文。")
    page.goto("/about")
    page.go_back()
    expect(page.locator("#body")).to_have_value("戻ってくる前に書いた文。")
    expect(page.locator("[data-count]")).to_have_text("12")
    expect(page.locator("#preview article")).to_have_text("戻ってくる前に書いた文。")


def test_a_long_text_says_that_its_preview_is_off_or_old(browser_open: Open) -> None:
    page = browser_open("/new")
    expect(page.locator("#preview .empty")).to_have_text("What you write is shown here as it will look.")
    assert page.locator("#long").is_hidden()
    page.locator("#body").fill("長い文。" * 8_000)
    expect(page.locator("#not-live")).to_be_visible()
    expect(page.locator("#long button")).to_be_visible()
    assert page.locator("#stale").is_hidden()
    page.locator(".buttons button[value=preview]").click()
    expect(page.locator("#preview article")).to_be_visible()
    assert page.locator("#stale").is_hidden()
    page.locator("#body").press("End")
    page.keyboard.type("もう一文。")
    expect(page.locator("#stale")).to_be_visible()
    assert page.locator("#not-live").is_hidden()
    page.locator("#stale button").click()
    expect(page.locator("#preview article")).to_contain_text("もう一文。")
    assert page.locator("#stale").is_hidden()
    page.locator("#body").fill("短い文。")
    expect(page.locator("#preview article")).to_have_text("短い文。")
    assert page.locator("#stale, #not-live, #long").filter(visible=True).count() == 0


@pytest.mark.parametrize("language", ["en", "ja"])
def test_without_a_script_a_choice_of_language_keeps_the_text_and_a_preview_is_in_sight(
    browser_open: Open, language: str
) -> None:
    page = browser_open("/new", language=language, width=WIDTHS[0], javascript=False)
    text = "途中まで書いた文。"
    page.locator("#title").fill("題")
    page.locator("#body").fill(text)
    other = {"en": "ja", "ja": "en"}[language]
    page.locator(f".language button[value={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("#title")).to_have_value("題")
    expect(page.locator("#body")).to_have_value(text)
    page.locator(".buttons button[value=preview]").click()
    expect(page.locator("#preview article .body")).to_be_in_viewport()


def test_the_key_survives_a_reload_and_no_footer_leads_away(browser_open: Open) -> None:
    page = browser_open("/new", width=WIDTHS[0])
    post_as_guest(page, "控える前に離れてしまった文。")
    words = page.locator("p.entry-key").inner_text()
    page.reload()
    assert page.locator("p.entry-key").inner_text() == words
    assert page.locator("footer button").count() == 0


def test_errors_take_the_focus_and_lead_to_their_fields(browser_open: Open) -> None:
    page = browser_open("/new", width=WIDTHS[0], refusal=422)
    page.locator("#body").fill("\u200b")
    page.locator("#post").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_be_in_viewport()
    page.locator("#errors a").click()
    expect(page.locator("#body")).to_be_focused()


def test_a_passage_is_quoted_from_the_menu_of_the_selection(browser_open: Open) -> None:
    quote_first_passage(browser_open(TREE), ".look-up a.reply")


def test_an_old_draft_of_an_edit_overwrites_nothing_unseen(browser_open: Open) -> None:
    """The draft that the browser kept began from another text than what the entry holds by now."""
    page = browser_open("/new", refusal=409)
    found = post_as_guest(page, "最初に投稿された文がここにある。")
    edit = f"/e/{found['id']}/edit#key={found['key']}"
    page.goto(edit)
    page.locator("#body").fill("下書きのまま残っていた文。")
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.endsWith('/edit'))")
    other = page.context.browser.new_context(base_url=page.url.partition("/e/")[0]).new_page()
    other.goto(edit)
    other.locator("#body").fill("その間に直された文。")
    other.locator("#post").click()
    expect(other.locator("article .body")).to_have_text("その間に直された文。")
    other.context.close()
    page.goto("/about")
    page.goto(edit)
    expect(page.locator("#body")).to_have_value("下書きのまま残っていた文。")
    page.locator("#post").click()
    expect(page.locator("#stored")).to_have_value("その間に直された文。")
    expect(page.locator("#body")).to_have_value("下書きのまま残っていた文。")


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
