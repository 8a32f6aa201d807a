"""Pictures of the sample diary for the documentation: `scripts/screenshots [FOLDER]`."""

import secrets
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sample_site import ROOT, NotReadyError, launch_chromium, served_sample
from small_pictures import keep

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "day": "/2026-06-08",
    "entry": "/e/20260609-akwrk3",
    "keyword": "/keyword/%E6%A2%85%E9%9B%A8",
    "keywords": "/keywords",
}
TALL = 1200
"""Height of the pictures of estimates: a figure with its table and charts is taller than a window."""
WIDTHS = (390, 1280)
HEIGHT = 800
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOCALES = {"ja": "ja-JP", "en": "en-GB"}
ESTIMATES = {
    "estimate": (".estimate", {"ja": "/e/20260613-m4qz7v", "en": "/e/20260614-k6bx9p"}),
    "estimate-comparison": ("#numbers", {"ja": "/e/20260613-m4qz7v", "en": "/e/20260614-k6bx9p"}),
    "estimate-numbers": (
        "form.numbers",
        {
            "ja": "/e/20260613-m4qz7v?set.機材の伸び=年0.2〜0.4 桁",
            "en": "/e/20260614-k6bx9p?set.eaten a night=0.2 to 0.8",
        },
    ),
    "estimate-help": ("h1", dict.fromkeys(LOCALES, "/estimates/help")),
    "estimates-settled": ("h1", dict.fromkeys(LOCALES, "/estimates?settled=1")),
}
"""What stands at the top of the pictures of estimates, and where they are taken, by language."""


class Written(NamedTuple):
    """What is typed for the pictures of a writer's pages."""

    title: str
    body: str
    word: str
    reading: str
    definitions: tuple[str, str]


WRITERS: dict[tuple[int, str], Written] = {
    (1280, "ja"): Written(
        "窓辺の鉢",
        "梅雨の晴れ間に、紫陽花の鉢を窓辺へ移した。研究の合間に水をやる。\n\n> 雨の匂いがする\n\nそれだけの一日。",
        "窓辺の鉢",
        "まどべのはち",
        ("窓辺に置いた植木鉢。", "窓辺に置いた植木鉢。**梅雨**のあいだだけ外に出す。"),
    ),
    (390, "en"): Written(
        "The pot by the window",
        "Between two rains I moved the hydrangea to the window.\n\nOne cup of coffee, one page of 研究.",
        "window pot",
        "",
        ("A pot that stands by a window.", "A pot that stands by a window, and **outside** while it rains."),
    ),
}
"""By the width and the language of the window; one a language, since a text posted twice is taken for a double."""
TO_PREVIEW = """() => {
  const top = document.querySelector(".seen").offsetTop;
  scrollTo(0, top > innerHeight / 2 ? top - innerHeight / 2 : 0);
}"""
TO_THE_TOP = """(selector) => {
  scrollTo(0, Math.max(0, document.querySelector(selector).getBoundingClientRect().top + scrollY - 24));
}"""
ALL_DRAWN = """() => Promise.all([...document.querySelectorAll(".chart img")].map(async (image) => {
  image.loading = "eager";
  for (let tries = 0; !(await image.decode().then(() => true, () => tries >= 30)); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    image.src = image.src;
  }
}))"""
"""A chart that cannot be drawn at once may be asked for again."""
LARGEST = 5_500_000
"""Bytes of all pictures together: they are part of every clone."""


def main(folder: Path) -> None:
    """Make all pictures; says how large they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="nanashi-") as data,
        served_sample(Path(data)) as site,
        sync_playwright() as playwright,
        launch_chromium(playwright) as browser,
    ):
        for width, scheme, language in product(WIDTHS, SCHEMES, LOCALES):
            with _window(browser, site, width, scheme, language) as window:
                _take(window, folder, f"{width}-{scheme}-{language}")
                take_estimates(window, folder, f"{width}-{scheme}-{language}")
        for (width, language), written in WRITERS.items():
            with _window(browser, site, width, SCHEMES[0], language) as window:
                _take_own(window, folder, f"{width}-{SCHEMES[0]}-{language}", written)
    size = sum(file.stat().st_size for file in folder.glob("*.png"))
    print(f"{folder}: {size / 1e6:.1f} MB")
    if size > LARGEST:
        raise NotReadyError(f"that is more than {LARGEST / 1e6:.0f} MB; make the pictures smaller")


def _window(browser: Browser, site: str, width: int, scheme: Scheme, language: str) -> BrowserContext:
    return browser.new_context(
        base_url=site,
        locale=LOCALES[language],
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        device_scale_factor=1,
    )


def _take(window: BrowserContext, folder: Path, ending: str) -> None:
    page = window.new_page()
    for name, path in PAGES.items():
        answer = page.goto(path)
        if answer is None or not answer.ok:
            raise NotReadyError(f"{path} is no page of the sample diary; name another one in {__file__}")
        page.screenshot(path=folder / f"{name}-{ending}.png")


def take_estimates(window: BrowserContext, folder: Path, ending: str) -> None:
    """Pictures of what is made of estimates: figure, comparison, a reader's numbers, the help page, the list."""
    page, blank = window.new_page(), window.new_page()
    width = (page.viewport_size or {"width": WIDTHS[0]})["width"]
    page.set_viewport_size({"width": width, "height": TALL})
    for name, (top, paths) in ESTIMATES.items():
        path = paths[ending.rpartition("-")[2]]
        answer = page.goto(path)
        if answer is None or not answer.ok:
            raise NotReadyError(f"{path} is no page of the sample diary; name another one in {__file__}")
        page.evaluate(TO_THE_TOP, top)
        page.evaluate(ALL_DRAWN)
        keep(blank, page.screenshot(), folder / f"{name}-{ending}.png")


def _take_own(window: BrowserContext, folder: Path, ending: str, written: Written) -> None:
    """Pictures of what a writer sees: signing up, writing, one's own entries, a keyword and its history."""
    page = window.new_page()

    def take(name: str) -> None:
        page.screenshot(path=folder / f"{name}-{ending}.png")

    _sign_up(page, lambda: take("sign-up"))
    page.goto("/new")
    page.locator("#title").fill(written.title)
    page.locator("#body").fill(written.body)
    page.locator("label.k").first.click()
    page.evaluate(TO_PREVIEW)
    take("write")
    page.locator("#post").click()
    page.wait_for_url("**/e/*")
    page.goto("/mine")
    take("mine")
    for definition in written.definitions:
        page.goto(f"/keyword/{written.word}/edit")
        page.locator("#reading").fill(written.reading)
        page.locator("#definition").fill(definition)
        take("keyword-edit")
        page.locator("button[value=save]").click()
    page.goto(f"/keyword/{written.word}/history?from=1&to=2")
    take("keyword-history")


def _sign_up(page: Page, show: Callable[[], None]) -> None:
    """Make an account; `show` is called when the form is filled in."""
    password = secrets.token_urlsafe()
    page.goto("/sign-up")
    page.locator("#name").fill("ajisai" + secrets.token_hex(2))
    page.locator("#new_password").fill(password)
    page.locator("#new_password_again").fill(password)
    show()
    page.locator("main form button").click()
    code = page.locator(".code").inner_text()
    page.locator("button[value=type]").click()
    page.locator("#code").fill(code)
    page.locator("button[value=confirm]").click()
    page.wait_for_url("**/mine")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    except NotReadyError as error:
        sys.exit(f"screenshots: {error}")
