"""Absolute addresses: a feed is read away from the diary, where nothing relative leads anywhere."""

import re
from urllib.parse import urljoin

from django.conf import settings

RELATIVE = re.compile(r'(<a(?: [a-z]+="[^"]*")*? href=")(?![A-Za-z][A-Za-z0-9+.\-]*:)([^"]*)')
"""An anchor whose href names no scheme. In sanitised HTML a bare `<` begins a tag and a bare `"` within a tag begins
or ends a value, so text that only looks like an anchor does not match."""

CHART = "/chart/"
"""How the addresses of a diary's only images begin."""


def absolute(path: str) -> str:
    """The address of one of the diary's own paths."""
    return f"{settings.NANASHI_URL}{path}"


def with_absolute_links(html: str, page: str) -> str:
    """`html`, sanitised, with each relative link made absolute; `page` is the address where it stands.

    Links to keywords and entries begin with a slash; those to footnotes are resolved against the page.
    """
    site = settings.NANASHI_URL

    def written(found: re.Match[str]) -> str:
        start, href = found.groups()
        if href.startswith("/") and not href.startswith("//"):
            return f"{start}{site}{href}"
        try:
            return f"{start}{urljoin(page, href)}"
        except ValueError:  # no address at all, such as //[
            return found[0]

    if CHART in html:
        html = html.replace(f'src="{CHART}', f'src="{site}{CHART}').replace(
            f'srcset="{CHART}', f'srcset="{site}{CHART}'
        )
    return RELATIVE.sub(written, html)
