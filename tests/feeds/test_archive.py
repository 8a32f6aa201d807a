"""The feed that this product is for: every entry of an archive that contains a word."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from click.testing import Result
from django.conf import settings
from lxml import html

from tests.conftest import DATA
from tests.feeds.formats import FORMS, entries_of, feed_of
from tests.reading.conftest import Define
from tests.reading.pages import Read, pages_from

ARCHIVE = DATA / "kenkyu" / "entries.jsonl"
WORD = "研究"
PATH = f"/keyword/{quote(WORD)}"


def archives() -> list[list[dict[str, str]]]:
    """The real archive where it is, and always a small one of ours."""
    ours = [{"date": "2024-06-06", "body": text} for text in ("研究の話", "研究所", "雨", "**研**究")]
    real = [json.loads(line) for line in ARCHIVE.read_text().splitlines()] if ARCHIVE.exists() else []
    return [ours, *([real] if real else [])]


@pytest.mark.parametrize("records", archives(), ids=lambda records: f"{len(records)} entries")
def test_a_keyword_s_feeds_list_what_its_page_lists(
    read: Read, nanashi: Callable[..., Result], define: Define, records: list[dict[str, str]]
) -> None:
    define(WORD)
    lines = "\n".join(json.dumps(record) for record in records)
    assert nanashi("import", "-", "--format", "jsonl", given=lines).exit_code == 0
    pages = [one for page in pages_from(read, PATH) for one in page.entries]
    containing = [one for one in records if WORD in one.get("title", "") + one["body"]]
    assert len(pages) == len(containing)
    if len(records) == 24:
        assert len(pages) == 23
    for form in FORMS:
        told = entries_of(feed_of(read, f"{PATH}.{form}", form), form)
        assert [one.id for one in told] == [f"{settings.NANASHI_URL}/e/{one}" for one in pages]
        for public_id, one in zip(pages, told, strict=True):
            body = read(f"/e/{public_id}").tree.css_first("article .body").html
            assert bare(one.content).endswith(bare(body))


def bare(markup: str) -> str:
    return re.sub(r"\s", "", html.fromstring(f"<div>{markup}</div>").text_content())
