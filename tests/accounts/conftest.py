"""People with browsers: each keeps its cookies, fills in forms as they stand on the page, and sends them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.reading.pages import Page

Later = Callable[..., AbstractContextManager[None]]
PASSWORD = "four words nobody guesses"
OTHER_PASSWORD = "quite another thing entirely"


@dataclass
class Browser:
    """A browser that sends forms with their hidden fields, as people's do."""

    language: str = "en"
    address: str = "198.51.100.7"
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str) -> Page:
        headers = {"Accept-Language": self.language, "Accept-Encoding": "gzip"}
        return Page(self.client.get(path, headers=headers, REMOTE_ADDR=self.address))

    def send(self, page: Page, form: str = "main form", do: str = "", **typed: str) -> Page:
        """Fill in this form of the page and press its button (the first, or the one with this value)."""
        (sheet,) = page.tree.css(form)
        hidden = {
            one.attributes["name"]: one.attributes.get("value") or ""
            for one in sheet.css("input[type=hidden]")
        }
        fields = {one.attributes["name"] for one in sheet.css("input[name]:not([type=hidden])")}
        assert typed.keys() <= fields, fields
        for button in sheet.css("button[name]"):
            if button.attributes["value"] == do:
                hidden[button.attributes["name"]] = do
        return self.post(sheet.attributes["action"], **hidden, **typed)

    def post(self, path: str, **typed: str) -> Page:
        headers = {"Accept-Language": self.language, "Accept-Encoding": "gzip"}
        return Page(self.client.post(path, typed, headers=headers, REMOTE_ADDR=self.address))

    @property
    def cookie(self) -> str:
        morsel = self.client.cookies.get("nanashi_session")
        return "" if morsel is None else morsel.value

    @property
    def is_in(self) -> bool:
        """Whether this browser is signed in, as the server sees it."""
        return self.get("/account").status == 200

    def sign_in(self, name: str = "ann", password: str = PASSWORD) -> Page:
        return self.send(self.get("/sign-in"), name=name, password=password)

    def sign_up(self, name: str = "ann", password: str = PASSWORD) -> str:
        """Walk through all the steps; the recovery code."""
        page = self.send(self.get("/sign-up"), name=name, new_password=password, new_password_again=password)
        code = page.text(".code")
        page = self.send(page, do="type")
        page = self.send(page, do="confirm", code=code)
        assert page.status == 302, page.main
        return code


@pytest.fixture
def visitor(diary: object) -> Browser:
    """A browser of somebody whom nobody knows yet."""
    return Browser()


@pytest.fixture
def another(diary: object) -> Callable[..., Browser]:
    """Further browsers."""
    return Browser


@pytest.fixture
def ann(diary: object) -> Browser:
    """The browser of Ann, who has just made an account."""
    visitor = Browser()
    visitor.sign_up()
    return visitor


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let time pass for what is kept in memory: `with later(days=1): ...`."""

    @contextmanager
    def shift(**time: float) -> Iterator[None]:
        delta = timedelta(**time)
        real_now, real_date, real_time = timezone.localtime, timezone.localdate, __import__("time").time
        with monkeypatch.context() as patch:
            patch.setattr("django.utils.timezone.localtime", lambda: real_now() + delta)
            patch.setattr("django.utils.timezone.localdate", lambda: (real_now() + delta).date())  # noqa: PLW0108
            patch.setattr("time.time", lambda: real_time() + delta.total_seconds())
            yield
        assert real_date() == datetime.now(timezone.get_current_timezone()).date()

    return shift
