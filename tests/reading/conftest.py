"""Diaries to read in: entries and keywords come in by the one way in, pages go out through every layer."""

import datetime
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.test import Client

from nanashi.writing.drafts import Draft
from tests.reading.ladder import json_line
from tests.reading.pages import Page, Read

DAY = datetime.date(2024, 6, 6)
Write = Callable[..., list[str]]
Define = Callable[..., None]


@pytest.fixture
def read(diary: Path) -> Read:
    """Get a page in a language, as a browser would; headers are named with underscores."""

    def get(path: str, language: str = "en", **headers: str) -> Page:
        sent = {"Accept-Language": language, **{k.replace("_", "-"): v for k, v in headers.items()}}
        return Page(Client(raise_request_exception=True).get(path, headers=sent))

    return get


@pytest.fixture
def write(diary: Path) -> Write:
    """Publish entries, each later in the diary's order than the one before; gives their public ids."""
    from nanashi.lexicons.current import renderer  # noqa: PLC0415 - needs Django set up
    from nanashi.writing.publish import publish_many  # noqa: PLC0415

    numbers = count(1)

    def publish(*bodies: str, day: datetime.date = DAY, **fields: Any) -> list[str]:
        ids = [f"{day:%Y%m%d}-{next(numbers):06}" for _body in bodies]
        drafts = [
            Draft(body, day, **{"public_id": one, **fields}) for body, one in zip(bodies, ids, strict=True)
        ]
        with renderer(1) as rendering:
            assert sum(written.entries for written in publish_many(drafts, rendering)) == len(bodies)
        return ids

    return publish


@pytest.fixture
def define(nanashi: Callable[..., Result]) -> Define:
    """Register keywords, and link them everywhere: define("雨", aliases=["rain"])."""

    def register(*words: str, **fields: Any) -> None:
        lines = "\n".join(json_line(word=word, **fields) for word in words)
        result = nanashi("keywords", "import", "-", given=lines)
        assert result.exit_code == 0, result.output

    return register
