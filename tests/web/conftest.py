"""One small diary with a page of every kind, read through every layer."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from tests.conftest import databases_in

ENTRIES = r"""
{"id": "20240605-root22", "date": "2024-06-05", "title": "問い", "body": "雨は、いつ？", "time": "10:00"}
{"date": "2024-06-06", "body": "# 一\n\n[[雨]] と `code`[^1]\n\n[^1]: 注", "reply_to": "20240605-root22"}
{"date": "2024-06-06", "body": "It rains.", "series": {"id": "rain", "part": 1}}
{"date": "2024-06-06", "body": "| a | b |\n|:-:|--:|\n| 1 | 2 |", "series": {"id": "rain", "part": 2}}
{"id": "20240607-sum234", "date": "2024-06-07", "body": "```estimate\na = 1 to 2\nb = a * 3\nshow b\n```"}
{"date": "2024-06-08", "body": "```estimate\nbased on >>20240607-sum234\na = 2 to 3\n```", "lang": "en"}
{"date": "2024-06-07", "body": "<b style='x' onclick='y'>", "source": {"url": "https://example.org/"}}
"""
KEYWORDS = r"""
{"word": "雨", "reading": "あめ", "aliases": ["rain", "雨降り"], "definition": "空から降る**水**。\n\n- 霧雨"}
{"word": "霧"}
"""
PAGES = (
    "/",
    "/2024-06-06",
    "/2024-06-06?before=1",
    "/2024-06-30",
    "/e/20240605-root22",
    "/series/rain",
    "/keyword/%E9%9B%A8",
    "/keyword/%E9%9C%A7",
    "/keyword/%E9%9B%A8?before=1",
    "/keywords",
    "/keywords?shelf=%E3%82%93",
    "/search",
    "/search?q=%E9%9B%A8",
    "/search?q=nothing+at+all",
    "/about",
    "/e/20240607-sum234",
    "/e/20240607-sum234/estimate",
    "/e/20240607-sum234?set.a=3+to+4",
    "/e/20240607-sum234?set.a=4+to+3",
    "/estimates",
    "/estimates/help",
)
FORM_PAGES = ("/sign-up", "/sign-in", "/recover")
"""Pages with a form that proves where it comes from."""
MISSING_PAGES = ("/nothing", "/keyword/nothing", "/e/20240605-zzzzzz", "/2024-13-01", "/series/nothing")
OTHER_ANSWERS = (
    "/keyword/rain",
    "/e/20240605-root22.txt",
    "/language",
    "/feed.atom",
    "/2024-06-06.rss",
    "/keyword/%E9%9B%A8.json",
    "/sitemap.xml",
    "/robots.txt",
)
Get = Callable[..., HttpResponse]


@pytest.fixture(scope="session")
def _small_diary(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:  # noqa: ANN001
    """The data folder of the small diary, made once."""
    from nanashi.cli import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(_empty_database, folder, dirs_exist_ok=True)
    with override_settings(NANASHI_DATA=folder), django_db_blocker.unblock(), databases_in(folder):
        for arguments, given in ((["keywords", "import", "-"], KEYWORDS), (["import", "-"], ENTRIES)):
            assert CliRunner().invoke(main, arguments, input=given).exit_code == 0
    return folder


@pytest.fixture
def get(diary: Path, _small_diary: Path) -> Get:
    """Get a page of the small diary."""
    shutil.copytree(_small_diary, diary, dirs_exist_ok=True)

    def get_page(path: str, language: str = "en", **headers: str) -> HttpResponse:
        return Client(raise_request_exception=False).get(
            path, headers={"Accept-Language": language, **headers}
        )

    return get_page


@pytest.fixture
def get_from_empty(diary: Path) -> Get:
    """Get a page of a diary without anything in it."""
    return lambda path, language="en": Client().get(path, headers={"Accept-Language": language})
