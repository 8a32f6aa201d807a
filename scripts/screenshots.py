"""Pictures of the sample diary for the documentation: `scripts/screenshots [FOLDER]`."""

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, sync_playwright
from sample_site import ROOT, NotReadyError, launch_chromium, served_sample

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "day": "/2026-06-08",
    "entry": "/e/20260609-akwrk3",
    "keyword": "/keyword/%E6%A2%85%E9%9B%A8",
    "keywords": "/keywords",
}
WIDTHS = (390, 1280)
HEIGHT = 800
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = {"ja": "ja-JP", "en": "en-GB"}
LARGEST = 3_000_000
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
            window = browser.new_context(
                base_url=site,
                locale=LOCALES[language],
                viewport={"width": width, "height": HEIGHT},
                color_scheme=scheme,
                device_scale_factor=1,
            )
            _take(window, folder, f"{width}-{scheme}-{language}")
            window.close()
    size = sum(file.stat().st_size for file in folder.glob("*.png"))
    print(f"{folder}: {size / 1e6:.1f} MB")
    if size > LARGEST:
        raise NotReadyError(f"that is more than {LARGEST / 1e6:.0f} MB; make the pictures smaller")


def _take(window: BrowserContext, folder: Path, ending: str) -> None:
    page = window.new_page()
    for name, path in PAGES.items():
        answer = page.goto(path)
        if answer is None or not answer.ok:
            raise NotReadyError(f"{path} is no page of the sample diary; name another one in {__file__}")
        page.screenshot(path=folder / f"{name}-{ending}.png")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    except NotReadyError as error:
        sys.exit(f"screenshots: {error}")
