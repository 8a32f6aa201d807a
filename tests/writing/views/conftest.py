"""Forms as browsers send them, by guests and by people with a key ring, and diaries in which nobody may write."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from tests.reading.conftest import define, read, write  # noqa: F401 - fixtures
from tests.reading.pages import Page

TOKEN = re.compile(r'name="token" value="([^"]+)"')
WORDS = "p.entry-key"


class Writer:
    """A browser that sends forms with their tokens; with a key ring after `sign_up`."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=False)

    def get(self, path: str, language: str = "en") -> Page:
        return Page(self.client.get(path, headers={"Accept-Language": language}))

    def send(self, path: str, **fields: Any) -> Page:
        return Page(self.client.post(path, fields, headers={"Accept-Language": "en"}))

    def post(self, body: str, path: str = "/new", **fields: Any) -> Page:
        return self.send(path, **{"do": "publish", "body": body, **fields})

    def token(self, path: str = "/new") -> str:
        found = TOKEN.search(self.get(path).html)
        assert found
        return found[1]

    def entry(self, body: str, **fields: Any) -> str:
        """Post with a ring; the id that it leads to."""
        page = self.post(body, **fields)
        assert page.status == 303, page.html
        return str(page.response["Location"]).removeprefix("/e/")


@pytest.fixture
def guest(diary: object) -> Writer:
    """Somebody without an account."""
    return Writer()


@pytest.fixture
def writer(diary: object) -> Writer:
    """Somebody with a key ring."""
    from django.http import HttpResponse  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from nanashi.accounts.sessions import sign_in  # noqa: PLC0415 - needs Django set up

    made = Writer()
    response = HttpResponse()
    sign_in(RequestFactory().get("/"), response, 7, b"m" * 32)
    for name, morsel in response.cookies.items():
        made.client.cookies[name] = morsel.value
    return made


@pytest.fixture
def busy(diary: object, settings: Any) -> Callable[[], Any]:
    """While it is entered, another process has the turn to write."""

    @contextmanager
    def held() -> Iterator[None]:
        settings.WRITER_WAIT = 0.05
        descriptor = os.open(settings.NANASHI_DATA / "writing.turn", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(descriptor)

    return held


def key_of(page: Page) -> str:
    """The key words on the page after a guest's post."""
    assert page.status == 200, page.html
    return page.texts(WORDS)[0]


def id_of(page: Page) -> str:
    """The entry that this page leads to."""
    return page.value("[data-posted]", "href").removeprefix("/e/")
