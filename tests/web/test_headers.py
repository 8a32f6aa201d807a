"""What browsers are told with every answer: who may run, frame, sniff or follow."""

import pytest
from django.db import connection
from django.http import HttpResponse

from tests.web.conftest import FORM_PAGES, MISSING_PAGES, OTHER_ANSWERS, PAGES, Get

POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}


def check_headers(answer: HttpResponse, referrer: str = "no-referrer") -> None:
    said = [one.strip().partition(" ") for one in answer["Content-Security-Policy"].split(";") if one.strip()]
    assert {directive: value for directive, _space, value in said} == POLICY
    assert len(said) == len(POLICY)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == referrer
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in answer
    assert "Date" not in answer


@pytest.mark.parametrize("path", [*PAGES, *MISSING_PAGES, *OTHER_ANSWERS])
def test_every_answer_has_the_security_headers(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code in (200, 302, 404, 405)
    check_headers(answer)


@pytest.mark.parametrize("path", FORM_PAGES)
def test_so_has_a_page_with_a_form_which_nobody_keeps(get: Get, path: str) -> None:
    """Its own form has to say where it comes from, so it may tell its own server, and no other."""
    answer = get(path, **{"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    check_headers(answer, referrer="same-origin")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in answer
    assert set(answer.cookies) == {"nanashi_csrf"}
    morsel = answer.cookies["nanashi_csrf"]
    assert (morsel["httponly"], morsel["samesite"], morsel["max-age"]) == (True, "Strict", "")


def test_so_has_a_page_that_is_not_sent_again(get: Get) -> None:
    answer = get("/", **{"If-None-Match": "*"})
    assert answer.status_code == 304
    check_headers(answer)


def test_so_has_a_fault(get: Get) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DROP TABLE nanashi_entry")
    answer = get("/")
    assert answer.status_code == 500
    check_headers(answer)


@pytest.mark.parametrize("path", [*PAGES, *MISSING_PAGES, *OTHER_ANSWERS])
def test_no_reader_gets_a_cookie_for_reading(get: Get, path: str) -> None:
    assert not get(path).cookies


def test_a_page_is_sent_compressed_to_those_who_ask(get: Get) -> None:
    assert "Content-Encoding" not in get("/")
    answer = get("/", **{"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


def test_the_host_that_was_asked_for_is_not_repeated(get: Get) -> None:
    """Canonical addresses come from the setting: a forged Host must not end up in a page or a cache."""
    for path in (*PAGES, *OTHER_ANSWERS):
        answer = get(path, Host="evil.example")
        assert b"evil.example" not in answer.content
        assert "evil.example" not in str(answer.headers)
