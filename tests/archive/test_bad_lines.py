"""Bad lines: each is reported with its place, its field and the remedy, and the others go in."""

import datetime
import gzip
import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.utils import timezone

from nanashi.archive.reports import LISTED
from nanashi.models import Entry

Run = Callable[..., Result]
Write = Callable[..., Path]
Line = Callable[..., str]

BAD_FIELDS = [
    ({"date": None}, "date", "missing"),
    ({"date": 20240606}, "date", "YYYY-MM-DD"),
    ({"date": "2024/06/06"}, "date", "YYYY-MM-DD"),
    ({"date": "0000-06-06"}, "date", "no year 0"),
    ({"date": "2023-02-29"}, "date", "calendar"),
    ({"date": "9999-12-31"}, "date", "has not come yet"),
    ({"time": "24:00"}, "time", "HH:MM"),
    ({"time": 1200}, "time", "HH:MM"),
    ({"body": None}, "body", "missing"),
    ({"body": " \n\u3000"}, "body", "white space"),
    ({"body": ["a"]}, "body", "a list; write a text"),
    ({"body": "a\0b"}, "body", "cannot be stored"),
    ({"body": "a" * 200_001}, "body", "at most 200000"),
    ({"title": "a" * 301}, "title", "at most 300"),
    ({"title": "一行目\n二行目"}, "title", "one line"),
    ({"title": True}, "title", "a truth value"),
    ({"id": "abc"}, "id", "20260611-k7m2xq"),
    ({"id": 20240606123456}, "id", "quotation marks"),
    ({"id": "20240605-k7m2xq"}, "id", "another day"),
    ({"old_id": "2024"}, "old_id", "14 digits"),
    ({"id": "20240606123456", "old_id": "20240606123457"}, "old_id", "leave one"),
    ({"identity": "xyz"}, "identity", "leave this field out"),
    ({"lang": "日本語"}, "lang", "language tag"),
    ({"reply_to": "the first"}, "reply_to", "no id"),
    ({"reply_to": {"id": 1}}, "reply_to", "no id"),
    ({"reply_to": ["20240606123456"] * 21}, "reply_to", "at most 20"),
    ({"series": "旅"}, "series", "braces"),
    ({"series": {"id": "旅"}}, "series.part", "missing"),
    ({"series": {"id": "旅", "part": 0}}, "series.part", "whole number from 1"),
    ({"series": {"id": "旅" * 65, "part": 1}}, "series.id", "at most 64"),
    ({"source": {"url": "javascript:alert(1)"}}, "source.url", "http://"),
    ({"source": {"url": "https://"}}, "source.url", "http://"),
    ({"source": {"lang": "?"}}, "source.lang", "language tag"),
    ({"unlinked": "雨"}, "unlinked", "square brackets"),
    ({"unlinked": [["雨", 0]]}, "unlinked", "whole number from 1"),
    ({"unlinked": [["雨", 1, 2]]}, "unlinked", "first place"),
    ({"edited": "2024-06-05"}, "edited", "before the entry"),
]


@pytest.mark.parametrize("case", BAD_FIELDS, ids=lambda case: f"{case[1]} {case[2]}")
def test_a_bad_field_is_named_with_its_remedy(
    nanashi: Run, archive: Write, line: Line, case: tuple[dict[str, Any], str, str]
) -> None:
    fields, field, remedy = case
    file = archive(line(body="一"), line(**fields), line(body="三"))
    result = nanashi("import", "--json", file)
    (error,) = json.loads(result.stdout)["errors"]
    assert (error["file"], error["line"], error["field"]) == (str(file), 2, field)
    assert remedy in error["message"]
    assert f"{file}:2: {field}: " in result.stderr
    assert result.exit_code == 1
    assert set(Entry.objects.values_list("source_text", flat=True)) == {"一", "三"}


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b'{"date": "2024-06-06", "body": "\xe9"}', "byte 33 is not UTF-8 (0xe9)"),
        (b'{"date": "2024-06-06", "body": "a"', "no JSON at character 35"),
        (b'["2024-06-06", "a"]', "a list; write one JSON object a line"),
        (b"[" * 200_000, "no JSON that can be read"),
        (b'{"date": "2024-06-06", "body": "\\ud83d"}', "cannot be stored"),
    ],
    ids=["latin-1", "torn", "list", "deep", "half a pair"],
)
def test_a_line_that_is_no_record_is_reported_and_the_next_one_read(
    nanashi: Run, archive: Write, line: Line, content: bytes, remedy: str
) -> None:
    result = nanashi("import", "--json", archive(content, line()))
    (error,) = json.loads(result.stdout)["errors"]
    assert error["line"] == 1
    assert remedy in error["message"]
    assert Entry.objects.count() == 1


def test_a_line_of_100_mb_is_passed_over_in_little_memory(nanashi: Run, tmp_path: Path, line: Line) -> None:
    file = tmp_path / "long.jsonl"
    with file.open("wb") as writing:
        writing.write(line(body="前").encode() + b"\n")
        for _megabyte in range(100):
            writing.write(b"x" * 1_000_000)
        writing.write(b"\n" + line(body="後").encode() + b"\n")
    tracemalloc.start()
    result = nanashi("import", "--json", file)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (error,) = json.loads(result.stdout)["errors"]
    assert (error["line"], error["field"]) == (2, "line")
    assert "NANASHI_MAX_LINE_BYTES" in error["message"]
    assert most < 30_000_000
    assert set(Entry.objects.values_list("source_text", flat=True)) == {"前", "後"}


def test_a_line_of_just_the_longest_length_is_read(
    nanashi: Run, archive: Write, line: Line, settings: Any
) -> None:
    text = line()
    settings.MAX_LINE_BYTES = len(text.encode())
    file = archive(text, text + " ", text)
    report = json.loads(nanashi("import", "--json", file).stdout)
    assert (report["added"], report["bad"]) == (2, 1)


def test_tomorrow_has_begun_somewhere_and_the_day_after_has_not(
    nanashi: Run, archive: Write, line: Line
) -> None:
    today = timezone.localdate()
    days = [(today + datetime.timedelta(days=n)).isoformat() for n in (0, 1, 2)]
    report = json.loads(nanashi("import", "--json", archive(*(line(date=day) for day in days))).stdout)
    assert (report["added"], report["bad"]) == (2, 1)


def test_an_unknown_field_is_left_out_and_the_nearest_one_named(
    nanashi: Run, archive: Write, line: Line
) -> None:
    file = archive(line(titel="雨", wetter="雨", source={"ulr": "https://example.org"}))
    result = nanashi("import", "--json", file)
    warnings = {one["field"]: one["message"] for one in json.loads(result.stdout)["warnings"]}
    assert "did you mean title?" in warnings["titel"]
    assert "the fields are id, old_id" in warnings["wetter"]
    assert "did you mean url?" in warnings["source.ulr"]
    assert result.exit_code == 0
    assert Entry.objects.get().title == ""


def test_of_many_bad_lines_the_first_are_listed_and_the_rest_counted(nanashi: Run, archive: Write) -> None:
    result = nanashi("import", "--json", archive(*["?"] * (LISTED + 50)))
    report = json.loads(result.stdout)
    assert (report["bad"], len(report["errors"]), report["errors_left_off"]) == (LISTED + 50, LISTED, 50)
    assert result.stderr.count("\n") == LISTED + 1


def test_a_torn_gzip_file_is_reported_and_what_came_before_goes_in(
    nanashi: Run, tmp_path: Path, line: Line
) -> None:
    noise = random.Random(1)
    lines = "".join(line(body=f"{noise.getrandbits(4000):x}") + "\n" for _ in range(50))
    file = tmp_path / "torn.jsonl.gz"
    file.write_bytes(gzip.compress(lines.encode())[:-5000])
    result = nanashi("import", "--json", file)
    (error,) = json.loads(result.stdout)["errors"]
    assert "cannot be read on" in error["message"]
    assert Entry.objects.count() == error["line"] - 1 > 10


@pytest.mark.parametrize("arguments", [[], ["nowhere.jsonl"], ["--format", "xml", "a.jsonl"]])
def test_wrong_usage_is_exit_status_2(nanashi: Run, arguments: list[str]) -> None:
    assert nanashi("import", *arguments).exit_code == 2
