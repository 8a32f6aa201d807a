"""A forgotten password: the recovery code opens the same key ring, and nothing else does."""

from collections.abc import Callable

from nanashi.accounts import volatile
from nanashi.accounts.sessions import read_cookie
from tests.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser


def recover(visitor: Browser, code: str, name: str = "ann", password: str = OTHER_PASSWORD):  # noqa: ANN201
    page = visitor.get("/recover")
    return visitor.send(page, name=name, code=code, new_password=password, new_password_again=password)


def test_a_wrong_code_a_wrong_name_and_a_weak_password_are_refused(visitor: Browser) -> None:
    code = visitor.sign_up()
    visitor = Browser()
    for wrong, name in [("0" * 28, "ann"), (code, "bob"), (code[:-1], "ann"), (PASSWORD, "ann")]:
        page = recover(visitor, wrong, name)
        assert page.status == 422
        assert "No account has this name and this recovery code" in page.text("#code-wrong")
        assert page.value("#name", "value") == name
    assert "at least 12" in recover(visitor, code, password="short").text("#new_password-wrong")
    assert Browser().sign_in().status == 302


def test_the_code_sets_a_new_password_for_the_same_ring_and_ends_all_sessions(visitor: Browser) -> None:
    code = visitor.sign_up()
    before = read_cookie(visitor.cookie)
    new = Browser()
    page = recover(new, code.lower().replace("-", ""))
    assert (page.status, page.response["Location"]) == (302, "/account?done=password")
    after = read_cookie(new.cookie)
    assert before
    assert after
    assert after.ring.master == before.ring.master
    assert new.is_in
    assert not visitor.is_in
    assert Browser().sign_in().status == 422
    assert Browser().sign_in(password=OTHER_PASSWORD).status == 302


def test_the_code_goes_on_counting(visitor: Browser) -> None:
    code = visitor.sign_up()
    assert recover(Browser(), code).status == 302
    assert recover(Browser(), code, password=PASSWORD).status == 302
    assert Browser().sign_in().status == 302


def test_it_opens_while_the_account_is_tried_from_everywhere(
    visitor: Browser, another: Callable[..., Browser]
) -> None:
    code = visitor.sign_up()
    guesser = another()
    while guesser.sign_in("ann", OTHER_PASSWORD).status != 429:
        pass
    assert recover(guesser, code).status == 302


def test_guessing_codes_has_to_wait(ann: Browser) -> None:
    visitor = Browser()
    while volatile.spend("recovery from", visitor.address) == 0:
        pass
    page = recover(visitor, "0000")
    assert page.status == 429
    assert "Too many attempts" in page.text("#code-wrong")
