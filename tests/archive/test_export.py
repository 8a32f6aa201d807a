"""`nanashi export`: what it writes gives the same diary again."""

import datetime
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.archive.exporting import PAGE
from nanashi.identity.letters import PLAIN
from nanashi.lexicons.current import renderer
from nanashi.models import Alias, Entry, Keyword, Occurrence, Reference, bigram_index
from nanashi.writing.drafts import Draft, QuotedSource
from nanashi.writing.publish import publish_many

Run = Callable[..., Result]
Write = Callable[..., Path]
Line = Callable[..., str]

DAYS = st.dates(datetime.date(1, 1, 1), datetime.date(2026, 6, 1))
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
BODIES = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=60),
    st.lists(
        st.sampled_from(
            [
                "雨",
                "研究",
                "東京",
                "\n\n",
                " ",
                "- ",
                "> ",
                "**",
                "`",
                "|",
                "# ",
                "[[雨]]",
                "rain",
                "ＲＡＩＮ",
                "20",
            ]
        ),
        min_size=1,
        max_size=20,
    ).map("".join),
).filter(str.strip)
ONE_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=30)
IDS = st.text(PLAIN, min_size=6, max_size=6)
SOURCES = st.fixed_dictionaries(
    {"url": st.just("https://example.org/a?b=c")},
    optional={
        "title": ONE_LINE.filter(bool),
        "lang": st.sampled_from(["en", "zh-Hant"]),
        "by": st.just("誰か"),
    },
)


@st.composite
def diaries(draw: st.DrawFn) -> list[Draft]:
    """Entries as an archive or a writer may leave them, some answering others or what is not here."""
    letters = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    days = [draw(DAYS) for _ in letters]
    ids = [f"{day.isoformat().replace('-', '')}-{tail}" for day, tail in zip(days, letters, strict=True)]
    return [
        Draft(
            body=draw(BODIES),
            day=day,
            title=draw(ONE_LINE),
            quarter=draw(st.none() | st.integers(0, 95)),
            lang=draw(st.sampled_from(["", "ja", "en"])),
            reply_to=tuple(
                draw(st.lists(st.sampled_from([*ids, "20240101000000"]), max_size=2, unique=True))
            ),
            series=(series := draw(st.none() | st.just("旅"))),
            part=None if series is None else draw(st.integers(1, 9)),
            quoted_from=draw(st.none() | SOURCES.map(lambda found: QuotedSource(**found))),
            unlinked=tuple(
                draw(
                    st.lists(st.tuples(st.just("雨"), st.none() | st.integers(1, 3)), max_size=2, unique=True)
                )
            ),
            edited_on=draw(st.none() | st.just(day)),
            public_id=public_id,
            old_id=draw(st.none() | st.just(f"2000010100000{n}")),
            identity=draw(st.none() | st.just(hashlib.md5(public_id.encode()).digest())),
        )
        for n, (day, public_id) in enumerate(zip(days, ids, strict=True))
    ]


def empty_the_diary() -> None:
    for model in (Reference, Occurrence, Entry):
        model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO nanashi_bigrams(nanashi_bigrams) VALUES ('delete-all')")


def stored() -> list[tuple[object, ...]]:
    """All that pages are made of, but for which links are notable: that is by each diary's own counts."""
    columns = ("key", "public_id", "day", "quarter", "title", "source_text", "excerpt", "lang")
    rows = Entry.objects.order_by("key").values_list(*columns, "body")
    return [(*row[:-1], row[-1].replace(' kn"', '"')) for row in rows]


@given(drafts=diaries())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_an_export_imports_to_the_same_diary(nanashi: Run, tmp_path: Path, drafts: list[Draft]) -> None:
    nanashi("keywords", "import", "-", given="雨\n研究\nrain\n")
    empty_the_diary()
    with renderer(1) as rendering:
        list(publish_many(drafts, rendering))
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert nanashi("export", first).exit_code == 0
    before = stored()
    empty_the_diary()
    result = nanashi("import", "--json", first)
    assert json.loads(result.stdout)["warnings"] == []
    assert nanashi("export", second).exit_code == 0
    assert second.read_bytes() == first.read_bytes()
    assert stored() == before
    assert json.loads(nanashi("import", "--json", first).stdout)["already_here"] == len(drafts)


def test_every_field_that_has_a_value_is_written(nanashi: Run, archive: Write, line: Line) -> None:
    full = {
        "id": "20240606-k7m2xq",
        "old_id": "20240606123456",
        "identity": "00112233445566778899aabbccddeeff",
        "date": "2024-06-06",
        "time": "12:30",
        "title": "題",
        "body": "雨が降っている。",
        "lang": "ja",
        "reply_to": "20240101000000",
        "series": {"id": "旅", "part": 2},
        "source": {"url": "https://example.org/a", "title": "A", "lang": "en", "by": "someone"},
        "unlinked": [["雨", None]],
        "edited": "2024-06-07",
    }
    nanashi("import", archive(line(**full)))
    assert json.loads(nanashi("export", "-").stdout) == full


def test_a_reply_is_named_by_the_id_of_its_entry(nanashi: Run, archive: Write, line: Line) -> None:
    answered = line(id="20240606-aaaaaa", old_id="20240606000000")
    nanashi("import", archive(answered, line(id="20240606-bbbbbb", reply_to="20240606000000")))
    written = [json.loads(one) for one in nanashi("export", "-").stdout.splitlines()]
    assert [one.get("reply_to") for one in written] == [None, "20240606-aaaaaa"]


def test_an_archive_without_ids_is_known_again_after_a_move(nanashi: Run, archive: Write, line: Line) -> None:
    file = archive(line(), line())
    nanashi("import", file)
    moved = archive(*nanashi("export", "-").stdout.splitlines(), name="moved.jsonl")
    empty_the_diary()
    nanashi("import", moved)
    assert json.loads(nanashi("import", "--json", file).stdout)["already_here"] == 2


def test_an_export_is_whole_or_not_there(
    nanashi: Run, archive: Write, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nanashi("import", archive(line()))
    target = tmp_path / "out" / "diary.jsonl"
    target.parent.mkdir()
    target.write_text("the old one")

    def fails(_record: object) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr("nanashi.archive.exporting._line", fails)
    result = nanashi("export", target)
    assert result.exit_code == 1
    assert "no space left" in result.stderr
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


def test_the_queries_of_an_export_grow_with_its_pages_only(nanashi: Run, archive: Write, line: Line) -> None:
    nanashi("import", archive(*(line(body=f"日記 {n}", reply_to="20240101000000") for n in range(PAGE + 1))))
    with CaptureQueriesContext(connection) as two_pages:
        nanashi("export", "-")
    Entry.objects.filter(source_text__in=["日記 1", "日記 2"]).delete()
    with CaptureQueriesContext(connection) as one_page:
        nanashi("export", "-")
    assert len(two_pages) - len(one_page) == 2


def test_the_index_of_an_imported_diary_finds_its_entries(nanashi: Run, archive: Write, line: Line) -> None:
    nanashi("import", archive(line(body="一つ目の雨"), line(body="二つ目の雪")))
    (key,) = bigram_index.candidates(["二つ目"])
    assert Entry.objects.get(key=key).source_text == "二つ目の雪"
    assert not Keyword.objects.exists()
    assert not Alias.objects.exists()
