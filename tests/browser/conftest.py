"""The sample diary, served by the real server, in the system's Chromium."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sample_site import NotReadyError, launch_chromium, served_sample

from tests.browser.addresses import DAYS, WIDTHS

HEIGHT = 900
SECONDS_TO_DRAW = 60
ABORTED = "net::ERR_ABORTED"
AUTOFOCUS = "Autofocus processing was blocked"
Open = Callable[..., Page]
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def browser_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the sample diary."""
    with served_sample(tmp_path_factory.mktemp("browser")) as site:
        _wait_for_charts(site)
        yield site


def _wait_for_charts(site: str) -> None:
    """Return when the worker has drawn the charts of the sample: until then one may be asked for again."""
    with httpx.Client(base_url=site, timeout=SECONDS_TO_DRAW) as client:
        pages = "".join(client.get(f"/{day}").text for day in DAYS)
        for path in sorted(set(re.findall(r"/chart/[^\s\"]+\.svg", pages))):
            until = time.monotonic() + SECONDS_TO_DRAW
            while client.get(path).status_code != HTTPStatus.OK:
                assert time.monotonic() < until, path
                time.sleep(0.2)


@pytest.fixture(scope="module")
def browser_process() -> Iterator[Browser]:
    """Chromium, for the tests of one file.

    Not longer: while it runs, its event loop does, and Django refuses the database to a thread with one.
    """
    with sync_playwright() as playwright:
        try:
            browser = launch_chromium(playwright)
        except NotReadyError as error:
            pytest.fail(str(error))
        yield browser
        browser.close()


@pytest.fixture
def browser_open(browser_process: Browser, browser_site: str) -> Iterator[Open]:
    """Open an address of the sample diary in a window of its own; whatever goes wrong there is an error.

    Nothing may be asked of another site, nothing may fail, and the console stays empty, but for the one
    message about an answer 404 where `status` expects it, or about a form that is refused with `refusal`.
    """
    with ExitStack() as windows:

        def open_page(  # noqa: PLR0913 - all but the path have a default
            path: str,
            *,
            language: str = "en",
            width: int = WIDTHS[-1],
            scheme: Scheme = "light",
            javascript: bool = True,
            status: int = 200,
            refusal: int = 0,
        ) -> Page:
            window = browser_process.new_context(
                base_url=browser_site,
                locale={"en": "en-GB", "ja": "ja-JP"}[language],
                viewport={"width": width, "height": HEIGHT},
                color_scheme=scheme,
                java_script_enabled=javascript,
            )
            windows.callback(window.close)
            faults = _watch(window, browser_site)
            page = window.new_page()
            windows.callback(_no_faults, faults, refusal or status)
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == status, path
            return page

        yield open_page


def _watch(window: BrowserContext, site: str) -> list[str]:
    """A list that gathers every fault of this window from now on."""
    faults: list[str] = []

    def note(kind: str, what: str, fault: bool = True) -> None:
        if fault:
            faults.append(f"{kind}: {what}")

    # A test that types before the browser has come to `autofocus` is told so.
    window.on(
        "console", lambda message: note("console", message.text, not message.text.startswith(AUTOFOCUS))
    )
    window.on("weberror", lambda error: note("error", str(error.error)))
    window.on("request", lambda sent: note("foreign", sent.url, not sent.url.startswith(f"{site}/")))
    window.on("response", lambda answer: note(str(answer.status), answer.url, answer.status >= 400))
    # A browser that leaves a page aborts what that page still loads, such as its icon.
    window.on(
        "requestfailed", lambda sent: note("failed", f"{sent.url} {sent.failure}", sent.failure != ABORTED)
    )
    return faults


def _no_faults(faults: list[str], status: int) -> None:
    expected = [
        f"{status}: ",
        f"console: Failed to load resource: the server responded with a status of {status}",
    ]
    unexpected = [one for one in faults if status < 400 or not one.startswith(tuple(expected))]
    assert unexpected == []
