"""The reader's language: by the browser, or chosen here and remembered."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.reading.pages import Page, Read

HERE = "/keyword/C%23?before=1z&x=%E9%9B%A8"


@pytest.fixture
def client(diary: Path) -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)


def choose(client: Client, **fields: str) -> HttpResponse:
    return client.post("/language", fields)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB", "en"),
        ("en;q=0.5, ja", "ja"),
        ("fr, ja;q=0.5", "ja"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("x" * 1_000, "en"),
    ],
)
def test_the_browser_says_which(read: Read, accepted: str, language: str) -> None:
    page = read("/about", language=accepted)
    assert page.value("html", "lang") == language
    assert page.response["Content-Language"] == language


def test_each_page_offers_both_languages(read: Read) -> None:
    page = read("/about")
    assert page.values(".language button", "value") == ["ja", "en"]
    assert page.values(".language button", "lang") == ["ja", "en"]
    assert page.values(".language button", "aria-current") == ["", "true"]
    assert page.value(".language", "method") == "post"


def test_a_choice_is_remembered_and_leads_back(client: Client) -> None:
    answer = choose(client, language="ja", back=HERE)
    assert (answer.status_code, answer["Location"]) == (302, HERE)
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie.value == "ja"
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]
    assert int(cookie["max-age"]) > 30 * 24 * 3600
    assert Page(client.get("/about")).value("html", "lang") == "ja"
    choose(client, language="en", back="/")
    assert Page(client.get("/about")).value("html", "lang") == "en"


def test_the_page_says_where_to_lead_back(read: Read) -> None:
    assert read(HERE).value(".language input[name=back]", "value") == HERE


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        " //evil.example",
        "http:\\\\evil.example",
        "\x00//evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_no_other_site_is_led_to(client: Client, back: str) -> None:
    answer = choose(client, language="ja", back=back)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_line_break_starts_no_header(client: Client) -> None:
    answer = choose(client, language="ja", back="/a\r\nSet-Cookie: x=y")
    assert answer.status_code == 302
    assert set(answer.cookies) <= {settings.LANGUAGE_COOKIE_NAME}
    assert "\n" not in answer["Location"]


def test_the_longest_address_leads_back_or_home(client: Client, read: Read) -> None:
    back = read("/search?q=" + "%F0%9F%8C%82" * 200).value(".language input[name=back]", "value")
    assert choose(client, language="ja", back=back)["Location"] in (back, "/")
    assert choose(client, language="ja", back="/" + "x" * 100_000)["Location"] == "/"


@pytest.mark.parametrize("language", ["fr", "", "ja'", "../ja", "JA", "x" * 10_000])
def test_other_languages_are_not_remembered(client: Client, language: str) -> None:
    answer = choose(client, language=language, back="/about")
    assert (answer.status_code, answer["Location"]) == (302, "/about")
    assert not answer.cookies


def test_reading_the_address_chooses_nothing(client: Client) -> None:
    answer = client.get("/language")
    assert answer.status_code == 405
    assert not answer.cookies


def test_a_cookie_of_nonsense_is_ignored(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx;yy"
    assert Page(client.get("/about")).value("html", "lang") == "en"
