"""`nanashi import`: what goes in, and that it goes in once."""

import datetime
import gzip
import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import psutil
import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nanashi.archive.importing import LOOKED_UP
from nanashi.models import Entry, Occurrence, Reference

KENKYU = Path(__file__).resolve().parents[3] / "shared" / "data" / "kenkyu" / "entries.jsonl"
OURS = (
    '{"date":"2024-06-06","title":"研究室の朝","body":"研究の一日。"}\n'
    '{"date":"2024-06-06","title":"","body":"雨だった。","reply_to":"20240606080455"}\n'
    '{"date":"2024-06-05","title":"ノート","body":"`研究`と書いた。","id":"20240605212014"}\n'
)
Run = Callable[..., Result]
Write = Callable[..., Path]
Line = Callable[..., str]


def report_of(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def counts(result: Result) -> tuple[int, int, int]:
    report = report_of(result)
    return report["added"], report["already_here"], report["bad"]


def test_what_goes_in_is_what_the_line_says(nanashi: Run, archive: Write, line: Line) -> None:
    written = {
        "id": "20240606-k7m2xq",
        "old_id": "20240606123456",
        "time": "12:34",
        "title": "題",
        "body": "一行目\r\n  二行目\n",
        "lang": "ja",
        "series": {"id": "旅", "part": 2},
        "source": {"url": "https://example.org/a", "title": "A", "lang": "en", "by": "someone"},
        "unlinked": [["雨", 1], "空"],
        "edited": "2024-06-07",
    }
    assert nanashi("import", archive(line(**written))).exit_code == 0
    entry = Entry.objects.get()
    assert (entry.public_id, entry.old_id) == ("20240606-k7m2xq", "20240606123456")
    assert (entry.day, entry.quarter) == (datetime.date(2024, 6, 6), 12 * 4 + 2)
    assert (entry.title, entry.source_text, entry.lang) == ("題", "一行目\r\n  二行目\n", "ja")
    assert (entry.series, entry.part) == ("旅", 2)
    assert entry.quoted_from == written["source"]
    assert entry.unlinked == [["雨", 1], ["空", None]]
    assert entry.edited_on == datetime.date(2024, 6, 7)


def archives() -> list[object]:
    found = [pytest.param(OURS, 2, id="ours")]
    if KENKYU.exists():
        found.append(pytest.param(KENKYU.read_text(encoding="utf-8"), 23, id="theirs"))
    return list(found)


@pytest.mark.parametrize(("text", "with_word"), archives())
def test_an_archive_comes_in_once_and_its_word_is_found(
    nanashi: Run, tmp_path: Path, text: str, with_word: int
) -> None:
    file = tmp_path / "archive.jsonl"
    file.write_text(text, encoding="utf-8")
    lines = [json.loads(one) for one in text.splitlines()]
    assert counts(nanashi("import", "--json", file)) == (len(lines), 0, 0)
    assert nanashi("keywords", "add", "研究").exit_code == 0
    assert Occurrence.objects.count() == with_word
    assert counts(nanashi("import", "--json", file)) == (0, len(lines), 0)
    assert sorted(Entry.objects.values_list("source_text", flat=True)) == sorted(one["body"] for one in lines)


@pytest.mark.parametrize(
    ("fields", "quarter"),
    [
        ({"time": "00:00"}, 0),
        ({"time": "23:59:59"}, 95),
        ({"id": "20240606103000"}, 42),
        ({"id": "20240606103000", "time": "00:16"}, 1),
        ({"id": "20240607103000"}, None),
        ({"id": "20240606256161"}, None),
        ({"old_id": "20240606103000"}, None),
        ({}, None),
    ],
)
def test_a_moment_is_a_quarter_of_an_hour(
    nanashi: Run, archive: Write, line: Line, fields: dict[str, str], quarter: int | None
) -> None:
    nanashi("import", archive(line(**fields)))
    assert Entry.objects.get().quarter == quarter


def test_equal_lines_of_one_file_are_as_many_entries_and_no_more(
    nanashi: Run, archive: Write, line: Line
) -> None:
    file = archive(line(), line(), line(body="別の日記"), line())
    assert counts(nanashi("import", "--json", file, file)) == (4, 4, 0)
    assert counts(nanashi("import", "--json", file)) == (0, 4, 0)
    longer = archive(line(), line(), line(), line(), name="longer.jsonl")
    assert counts(nanashi("import", "--json", longer)) == (1, 3, 0)


def test_the_same_line_under_an_id_is_here_already(nanashi: Run, archive: Write, line: Line) -> None:
    own, old = line(id="20240606-k7m2xq"), line(id="20240606103000")
    file = archive(own, own, old, old)
    assert counts(nanashi("import", "--json", file)) == (2, 2, 0)
    assert counts(nanashi("import", "--json", file)) == (0, 4, 0)


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in two runs"])
@pytest.mark.parametrize("written", ["20240606-k7m2xq", "20240606103000"])
def test_another_entry_under_an_id_that_is_taken_is_a_bad_line(
    nanashi: Run, archive: Write, line: Line, written: str, together: bool
) -> None:
    first = archive(line(id=written), name="first.jsonl")
    second = archive(line(id=written, body="別の日記"), line(body="もう一つ"), name="second.jsonl")
    files = [first, second]
    if not together:
        nanashi("import", files.pop(0))
    result = nanashi("import", "--json", *files)
    (error,) = report_of(result)["errors"]
    assert (error["file"], error["line"], error["field"]) == (str(second), 1, "id")
    assert written in error["message"]
    assert result.exit_code == 1
    assert Entry.objects.filter(source_text="もう一つ").exists()
    assert not Entry.objects.filter(source_text="別の日記").exists()


def test_an_entry_that_was_edited_here_is_not_brought_back(nanashi: Run, archive: Write, line: Line) -> None:
    file = archive(line(id="20240606-k7m2xq"), line(body="名前のない日記"))
    nanashi("import", file)
    Entry.objects.update(source_text="書き直した", edited_on=datetime.date(2024, 6, 7))
    assert counts(nanashi("import", "--json", file)) == (0, 2, 0)
    assert set(Entry.objects.values_list("source_text", flat=True)) == {"書き直した"}


def test_a_reply_finds_its_entry_whenever_that_comes(nanashi: Run, archive: Write, line: Line) -> None:
    replies = archive(
        line(
            id="20240607-aaaaaa", date="2024-06-07", reply_to="20240606103000", body=">>20240606103000 同感"
        ),
        line(id="20240607-bbbbbb", date="2024-06-07", reply_to=["20240606-k7m2xq", "20240101-zzzzzz"]),
        name="replies.jsonl",
    )
    assert counts(nanashi("import", "--json", replies)) == (2, 0, 0)
    assert not Reference.objects.exclude(target=None).exists()
    assert "href" not in Entry.objects.get(public_id="20240607-aaaaaa").body
    answered = archive(line(id="20240606-k7m2xq", old_id="20240606103000"), name="answered.jsonl")
    nanashi("import", answered)
    target = Entry.objects.get(public_id="20240606-k7m2xq")
    found = Reference.objects.filter(target=target, is_reply=True).values_list("entry__public_id", flat=True)
    assert sorted(found) == ["20240607-aaaaaa", "20240607-bbbbbb"]
    assert 'href="/e/20240606-k7m2xq"' in Entry.objects.get(public_id="20240607-aaaaaa").body
    unknown = Reference.objects.get(target=None)
    assert unknown.written_id == "20240101-zzzzzz"


def test_replies_in_a_circle_lose_one_reply_and_no_entry(nanashi: Run, archive: Write, line: Line) -> None:
    ids = ["20240606-aaaaaa", "20240606-bbbbbb", "20240606-cccccc"]
    file = archive(*(line(id=ids[n], reply_to=ids[n - 1], body=f"輪 {n}") for n in range(3)))
    result = nanashi("import", "--json", file)
    (warning,) = report_of(result)["warnings"]
    assert (warning["file"], warning["field"]) == (str(file), "reply_to")
    assert result.exit_code == 0
    assert Entry.objects.count() == 3
    assert Reference.objects.filter(is_reply=True).count() == 2


def test_an_entry_does_not_answer_itself(nanashi: Run, archive: Write, line: Line) -> None:
    file = archive(line(id="20240606-aaaaaa", reply_to=["20240606-aaaaaa", "20240606-bbbbbb"]))
    result = nanashi("import", "--json", file)
    assert report_of(result)["warnings"][0]["field"] == "reply_to"
    assert [row.written_id for row in Reference.objects.all()] == ["20240606-bbbbbb"]


def test_gzip_the_standard_input_and_a_byte_order_mark_are_read(
    nanashi: Run, archive: Write, line: Line, tmp_path: Path
) -> None:
    marked = archive(b"\xef\xbb\xbf" + line(body="一").encode(), b"", line(body="二") + "\r")
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(line(body="三").encode()))
    assert counts(nanashi("import", "--json", marked, packed, "-", given=line(body="四"))) == (4, 0, 0)
    assert set(Entry.objects.values_list("source_text", flat=True)) == {"一", "二", "三", "四"}


def test_lines_that_are_here_are_looked_up_many_at_a_time(nanashi: Run, archive: Write, line: Line) -> None:
    lines = [line(body=f"日記 {n}") for n in range(LOOKED_UP * 2)]
    nanashi("import", archive(*lines))
    one, two = archive(*lines[:LOOKED_UP], name="one.jsonl"), archive(*lines, name="two.jsonl")
    with CaptureQueriesContext(connection) as for_one:
        nanashi("import", one)
    with CaptureQueriesContext(connection) as for_two:
        assert counts(nanashi("import", "--json", two)) == (0, LOOKED_UP * 2, 0)
    assert len(for_two) == len(for_one) + 2, "entries, and tombstones"


def test_a_dry_run_says_the_same_and_writes_nothing(
    start: Callable[..., Popen[str]], environment: dict[str, str], archive: Write, line: Line
) -> None:
    file = archive(line(), line(), line(id="20240606-k7m2xq"), line(date="0000-01-01"), line())
    output, _errors = start("import", "--dry-run", "--json", file).communicate()
    report = json.loads(output)
    assert (report["added"], report["bad"], report["dry_run"]) == (4, 1, True)
    assert not Path(environment["NANASHI_DATA"]).exists()


def test_a_dry_run_knows_what_is_here(nanashi: Run, diary: Path, archive: Write, line: Line) -> None:
    nanashi("import", archive(line(), line(body="二")))
    before = (diary / "nanashi.sqlite3").read_bytes()
    result = nanashi("import", "--dry-run", "--json", archive(line(), line(body="三")))
    assert counts(result) == (1, 1, 0)
    assert (diary / "nanashi.sqlite3").read_bytes() == before


MANY = 9_000


@pytest.fixture
def many(archive: Write, line: Line) -> Path:
    """More entries than one transaction takes."""
    return archive(*(line(body=f"{n} 日目。{'長い一日だった。' * 60}") for n in range(MANY)))


def entries_in(environment: dict[str, str]) -> int:
    """How many entries the diary of another process has by now."""
    try:
        file = Path(environment["NANASHI_DATA"]) / "nanashi.sqlite3"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT COUNT(*) FROM nanashi_entry").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_for_entries(process: Popen[str], environment: dict[str, str]) -> None:
    while not entries_in(environment):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_an_import_that_was_killed_is_finished_by_another(
    start: Callable[..., Popen[str]], environment: dict[str, str], many: Path
) -> None:
    process = start("import", many)
    wait_for_entries(process, environment)
    helpers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    here = entries_in(environment)
    assert 0 < here < MANY
    assert psutil.wait_procs(helpers, timeout=60)[1] == []
    output, errors = start("import", "--json", many).communicate()
    report = json.loads(output)
    assert (report["added"], report["already_here"], report["bad"]) == (MANY - here, here, 0), errors
    assert entries_in(environment) == MANY


def test_ctrl_c_says_what_went_in(
    start: Callable[..., Popen[str]], environment: dict[str, str], many: Path
) -> None:
    process = start("import", many)
    wait_for_entries(process, environment)
    everyone = [*psutil.Process(process.pid).children(recursive=True), process]
    for one in everyone:
        one.send_signal(2)
    output, errors = process.communicate()
    assert process.returncode == 130
    assert output == f"{entries_in(environment)} added, 0 already here\n"
    assert "run the same again" in errors
    assert "Traceback" not in errors
    assert start("import", many).wait() == 0
    assert entries_in(environment) == MANY
