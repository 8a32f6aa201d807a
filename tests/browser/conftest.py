"""The sample diary, served by the real server, in the system's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.addresses import WIDTHS

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "the browser tests need the system's Chromium, and there is no program `chromium` here; "
    "install it: apt-get install chromium fonts-noto-cjk"
)
HEIGHT = 900
SECONDS_TO_STOP = 20
ATTEMPTS = 600
SECONDS_BETWEEN = 0.05
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the sample diary, started as anybody starts it for the first time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("browser") / "data"
    log = (data.parent / "log").open("w+", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "nanashi", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "NANASHI_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        log.seek(0)
        assert str(port) in said, f"the server did not start: {log.read()}"
        _wait_for_answer(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.communicate(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()
        log.close()


def _wait_for_answer(port: int) -> None:
    """The address is said when the server starts its workers, a moment before the first of them listens."""
    for _attempt in range(ATTEMPTS):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(SECONDS_BETWEEN)
    raise AssertionError("the server said its address and does not answer")


@pytest.fixture(scope="module")
def browser_process() -> Iterator[Browser]:
    """Chromium, for the tests of one file.

    Not longer: while it runs, its event loop does, and Django refuses the database to a thread with one.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_open(browser_process: Browser, browser_site: str) -> Iterator[Open]:
    """Open an address of the sample diary in a window of its own; whatever goes wrong there is an error.

    Nothing may be asked of another site, nothing may fail, and the console stays empty, but for the one
    message about an answer 404 where `status` expects it.
    """
    with ExitStack() as windows:

        def open_page(  # noqa: PLR0913 - all but the path have a default
            path: str,
            *,
            language: str = "en",
            width: int = WIDTHS[-1],
            scheme: str = "light",
            javascript: bool = True,
            status: int = 200,
        ) -> Page:
            window = browser_process.new_context(
                base_url=browser_site,
                locale={"en": "en-GB", "ja": "ja-JP"}[language],
                viewport={"width": width, "height": HEIGHT},
                color_scheme=scheme,  # type: ignore[arg-type]
                java_script_enabled=javascript,
            )
            windows.callback(window.close)
            faults = _watch(window, browser_site)
            page = window.new_page()
            windows.callback(_no_faults, faults, status)
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == status, path
            return page

        yield open_page


def _watch(window: BrowserContext, site: str) -> list[str]:
    """A list that gathers every fault of this window from now on."""
    faults: list[str] = []
    window.on("console", lambda message: faults.append(f"console: {message.text}"))
    window.on("weberror", lambda error: faults.append(f"error: {error.error}"))
    window.on("requestfailed", lambda request: faults.append(f"failed: {request.url} {request.failure}"))
    window.on(
        "request",
        lambda request: (
            None if request.url.startswith(f"{site}/") else faults.append(f"foreign: {request.url}")
        ),
    )
    window.on(
        "response",
        lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
    )
    return faults


def _no_faults(faults: list[str], status: int) -> None:
    expected = [
        f"{status}: ",
        f"console: Failed to load resource: the server responded with a status of {status}",
    ]
    unexpected = [one for one in faults if status < 400 or not one.startswith(tuple(expected))]
    assert unexpected == []
