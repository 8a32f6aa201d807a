"""Signing in and out: who is let in, who has to wait, and what is not said."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from pytest_django.fixtures import Settings

from nanashi.accounts import volatile
from nanashi.identity import ring
from tests.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser

WRONG = "No account has this name and this password."


@pytest.mark.parametrize(
    ("name", "password"), [("ann", OTHER_PASSWORD), ("nobody", PASSWORD), ("ann", PASSWORD + " ")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    ann: Browser, visitor: Browser, name: str, password: str
) -> None:
    page = visitor.sign_in(name, password)
    assert page.status == 422
    assert page.text("#password-wrong") == WRONG
    assert page.value("#name", "value") == name
    assert password not in page.html
    assert not visitor.is_in


def test_a_name_that_nobody_has_takes_as_much_work(
    ann: Browser, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    stretched = ring.hash_secret_raw
    monkeypatch.setattr(ring, "hash_secret_raw", lambda *a: runs.append(a[2:]) or stretched(*a))
    visitor.sign_in("nobody")
    visitor.sign_in("ann", OTHER_PASSWORD)
    assert len(runs) == 2
    assert runs[0] == runs[1]


def test_the_name_is_known_in_any_case_and_width(ann: Browser, visitor: Browser) -> None:
    page = visitor.sign_in(" ＡＮＮ")
    assert (page.status, page.response["Location"]) == (302, "/mine")
    assert visitor.is_in


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/new?a=%C3%A9", "/new?a=%C3%A9"),
        ("//evil.example/", "/mine"),
        ("/\\evil.example", "/mine"),
        ("javascript:1", "/mine"),
    ],
)
def test_it_goes_on_within_the_diary_alone(ann: Browser, visitor: Browser, asked: str, reached: str) -> None:
    page = visitor.get(f"/sign-in?next={quote(asked, safe='')}")
    page = visitor.send(page, name="ann", password=PASSWORD)
    assert page.response["Location"] == reached


def test_whoever_is_in_goes_straight_on(ann: Browser) -> None:
    page = ann.get("/sign-in?next=/new")
    assert (page.status, page.response["Location"]) == (302, "/new")


def test_a_page_for_owners_sends_strangers_here_and_back(ann: Browser, visitor: Browser) -> None:
    page = visitor.get("/account?done=code")
    assert page.response["Location"] == "/sign-in?next=%2Faccount%3Fdone%3Dcode"
    page = visitor.send(visitor.get(page.response["Location"]), name="ann", password=PASSWORD)
    assert page.response["Location"] == "/account?done=code"


def test_one_address_has_to_wait_and_others_do_not(ann: Browser, visitor: Browser) -> None:
    pages = [visitor.sign_in("ann", OTHER_PASSWORD) for _ in range(7)]
    assert [page.status for page in pages] == [422] * 6 + [429]
    assert "Try again in" in pages[-1].text("#password-wrong")
    assert pages[-1].value("#name", "value") == "ann"
    assert visitor.sign_in().status == 429
    owner = Browser(address="203.0.113.5")
    assert owner.sign_in().status == 302


def test_nobody_can_lock_another_out(ann: Browser) -> None:
    """However many addresses try her name, Ann's own is let in: more dearly, but at once."""
    while volatile.spend("sign-ins to", "name ann") == 0:
        pass
    crowd = [Browser(address=f"192.0.2.{n}") for n in range(1, 4)]
    for one in crowd:
        assert [one.sign_in("ann", OTHER_PASSWORD).status for _ in range(3)] == [422, 422, 429]
    assert Browser(address="203.0.113.5").sign_in().status == 302


def test_an_ipv6_household_counts_as_one(ann: Browser) -> None:
    pages = [Browser(address=f"2001:db8::{n}").sign_in("ann", OTHER_PASSWORD) for n in range(1, 8)]
    assert [page.status for page in pages] == [422] * 6 + [429]
    assert Browser(address="2001:db8:0:1::1").sign_in().status == 302


def test_behind_a_proxy_its_word_counts(ann: Browser, settings: Settings) -> None:
    settings.FORWARDED_HEADER = "X-Forwarded-For"
    visitor = Browser(address="127.0.0.1")

    def tried(forwarded: str) -> int:
        visitor.client.defaults["HTTP_X_FORWARDED_FOR"] = forwarded
        return visitor.sign_in("ann", OTHER_PASSWORD).status

    assert [tried(f"10.0.0.{n}, 198.51.100.1") for n in range(7)] == [422] * 6 + [429]
    assert tried("198.51.100.2") == 422


def test_signing_out_ends_the_cookie_wherever_a_copy_is(ann: Browser, another: Callable[[], Browser]) -> None:
    thief = another()
    thief.client.cookies["nanashi_session"] = ann.cookie
    assert thief.is_in
    page = ann.send(ann.get("/account"), "form[action='/sign-out']")
    assert (page.status, page.response["Location"]) == (302, "/")
    assert ann.cookie == ""
    assert not thief.is_in


def test_signing_out_takes_a_form_of_ours(ann: Browser) -> None:
    assert ann.get("/sign-out").status == 405
    assert ann.post("/sign-out").status == 403
    assert ann.is_in


def test_over_plain_http_nobody_signs_in(ann: Browser, visitor: Browser, settings: Settings) -> None:
    settings.NANASHI_URL = "http://diary.example"
    for path in ("/sign-in", "/sign-up", "/recover"):
        page = visitor.get(path)
        assert page.status == 403
        assert "NANASHI_INSECURE_COOKIE" in page.main
    settings.INSECURE_COOKIE = True
    assert visitor.sign_in().status == 302


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://[::1]:1", "http://abc.onion", "https://diary.example"]
)
def test_on_this_machine_over_tor_and_over_https_they_do(
    visitor: Browser, settings: Settings, address: str
) -> None:
    settings.NANASHI_URL, settings.SECURE_COOKIES = address, address.startswith("https")
    assert visitor.get("/sign-in").status == 200


def test_the_file_of_accounts_does_not_change_when_people_come_and_go(
    ann: Browser, another: Callable[[], Browser], diary: Path
) -> None:
    """A copy of it before and one after say nothing about who was here between them."""
    another().sign_up("bob", OTHER_PASSWORD)
    file = diary / "accounts.sqlite3"
    before, entries = file.read_bytes(), (diary / "nanashi.sqlite3").read_bytes()
    times = file.stat().st_mtime_ns
    for number in range(5):
        visitor = another(address=f"192.0.2.{number}")
        assert visitor.sign_in().status == 302
        assert visitor.is_in
        assert another().sign_in("ann", OTHER_PASSWORD).status == 422
        visitor.send(visitor.get("/account"), "form[action='/sign-out']")
    assert file.read_bytes() == before
    assert file.stat().st_mtime_ns == times
    assert (diary / "nanashi.sqlite3").read_bytes() == entries
    assert not [one.name for one in diary.iterdir() if one.name.startswith("accounts.sqlite3-")]
