"""The seal and the backup: what was withdrawn is in no byte, and what was written meanwhile is found."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connection

from nanashi.lexicons.current import renderer
from nanashi.models import Entry, bigram_index
from nanashi.models.turns import turn
from nanashi.sealing import refilling
from nanashi.sealing.restoring import restore
from nanashi.text.grams import grams_of
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)


def post(body: str) -> str:
    with renderer(1) as rendering:
        return publish(Draft(body=body, day=DAY, quarter=3), rendering)


def take_out(public_id: str) -> None:
    entry = Entry.objects.get(public_id=public_id)
    with turn():
        bigram_index.remove([(entry.key, grams_of(entry.title, entry.source_text))])
        entry.delete()


def found(term: str) -> list[int]:
    return list(bigram_index.candidates([term]))


def test_withdrawn_text_is_in_no_file(nanashi: Run, diary: Path, tmp_path: Path) -> None:
    kept = post("雨の日の記録。")
    take_out(post("秘密 qzxjw の話。"))
    assert nanashi("seal", "--now").exit_code == 0
    file = tmp_path / "backup.tar"
    assert nanashi("backup", file).exit_code == 0
    connection.close()
    files = [*diary.glob("*.sqlite3*"), file]
    assert [one for one in files if b"qzxjw" in one.read_bytes() or b"zx" in one.read_bytes()] == []
    assert file.stat().st_mode & 0o777 == 0o600
    restore(file, tmp_path / "again")
    assert (tmp_path / "again" / "nanashi.sqlite3").is_file()
    assert found("雨の") == [Entry.objects.get(public_id=kept).key]


def test_what_comes_and_goes_during_the_filling_is_in_the_new_index(
    nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = post("消える話。")
    calls = iter(range(100))
    fill = refilling._fill_from

    def meanwhile(reached: int) -> int | None:
        result = fill(reached)
        if next(calls) == 0:
            take_out(gone)
            post("途中の話。")
        return result

    monkeypatch.setattr(refilling, "_fill_from", meanwhile)
    assert nanashi("seal", "--now").exit_code == 0
    assert found("消え") == []
    assert len(found("途中")) == 1


def test_a_diary_that_is_there_is_not_overwritten(nanashi: Run, diary: Path, tmp_path: Path) -> None:
    nanashi("backup", tmp_path / "one.tar")
    result = nanashi("restore", tmp_path / "one.tar")
    assert result.exit_code == 1
    assert "has a diary already" in result.stderr
