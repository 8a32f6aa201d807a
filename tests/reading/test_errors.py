"""What is not here, and what went wrong."""

import io
import logging
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import gettext, override

from tests.reading.ladder import VARY, check_not_found
from tests.reading.pages import Page, Read


@pytest.mark.parametrize(
    "path", ["/nothing", "/a b", "/%E9%9B%A8", "/%3Cscript%3E", "/%00", "/%FF", "/x?y=1#z"]
)
def test_an_address_that_leads_nowhere(read: Read, path: str) -> None:
    page = read(path)
    check_not_found(page, "There is nothing at this address")
    assert page.values("main a", "href") == ["/", "/keywords", "/search"]
    assert page.text("title") == "Not found – Nanashi"
    assert page.tree.css("main script") == []
    assert page.values("link[rel=alternate]", "href") == []


def test_it_is_said_in_the_readers_language(read: Read) -> None:
    page = read("/nothing", language="ja")
    with override("ja"):
        assert page.text("h1") == gettext("There is nothing at this address")
    assert page.value("html", "lang") == "ja"


@pytest.mark.parametrize("known", ["*", '"x"'])
def test_it_is_never_not_modified(read: Read, known: str) -> None:
    check_not_found(read("/nothing", If_None_Match=known), "There is nothing at this address")


def test_no_cache_keeps_it(read: Read) -> None:
    page = read("/nothing")
    assert page.response["Cache-Control"] == "no-cache"
    assert {one.strip() for one in page.response["Vary"].split(",")} >= VARY
    tag = page.response.get("ETag")
    assert tag is None or read("/nothing", If_None_Match=tag).status == 404


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_fault_of_ours_has_a_page(diary: Path, language: str) -> None:
    """The database is broken for real: its largest table is gone."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DROP TABLE nanashi_entry")
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    page = Page(client.get("/2024-06-06"))
    assert page.status == 500
    with override(language):
        assert page.text("h1") == gettext("Something went wrong")
        assert gettext("To the newest day") in page.main
    assert page.value("html", "lang") == language
    assert "nanashi_entry" not in page.html
    assert Page(client.get("/about")).status == 200


def test_a_fault_is_logged_by_its_kind_and_place_alone(diary: Path) -> None:
    (handler,) = (one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler)
    logged = io.StringIO()
    before = handler.setStream(logged)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DROP TABLE nanashi_entry")
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.7")
    client.get("/2024-06-06")
    client.get("/nothing")
    handler.setStream(before)
    line = r"ERROR OperationalError SQLITE_ERROR at nanashi\.reading\.queries\.\w+:\d+\n"
    assert re.fullmatch(line, logged.getvalue()), logged.getvalue()
