"""How pages and feeds answer: one ETag rule, and no template where the reader has the page already.

The ETag is a hash of all that the page shows (the rows just read, the language, the encoding, the edition of
the templates). There is no Last-Modified: stored times are coarse, and a coarse time would keep a withdrawn
entry alive.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from nanashi.reading.edition import EDITION
from nanashi.reading.site import site_name

FEED_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


@dataclass(frozen=True)
class Head:
    """What the head of a page says."""

    title: str
    path: str
    """Canonical path, without the query that only chooses a page of it."""
    description: str = ""
    feed: str = ""
    """Path of its feeds, to which .atom, .rss and .json are added; "" for none."""
    feed_query: bool = False
    """Whether its feeds are at ?feed=atom, since the path alone means something else."""
    indexed: bool = True
    """Whether search engines may list the page."""
    kind: str = "website"
    """Open Graph type."""

    def feeds(self) -> list[tuple[str, str]]:
        """(media type, path) of each feed."""
        if not self.feed:
            return []
        glue = "?feed=" if self.feed_query else "."
        return [(kind, f"{self.feed}{glue}{form}") for form, kind in FEED_TYPES.items()]


def show(
    request: HttpRequest, template: str, head: Head, status: int = HTTPStatus.OK, **content: Any
) -> HttpResponse:
    """A page from a template, or 304 where the reader has it; `content` must have a telling repr."""

    def page() -> HttpResponse:
        return drawn(request, template, head, status, **content)

    # RFC 9110, 13.2.1: conditions count only where the answer would be a success.
    if status != HTTPStatus.OK:
        return _checked_each_time(page())
    return unless_known(request, (template, asdict(head), content), page)


def drawn(
    request: HttpRequest, template: str, head: Head, status: int = HTTPStatus.OK, **content: Any
) -> HttpResponse:
    """A page from a template, in any case."""
    context = {"head": head, "site_url": settings.NANASHI_URL, "edition": EDITION, **content}
    return render(request, template, context, status=status)


def see_other(path: str) -> HttpResponse:
    """On to another page, after a form."""
    response = HttpResponseRedirect(path)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


Draw = Callable[[HTTPStatus], HttpResponse]
"""Makes a page of this status that keeps what was typed."""


def slowed(draw: Draw, seconds: float) -> HttpResponse:
    """What is answered to whoever sends forms too often (RFC 6585): the form again, and when to send it."""
    return again_after(draw(HTTPStatus.TOO_MANY_REQUESTS), seconds)


def busy(draw: Draw, seconds: float) -> HttpResponse:
    """What is answered where nobody may write at the moment: the form again, and when to send it."""
    return again_after(draw(HTTPStatus.SERVICE_UNAVAILABLE), seconds)


def again_after(response: HttpResponse, seconds: float) -> HttpResponse:
    """The same answer, with the seconds after which it is worth asking again."""
    response["Retry-After"] = str(math.ceil(seconds))
    return response


def unless_known(request: HttpRequest, shown: Any, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, or 304 by If-None-Match alone; `shown` is everything that the answer depends on."""
    etag = _etag(request, shown)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if any(one == "*" or one.removeprefix("W/") == etag for one in known):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = answer()
    response["ETag"] = etag
    return _checked_each_time(response)


def _checked_each_time(response: HttpResponse) -> HttpResponse:
    """An answer that nobody shows again without asking: it may have been withdrawn."""
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _etag(request: HttpRequest, shown: Any) -> str:
    encoding = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    digest = hashlib.blake2b(digest_size=16)
    for part in (get_language(), encoding, EDITION, settings.NANASHI_URL, site_name(), shown):
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
    return f'"{digest.hexdigest()}"'
