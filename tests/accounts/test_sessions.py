"""The cookie: made for one account, read under the keys of today and yesterday, worth nothing when altered."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from nanashi.accounts import sessions, volatile, volatile_store
from nanashi.accounts.sessions import Session, read_cookie
from nanashi.identity.ring import Ring
from tests.accounts.conftest import Browser, Later

MASTER = bytes(range(32))


def given_out(account_key: int = 7) -> str:
    response = HttpResponse()
    session = Session(b"i" * 16, account_key, bytes(8), Ring(MASTER))
    sessions._set_cookie(response, session)
    return response.cookies["nanashi_session"].value


@pytest.mark.usefixtures("diary")
def test_it_holds_the_master_secret_and_shows_nothing() -> None:
    cookie = given_out()
    session = read_cookie(cookie)
    assert session is not None
    assert (session.ring.master, session.account_key) == (MASTER, 7)
    sealed = base64.urlsafe_b64decode(cookie)
    assert MASTER not in sealed
    assert repr(MASTER) not in repr(session)
    assert "7" not in repr(session)
    assert given_out() != cookie
    assert {len(given_out(key)) for key in (1, 2**62 - 1)} == {len(cookie)}


@pytest.mark.usefixtures("diary")
def test_any_altered_byte_makes_it_worthless() -> None:
    sealed = bytearray(base64.urlsafe_b64decode(given_out()))
    for at in range(len(sealed)):
        altered = bytes(sealed[:at]) + bytes([sealed[at] ^ 1]) + bytes(sealed[at + 1 :])
        assert read_cookie(base64.urlsafe_b64encode(altered).decode()) is None, at


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize("nonsense", ["", "a", "====", "é", "A" * 4_000, "A" * 124, "\udc80"])
def test_nonsense_is_nobody(nonsense: str) -> None:
    assert read_cookie(nonsense) is None


def test_yesterdays_cookie_counts_and_is_given_out_anew(ann: Browser, later: Later) -> None:
    first = ann.cookie
    assert ann.is_in
    assert ann.cookie == first
    with later(days=1):
        assert ann.is_in
        second = ann.cookie
        assert second != first
        assert ann.is_in
        assert ann.cookie == second
    with later(days=2):
        assert read_cookie(first) is None
        assert ann.is_in


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/20240606101010", "/e/20240606-aaaaaa", "/feed.atom"])
def test_no_cache_keeps_an_answer_that_gives_it_out_anew(ann: Browser, later: Later, path: str) -> None:
    answer = ann.get(path).response
    assert "nanashi_session" not in answer.cookies
    with later(days=1):
        answer = ann.get(path).response
        assert "nanashi_session" in answer.cookies
        assert answer["Cache-Control"] == "private, no-store"
        assert "Cookie" in answer["Vary"]


def test_two_days_away_signs_out_unless_the_operator_allows_more(
    ann: Browser, later: Later, settings: Settings
) -> None:
    settings.SESSION_DAYS = 5
    with later(days=4):
        assert read_cookie(ann.cookie) is not None
    settings.SESSION_DAYS = 2
    with later(days=4):
        assert not ann.is_in


def test_a_signed_out_cookie_stays_out_on_the_next_day(ann: Browser, later: Later) -> None:
    copy = ann.cookie
    ann.send(ann.get("/account"), "form[action='/sign-out']")
    with later(hours=20):
        assert read_cookie(copy) is None


def test_a_new_start_of_the_machine_signs_everybody_out(ann: Browser) -> None:
    volatile_store.forget_everything()
    assert not ann.is_in


def test_the_cookie_is_for_this_site_and_no_script(ann: Browser, settings: Settings) -> None:
    morsel = ann.client.cookies["nanashi_session"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["secure"]) == (
        True,
        "Lax",
        "/",
        "",
    )
    assert morsel["domain"] == ""
    settings.SECURE_COOKIES, settings.SESSION_COOKIE = True, "__Host-nanashi"
    response = HttpResponse()
    sessions._set_cookie(response, Session(b"i" * 16, 7, bytes(8), Ring(MASTER)))
    assert response.cookies["__Host-nanashi"]["secure"] is True
    sessions.forget_cookie(response)
    assert response.cookies["__Host-nanashi"]["secure"] is True


def test_public_pages_are_the_same_bytes_for_everybody(ann: Browser, visitor: Browser) -> None:
    for path in ("/", "/keywords", "/about", "/search", "/nothing"):
        mine, theirs = ann.get(path), visitor.get(path)
        assert mine.html == theirs.html
        assert mine.response.get("ETag", "") == theirs.response.get("ETag", "").removeprefix("W/")
        assert mine.response["Cache-Control"] == theirs.response["Cache-Control"]
        assert "Content-Encoding" not in mine.response
        assert "Content-Encoding" in theirs.response


def test_reading_asks_the_volatile_store_nothing(diary: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volatile, "reading", None)
    monkeypatch.setattr(volatile, "writing", None)
    assert Client().get("/about").status_code == 200


def test_nothing_of_a_session_is_written_to_the_data_folder(
    ann: Browser, diary: Path, another: Callable[[], Browser]
) -> None:
    session = read_cookie(ann.cookie)
    assert session is not None
    for key in (session.ring.master, volatile.day_key(), session.id):
        for form in (key, key.hex().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key)):
            assert not [file for file in diary.iterdir() if form in file.read_bytes()]
