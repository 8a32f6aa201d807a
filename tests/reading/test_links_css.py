"""Which keyword links a reader sees: one small style sheet by cookie; pages are the same for everybody."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.reading.conftest import Define, Write
from tests.reading.pages import Read


@pytest.fixture
def client(diary: Path) -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)


def style(client: Client, **headers: str) -> HttpResponse:
    return client.get("/links.css", headers=headers)


def test_without_a_choice_the_notable_links_are_shown(client: Client) -> None:
    answer = style(client)
    assert answer["Content-Type"] == "text/css"
    assert "--links:notable" in answer.content.decode()
    assert len(answer.content) < 400


@pytest.mark.parametrize(("choice", "rule"), [("all", "a.k{"), ("none", "a.kn{"), ("notable", "screen{}")])
def test_a_choice_is_remembered_and_leads_back(client: Client, choice: str, rule: str) -> None:
    answer = client.post("/links", {"links": choice, "back": "/keywords?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/keywords?x=1")
    cookie = answer.cookies["nanashi_links"]
    assert (cookie["samesite"], bool(cookie["httponly"])) == ("Lax", True)
    sheet = style(client).content.decode()
    assert f"--links:{choice}" in sheet
    assert rule in sheet


def test_the_sheet_is_kept_by_the_reader_alone_and_asked_for_again(client: Client) -> None:
    first = style(client)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    assert style(client, **{"if-none-match": first["ETag"]}).status_code == 304
    client.post("/links", {"links": "all"})
    changed = style(client, **{"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize("choice", ["", "ALL", "all;}", "x" * 10_000])
def test_other_choices_are_not_remembered(client: Client, choice: str) -> None:
    assert not client.post("/links", {"links": choice}).cookies
    client.cookies["nanashi_links"] = "nonsense"
    assert "--links:notable" in style(client).content.decode()


def test_no_other_site_is_led_to(client: Client) -> None:
    assert client.post("/links", {"links": "all", "back": "//evil.example/"})["Location"] == "/"
    assert client.get("/links").status_code == 405


def test_the_page_is_the_same_whatever_was_chosen(client: Client, write: Write, define: Define) -> None:
    define("雨")
    (one,) = write("今日は雨。雨。")
    pages = set()
    for choice in ("notable", "all", "none"):
        client.post("/links", {"links": choice})
        pages.add(client.get(f"/e/{one}").content)
    assert len(pages) == 1


def test_only_the_first_place_of_a_word_is_notable(read: Read, write: Write, define: Define) -> None:
    define("雨")
    (one,) = write("今日は雨。明日も雨。[[雨]]。")
    page = read(f"/e/{one}")
    assert len(page.values("article .body a.k", "href")) == 3
    assert len(page.values("article .body a.k.kn", "href")) == 1
    assert page.values(".links button", "value") == ["notable", "all", "none"]
