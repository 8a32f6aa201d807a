"""All pages about accounts as a browser gets them, right and refused: well formed, labelled, one field in focus."""

import pytest

from tests.accounts.conftest import PASSWORD, Browser
from tests.reading.pages import Page
from tests.web.test_html import check_html

OPEN = ("/sign-up", "/sign-in", "/recover")
OWN = ("/account", "/account/password", "/account/code", "/account/delete")


def check_form(page: Page) -> None:
    check_html(page.html)
    inputs = page.tree.css("main input:not([type=hidden], [hidden])")
    for one in inputs:
        assert page.tree.css(f"label[for='{one.attributes['id']}']"), one.html
        assert one.attributes.get("autocomplete")
    for one in page.tree.css("main input[hidden]"):
        assert "name" not in one.attributes, "what is for the password manager alone is not sent"
    assert len(page.tree.css("[autofocus]")) <= 1


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("path", OPEN)
def test_pages_for_strangers(visitor: Browser, path: str, language: str) -> None:
    visitor.language = language
    page = visitor.get(path)
    check_form(page)
    assert len(page.tree.css("[autofocus]")) == 1
    refused = visitor.send(page)
    assert refused.status == 422
    check_form(refused)
    wrong = refused.values("[aria-invalid]", "id")
    assert wrong == refused.values("main input:not([type=hidden])", "id")
    assert refused.values("[autofocus]", "id") == wrong[:1]
    for name in wrong:
        assert refused.text(f"#{name}-wrong")
        assert f"{name}-wrong" in refused.value(f"#{name}", "aria-describedby").split()


@pytest.mark.parametrize("path", OWN)
def test_pages_for_owners(ann: Browser, path: str) -> None:
    page = ann.get(path)
    check_form(page)
    if path != "/account":
        check_form(ann.send(page))


def test_the_steps_of_a_recovery_code(ann: Browser) -> None:
    shown = ann.send(ann.get("/account/code"), password=PASSWORD)
    asked = ann.send(shown, do="type")
    for page in (shown, asked, ann.send(asked, do="confirm", code="x")):
        check_form(page)
