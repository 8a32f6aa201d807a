"""One's own account: changed by whoever knows the password, and by nobody who only found an open browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nanashi.accounts.sessions import read_cookie
from nanashi.models import Account
from tests.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser, Later

OWN = ("/account", "/account/password", "/account/code", "/account/delete")
WRONG = "This is not the password of your account."


@pytest.mark.parametrize("path", OWN)
def test_strangers_are_sent_to_sign_in(visitor: Browser, path: str) -> None:
    page = visitor.get(path)
    assert page.status == 302
    assert page.response["Location"].startswith("/sign-in?next=%2Faccount")


@pytest.mark.parametrize("path", OWN)
def test_its_pages_are_kept_nowhere_and_not_compressed(ann: Browser, path: str) -> None:
    page = ann.get(path)
    assert page.status == 200
    assert page.response["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in page.response
    assert page.value("meta[name=robots]", "content") == "noindex"


@pytest.mark.parametrize("path", ["/account/password", "/account/code", "/account/delete"])
def test_the_password_is_asked_again(ann: Browser, path: str) -> None:
    before = list(Account.objects.values_list())
    new = {"new_password": OTHER_PASSWORD, "new_password_again": OTHER_PASSWORD}
    typed = new if path == "/account/password" else {}
    page = ann.send(ann.get(path), password=OTHER_PASSWORD, **typed)
    assert page.status == 422
    assert page.text("#password-wrong") == WRONG
    pages = [ann.send(ann.get(path), password=OTHER_PASSWORD, **typed) for _ in range(10)]
    assert pages[-1].status == 429
    assert "Too many attempts" in pages[-1].text("#password-wrong")
    assert list(Account.objects.values_list()) == before


def test_a_new_password_keeps_the_ring_and_ends_other_sessions(
    ann: Browser, another: Callable[[], Browser]
) -> None:
    other = another()
    other.sign_in()
    before = read_cookie(ann.cookie)
    page = ann.get("/account/password")
    page = ann.send(page, password=PASSWORD, new_password=OTHER_PASSWORD, new_password_again=OTHER_PASSWORD)
    assert page.response["Location"] == "/account?done=password"
    assert "password is changed" in ann.get(page.response["Location"]).main
    after = read_cookie(ann.cookie)
    assert before
    assert after
    assert after.ring == before.ring
    assert not other.is_in
    assert another().sign_in().status == 422
    assert another().sign_in(password=OTHER_PASSWORD).status == 302


def test_a_weak_new_password_is_refused(ann: Browser) -> None:
    page = ann.get("/account/password")
    page = ann.send(page, password=PASSWORD, new_password="ann ann ann", new_password_again="ann ann ann")
    assert "at least 12" in page.text("#new_password-wrong")


def test_a_new_code_counts_when_it_has_been_typed_back(
    visitor: Browser, another: Callable[[], Browser]
) -> None:
    old = visitor.sign_up()
    page = visitor.send(visitor.get("/account/code"), password=PASSWORD)
    new = page.text(".code")
    assert new != old
    before = list(Account.objects.values_list())
    page = visitor.send(page, do="type")
    page = visitor.send(page, do="confirm", code=old)
    assert page.status == 422
    assert list(Account.objects.values_list()) == before
    page = visitor.send(page, do="confirm", code=new)
    assert page.response["Location"] == "/account?done=code"
    assert recovered(another(), old) == 422
    assert recovered(another(), new) == 302


def recovered(visitor: Browser, code: str) -> int:
    page = visitor.get("/recover")
    typed = {"new_password": OTHER_PASSWORD, "new_password_again": OTHER_PASSWORD}
    return visitor.send(page, name="ann", code=code, **typed).status


def test_a_code_that_is_shown_to_one_is_not_written_for_another(
    ann: Browser, another: Callable[[], Browser]
) -> None:
    page = ann.send(ann.get("/account/code"), password=PASSWORD)
    carried, code = page.value("input[name=pending]", "value"), page.text(".code")
    bob = another()
    bob.sign_up("bob")
    before = list(Account.objects.values_list())
    token = bob.get("/account").tree.css("input[name=csrfmiddlewaretoken]")[0].attributes["value"] or ""
    assert (
        bob.post("/account/code", pending=carried, do="confirm", code=code, csrfmiddlewaretoken=token).status
        == 200
    )
    assert list(Account.objects.values_list()) == before


def test_a_form_of_an_hour_ago_leaves_the_old_code(ann: Browser, later: Later) -> None:
    page = ann.send(ann.get("/account/code"), password=PASSWORD)
    with later(hours=1, minutes=1):
        page = ann.send(page, do="type")
    assert "The old code still counts" in page.main


def test_signing_out_everywhere_ends_every_session_and_no_other_accounts(
    ann: Browser, another: Callable[[], Browser]
) -> None:
    other, bob = another(), another()
    other.sign_in()
    bob.sign_up("bob")
    page = ann.get("/account")
    token = page.value("form[action='/sign-out'] input[name=csrfmiddlewaretoken]", "value")
    assert ann.post("/account/everywhere").status == 403
    assert ann.post("/account/everywhere", csrfmiddlewaretoken=token).response["Location"] == "/sign-in"
    assert [one.is_in for one in (ann, other, bob)] == [False, False, True]
    assert other.sign_in().status == 302
    assert other.is_in


def test_deleting_erases_the_row_and_its_bytes(
    ann: Browser, another: Callable[[], Browser], diary: Path
) -> None:
    other = another()
    other.sign_in()
    row = Account.objects.get()
    page = ann.get("/account/delete")
    assert page.values("main p a[href='/mine']", "href") == ["/mine"]
    assert ann.send(page, password=PASSWORD).values("main p[role=status]", "role") == ["status"]
    assert Account.objects.count() == 0
    image = (diary / "accounts.sqlite3").read_bytes()
    for secret in (row.password_proof, row.password_lock, row.code_proof, row.code_lock):
        assert bytes(secret) not in image
    assert not ann.is_in
    assert not other.is_in


def test_an_account_that_is_gone_signs_its_browser_out(ann: Browser) -> None:
    Account.objects.all().delete()
    page = ann.get("/account")
    assert page.response["Location"] == "/sign-in"
    assert ann.cookie == ""
