"""What the form takes, an export of ours brings back."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.archive.entry_lines import entry_line
from nanashi.archive.exporting import lines_of
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.forms import EntryForm
from nanashi.writing.posting import draft_of
from nanashi.writing.publish import publish

LATEST = datetime.date(2100, 1, 1)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ADDRESSES = st.sampled_from(
    ["https://example.org/a", "HTTP://a", "https://[", "http://:80/", "http://[::1]/", "x"]
)
PLACES = st.one_of(
    LINES,
    st.builds("{}|{}".format, LINES, st.integers(0, 999_999)),
    st.sampled_from(["雨|100000", "k|200000", "w" * 101, "w" * 105, "w" * 100 + "|7", "a\x01b"]),
)
TYPED = st.fixed_dictionaries(
    {"body": LINES.map("雨".__add__)},
    optional={
        "title": LINES,
        "source_title": LINES,
        "source_by": LINES,
        "source_lang": st.sampled_from(["en", "zh-Hant", "?"]),
        "source_url": st.one_of(ADDRESSES, st.builds("{}{}".format, ADDRESSES, LINES)),
    },
)


def taken(typed: dict[str, str], off: list[str]) -> Draft | None:
    """What the form makes of this; None where it refuses it."""
    data = QueryDict(mutable=True)
    data.update(typed)
    data.setlist("off", off)
    form = EntryForm(data)
    return draft_of(form) if form.is_valid() else None


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED, off=st.lists(PLACES, max_size=3))
def test_what_the_form_takes_the_import_of_its_export_takes(
    diary: Path, typed: dict[str, str], off: list[str]
) -> None:
    draft = taken(typed, off)
    if draft is None:
        return
    with renderer(1) as rendering:
        public_id = publish(draft, rendering)
    (line,) = lines_of(Entry.objects.filter(public_id=public_id))
    read = entry_line(line, LATEST, "").draft
    assert (read.title, read.body, read.quoted_from) == (draft.title, draft.body, draft.quoted_from)
    assert read.unlinked == draft.unlinked


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "a\x01b"),
        ("source_title", "a\x08b"),
        ("source_by", "a\x08b"),
        ("source_url", "https://["),
        ("source_url", "http://:80/"),
    ],
)
def test_the_form_refuses_what_an_import_refuses(diary: Path, field: str, text: str) -> None:
    assert taken({"body": "雨", field: text}, []) is None


def test_places_that_no_archive_can_name_are_none(diary: Path) -> None:
    draft = taken({"body": "雨"}, ["k|200000", "w" * 105, "雨|2", "a\x01b"])
    assert draft is not None
    assert draft.unlinked == (("雨", 2),)


def test_a_json_array_is_one_bad_line_and_no_keyword(nanashi: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(json.dumps([{"word": "雨"}, {"word": "雪"}], indent=1), "utf-8")
    result = nanashi("keywords", "import", file, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["added"], report["bad"]) == (1, 0, 1)
    assert "JSON array" in report["errors"][0]["message"]


@pytest.mark.parametrize(
    ("name", "encoding", "said"), [("e.jsonl", "utf-16", "UTF-16"), ("e.csv", "utf-8", "CSV")]
)
def test_another_kind_of_file_is_told_once(
    nanashi: Callable[..., Result], tmp_path: Path, name: str, encoding: str, said: str
) -> None:
    file = tmp_path / name
    file.write_text("date,body\n2024-06-06,雨\n2024-06-07,雪\n", encoding)
    result = nanashi("import", file, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["added"], report["bad"]) == (1, 0, 1)
    assert said in report["errors"][0]["message"]


def test_doubles_within_a_list_are_warnings(nanashi: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("rain\nRain\nＲＡＩＮ\nsnow\n", "utf-8")
    for added in (2, 0):
        result = nanashi("keywords", "import", file, "--json")
        report = json.loads(result.stdout)
        assert (result.exit_code, report["added"], report["bad"], len(report["warnings"])) == (0, added, 0, 2)
