"""Signing up: refused for each reason by itself, then written once, when the recovery code has been typed back."""

from collections.abc import Callable

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from nanashi.models import Account
from tests.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser, Later

SHORT, COMMON, DIFFERS = "at least 12 characters", "lists of common ones", "not what stands above"


def begin(visitor: Browser, name: str = "ann", password: str = PASSWORD, again: str = PASSWORD):  # noqa: ANN201
    page = visitor.get("/sign-up")
    return visitor.send(page, name=name, new_password=password, new_password_again=again)


@pytest.mark.parametrize(
    ("name", "password", "field", "reason"),
    [
        ("", PASSWORD, "name", "required"),
        ("   ", PASSWORD, "name", "required"),
        ("a" * 41, PASSWORD, "name", "at most 40"),
        ("a\u202eb", PASSWORD, "name", "cannot be seen"),
        ("ann", "elevenchars", "new_password", SHORT),
        ("ann", "password1234", "new_password", COMMON),
        ("ann", "passwordpassword", "new_password", COMMON),
        ("ann", "abababababababab", "new_password", COMMON),
        ("hildegard", "hildegard1234", "new_password", "too much like the name"),
        ("ann", "a" * 501, "new_password", "at most 500"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    visitor: Browser, name: str, password: str, field: str, reason: str
) -> None:
    page = begin(visitor, name, password, password)
    assert page.status == 422
    assert reason in page.text(f"#{field}-wrong")
    assert page.value(f"#{field}", "aria-invalid") == "true"
    assert page.value("#name", "value").strip() == name.strip()
    assert password not in page.html
    assert Account.objects.count() == 0


def test_two_passwords_that_differ_are_refused(visitor: Browser) -> None:
    page = begin(visitor, again=OTHER_PASSWORD)
    assert DIFFERS in page.text("#new_password_again-wrong")


def test_a_name_is_taken_in_any_case_and_width(ann: Browser, visitor: Browser) -> None:
    page = begin(visitor, name=" ＡＮＮ ")
    assert "taken" in page.text("#name-wrong")


def test_it_says_so_in_japanese_fields_and_all(visitor: Browser) -> None:
    visitor.language = "ja"
    page = begin(visitor, name="")
    assert page.value("html", "lang") == "ja"
    assert page.text("#name-wrong") == "このフィールドは必須です。"


def test_nothing_is_written_before_the_code_is_typed_back(visitor: Browser) -> None:
    page = begin(visitor)
    code = page.text(".code")
    assert PASSWORD not in page.html
    assert not page.tree.css("footer button")
    page = visitor.send(page, do="type")
    assert code not in page.html
    page = visitor.send(page, do="confirm", code="0000-0000")
    assert page.status == 422
    assert "not the code" in page.text("#code-wrong")
    assert page.value("#code", "value") == "0000-0000"
    assert Account.objects.count() == 0
    page = visitor.send(page, do="show")
    assert page.text(".code") == code
    page = visitor.send(visitor.send(page, do="type"), do="confirm", code=code.replace("-", " ").lower())
    assert (page.status, page.response["Location"]) == (302, "/mine")
    assert Account.objects.get().name == "ann"
    assert visitor.is_in


def test_it_goes_on_to_where_somebody_was_going_and_to_no_other_site(visitor: Browser) -> None:
    for asked, reached in [
        ("/new?a=1", "/new?a=1"),
        ("//evil.example", "/mine"),
        ("https://evil.example", "/mine"),
    ]:
        page = visitor.get(f"/sign-up?next={asked}")
        name = f"ann{len(asked)}"
        page = visitor.send(page, name=name, new_password=PASSWORD, new_password_again=PASSWORD)
        code = page.text(".code")
        page = visitor.send(visitor.send(page, do="type"), do="confirm", code=code)
        assert page.response["Location"] == reached


def test_it_says_what_is_lost_with_both_secrets(visitor: Browser) -> None:
    page = visitor.get("/sign-up")
    assert "If you lose both" in page.main
    assert page.value("#new_password", "autocomplete") == "new-password"
    assert page.value("#name", "autocomplete") == "username"


def test_a_form_of_an_hour_ago_begins_again(visitor: Browser, later: Later) -> None:
    page = begin(visitor)
    with later(hours=1, minutes=1):
        page = visitor.send(page, do="type")
    assert page.status == 422
    assert "begin again" in page.main


def test_what_the_form_carries_cannot_be_altered(visitor: Browser) -> None:
    page = begin(visitor)
    carried = page.value("input[name=pending]", "value")
    altered = carried[:50] + ("A" if carried[50] != "A" else "B") + carried[51:]
    token = page.value("main input[name=csrfmiddlewaretoken]", "value")
    answer = visitor.post("/sign-up", pending=altered, do="type", csrfmiddlewaretoken=token)
    assert answer.status == 422
    assert "begin again" in answer.main


def test_the_same_name_twice_at_once_is_one_account(
    visitor: Browser, another: Callable[..., Browser]
) -> None:
    first, second = begin(visitor), begin(other := another())
    code = first.text(".code"), second.text(".code")
    visitor.send(visitor.send(first, do="type"), do="confirm", code=code[0])
    page = other.send(other.send(second, do="type"), do="confirm", code=code[1])
    assert page.status == 422
    assert "taken" in page.text("#name-wrong")
    assert Account.objects.count() == 1


def test_an_operator_can_close_it(visitor: Browser, settings: Settings) -> None:
    settings.SIGN_UP = "closed"
    assert visitor.get("/sign-up").status == 403
    assert visitor.post("/sign-up", name="ann").status == 403
    assert Account.objects.count() == 0


def test_many_accounts_from_one_address_have_to_wait(visitor: Browser) -> None:
    pages = [begin(visitor, name=f"ann{n}") for n in range(11)]
    assert [page.status for page in pages] == [200] * 10 + [429]
    assert "Too many attempts" in pages[-1].text("#name-wrong")
    assert int(pages[-1].response["Retry-After"]) > 0
    visitor.address = "203.0.113.9"
    assert begin(visitor, name="bob").status == 200


def test_all_accounts_have_rows_of_one_size(visitor: Browser, another: Callable[..., Browser]) -> None:
    visitor.sign_up("a")
    another().sign_up("z" * 40, "x y z " * 80 + "end")
    sizes = {tuple(len(bytes(getattr(row, name))) for name in LOCKS) for row in Account.objects.all()}
    assert sizes == {(16, 32, 60, 16, 32, 60)}
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%account%'")
        assert cursor.fetchone() == (0,)


LOCKS = ("password_salt", "password_proof", "password_lock", "code_salt", "code_proof", "code_lock")
