"""People who write keywords: each has a browser of their own and is signed in."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nanashi.accounts.sessions import sign_in
from tests.accounts.conftest import Browser
from tests.reading.conftest import define, read, write  # noqa: F401 - fixtures of this room too
from tests.reading.pages import Page


@pytest.fixture
def editor(diary: object) -> Callable[[int], Browser]:
    """The browser of somebody with a ring; each number is another person."""

    def enter(number: int) -> Browser:
        browser = Browser()
        answer = HttpResponse()
        sign_in(RequestFactory().get("/"), answer, number, bytes([number]) * 32)
        browser.client.cookies.update(answer.cookies)
        return browser

    return enter


def fill(browser: Browser, page: Page, do: str = "save", **changed: str) -> Page:
    """Send the keyword form of a page as it stands there, but for what is changed."""
    sheet = page.tree.css_first("main form")
    fields = {
        one.attributes["name"]: one.attributes.get("value") or ""
        for one in sheet.css("input")
        if one.attributes.get("type") not in ("radio", "checkbox") or "checked" in one.attributes
    }
    for area in sheet.css("textarea"):
        fields[area.attributes["name"]] = area.text().removeprefix("\n")
    return browser.post(sheet.attributes["action"], **{**fields, **changed, "do": do})
