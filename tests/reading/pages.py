"""A page as a reader's browser gets it, and how tests read in it."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.http import HttpResponse
from selectolax.lexbor import LexborHTMLParser

OLDER = "nav.pages a[rel=next]"
MOST_PAGES = 40


@dataclass(frozen=True)
class Page:
    """An answer, with short ways to what stands in it."""

    response: HttpResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @cached_property
    def html(self) -> str:
        content = self.response.content
        if self.response.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return content.decode()

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    def texts(self, selector: str) -> list[str]:
        """The text of each element, white space collapsed."""
        return [" ".join(node.text().split()) for node in self.tree.css(selector)]

    def text(self, selector: str) -> str:
        """The text of the one element."""
        (found,) = self.texts(selector)
        return found

    def values(self, selector: str, attribute: str) -> list[str]:
        """An attribute of each element; "" where it has none."""
        return [node.attributes.get(attribute) or "" for node in self.tree.css(selector)]

    def value(self, selector: str, attribute: str) -> str:
        """An attribute of the one element."""
        (found,) = self.values(selector, attribute)
        return found

    @property
    def entries(self) -> list[str]:
        """Public ids of the entries shown, in order."""
        return self.values("article.entry", "id")

    @property
    def older(self) -> str | None:
        """Where the next page is."""
        links = self.values(OLDER, "href")
        return links[0] if links else None

    @property
    def main(self) -> str:
        """All text of the page but its frame."""
        return self.text("main")


class Read(Protocol):
    """Get a page."""

    def __call__(self, path: str, language: str = "en", **headers: str) -> Page: ...


def pages_from(read: Read, path: str) -> Iterator[Page]:
    """The page at this address and all that its links to older ones lead to."""
    at: str | None = path
    for _number in range(MOST_PAGES):
        if at is None:
            return
        page = read(at)
        assert page.status == 200, at
        yield page
        at = page.older
    raise AssertionError(f"{path} goes on for more than {MOST_PAGES} pages")
