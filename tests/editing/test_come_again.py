"""Whatever form about keywords is sent too early, its answer says when to send it again, and keeps what was typed."""

from collections.abc import Callable
from typing import Any

import pytest

from nanashi.accounts.volatile import spend
from nanashi.models import Proposal
from nanashi.text.markup import keyword_path
from tests.accounts.conftest import Browser
from tests.editing.conftest import fill
from tests.reading.conftest import Define
from tests.reading.pages import Page
from tests.writing.views.conftest import busy  # noqa: F401 - a fixture of this room too

Sent = Callable[[], Page]
RAIN = keyword_path("雨")


def edit(one: Browser) -> tuple[Sent, str]:
    page = one.get(f"{RAIN}/edit")
    return (lambda: fill(one, page, definition="typed")), "#definition"


def restore(one: Browser) -> tuple[Sent, str]:
    fill(one, one.get(f"{RAIN}/edit"), definition="before")
    fill(one, one.get(f"{RAIN}/edit"), definition="after")
    page = one.get("/keyword-restore?word=雨&number=1")
    return (lambda: fill(one, page)), "main form"


def propose(one: Browser) -> tuple[Sent, str]:
    page = one.get("/keywords/propose?word=雨")
    return (lambda: fill(one, page, kind="retire", reason="typed")), "[name=reason]"


def object_to(one: Browser) -> tuple[Sent, str]:
    propose(one)[0]()
    page = one.get(f"/keywords/proposals/{Proposal.objects.get().key}")
    return (lambda: fill(one, page, objection="typed")), "[name=objection]"


FORMS = pytest.mark.parametrize("form", [edit, restore, propose, object_to])


@pytest.fixture
def hurried(define: Define, editor: Callable[[int], Browser]) -> Callable[[Any], Any]:
    """Somebody before one of these forms."""
    define("雨")
    return lambda form: form(editor(1))


def check(page: Page, status: int, place: str) -> None:
    assert page.status == status
    assert int(page.response["Retry-After"]) >= 1
    assert page.tree.css_first(place) is not None
    if place != "main form":
        assert "typed" in (page.text(place) or page.value(place, "value"))


@FORMS
def test_nobody_can_write_now(form: Any, hurried: Any, busy: Callable[[], Any]) -> None:  # noqa: F811
    send, place = hurried(form)
    with busy():
        check(send(), 503, place)
    assert send().status == 303


@FORMS
def test_too_many_from_one_address(form: Any, hurried: Any) -> None:
    send, place = hurried(form)
    address = Browser().address
    while spend("edit from", address) == 0:
        pass
    check(send(), 429, place)
