"""A form from elsewhere changes nothing, and what was written in it comes back."""

from django.test import Client
from pytest_django.fixtures import Settings

from tests.accounts.conftest import PASSWORD, Browser
from tests.reading.pages import Page

TEXT = "三行の\n<b>日記</b>\n本文"


def test_a_form_without_its_token_is_refused_and_the_text_comes_back(visitor: Browser) -> None:
    page = visitor.post("/sign-in", name="ann", password=PASSWORD, body=TEXT, title="題")
    assert page.status == 403
    assert [node.text() for node in page.tree.css("textarea")] == ["題", TEXT]
    assert PASSWORD not in page.html
    assert page.response["Cache-Control"] == "private, no-store"


def test_in_japanese_too_the_page_is_in_the_readers_language(visitor: Browser) -> None:
    visitor.language = "ja"
    assert visitor.post("/sign-in", name="ann").value("html", "lang") == "ja"


def test_a_token_of_another_browser_does_not_count(ann: Browser, visitor: Browser) -> None:
    token = ann.get("/sign-up").tree.css("input[name=csrfmiddlewaretoken]")[0].attributes["value"] or ""
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", name="ann", password=PASSWORD, csrfmiddlewaretoken=token).status == 403


def test_a_form_from_another_origin_is_refused_one_from_ours_is_not(
    ann: Browser, visitor: Browser, settings: Settings
) -> None:
    page = visitor.get("/sign-in")
    for origin, status in [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://testserver", 302),
    ]:
        visitor.client.defaults["HTTP_ORIGIN"] = origin
        assert visitor.send(page, name="ann", password=PASSWORD).status == status


def test_behind_https_a_form_from_the_diarys_own_address_counts(
    ann: Browser, visitor: Browser, settings: Settings
) -> None:
    """The proxy speaks http to us; what the browser says it came from is the public address."""
    settings.CSRF_TRUSTED_ORIGINS = ["https://diary.example"]
    page = visitor.get("/sign-in")
    visitor.client.defaults["HTTP_ORIGIN"] = "https://diary.example"
    assert visitor.send(page, name="ann", password=PASSWORD).status == 302


def test_a_page_with_a_form_lets_its_own_form_say_where_it_came_from(visitor: Browser) -> None:
    """Under no-referrer browsers send `Origin: null`, which no check can tell from a stranger's."""
    assert visitor.get("/sign-in").response["Referrer-Policy"] == "same-origin"
    assert visitor.get("/about").response["Referrer-Policy"] == "no-referrer"


def test_the_language_form_needs_no_token(diary: object) -> None:
    client = Client(enforce_csrf_checks=True)
    assert Page(client.post("/language", {"language": "ja", "back": "/"})).status == 302
