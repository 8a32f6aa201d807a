"""The counts that weights are made of: taken by the seal, the same for every entry until the next one."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.core.exceptions import ImproperlyConfigured

from nanashi.lexicons.weighing import common_words, count_first, current_weighing, recount
from nanashi.models import Backfill, Entry, Keyword, LexiconState
from tests.reading.ladder import json_line

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)


@pytest.fixture
def rainy(nanashi: Run) -> Run:
    """Three entries; two have 雨, which is defined, one has 電車."""
    words = [json_line(word="雨", definition="空から降る水。"), json_line(word="電車"), json_line(word="霧")]
    assert nanashi("keywords", "import", "-", given="\n".join(words)).exit_code == 0
    bodies = ["今日は雨。雨。", "雨。", "電車が来ない。"]
    lines = [
        json_line(id=f"2024060{at}-aaaaaa", date=f"2024-06-0{at}", body=one)
        for at, one in enumerate(bodies, 1)
    ]
    assert nanashi("import", "-", given="\n".join(lines)).exit_code == 0
    return nanashi


def counted(word: str) -> tuple[int, bool]:
    return current_weighing().counted(Keyword.objects.get(word=word).key)


def test_the_seal_counts_entries_once_each(rainy: Run) -> None:
    recount(DAY)
    assert current_weighing().entries == 3
    assert [counted(word) for word in ("雨", "電車", "霧")] == [(2, True), (1, False), (0, False)]
    state = LexiconState.objects.get()
    assert (state.entries, state.sealed_on) == (3, DAY)


def test_nothing_moves_until_the_next_seal(rainy: Run) -> None:
    recount(DAY)
    line = json_line(id="20240605-bbbbbb", date="2024-06-05", body="雨と霧。")
    assert rainy("import", "-", given=line).exit_code == 0
    assert not count_first()
    assert rainy("relink").exit_code == 0
    assert (counted("雨"), counted("霧"), current_weighing().entries) == ((2, True), (0, False), 3)
    recount(DAY + datetime.timedelta(1))
    assert (counted("雨"), counted("霧"), current_weighing().entries) == ((3, True), (1, False), 4)


def test_counts_go_down_again(rainy: Run) -> None:
    recount(DAY)
    Entry.objects.filter(body__contains="電車").delete()
    Keyword.objects.filter(word="雨").update(definition="")
    recount(DAY + datetime.timedelta(1))
    assert (counted("雨"), counted("電車")) == ((2, False), (0, False))


def test_after_the_first_seal_everything_is_linked_again(rainy: Run) -> None:
    recount(DAY)
    assert Backfill.objects.filter(keyword_key=None).count() == 1
    recount(DAY + datetime.timedelta(1))
    assert Backfill.objects.filter(keyword_key=None).count() == 1


def test_before_the_first_seal_relinking_counts(rainy: Run) -> None:
    assert rainy("relink").exit_code == 0
    assert counted("雨") == (2, True)
    assert LexiconState.objects.get().sealed_on is None


def test_a_weight_says_nothing_about_when_an_entry_came(rainy: Run) -> None:
    recount(DAY)
    line = json_line(id="20240605-bbbbbb", date="2024-06-05", body="今日は雨。雨。")
    assert rainy("import", "-", given=line).exit_code == 0
    assert rainy("relink").exit_code == 0
    old, new = (Entry.objects.get(public_id=one).body for one in ("20240601-aaaaaa", "20240605-bbbbbb"))
    assert old == new


def test_the_stop_list_is_the_operators(tmp_path: Path, settings, rainy: Run) -> None:  # noqa: ANN001
    path = tmp_path / "stop.txt"
    path.write_text("電車\n-こと\n", encoding="utf-8")
    settings.STOP_WORDS = str(path)
    assert "電車" in common_words()
    assert "こと" not in common_words()
    assert rainy("relink").exit_code == 0
    assert "kn" not in Entry.objects.get(public_id="20240603-aaaaaa").body
    settings.STOP_WORDS = str(tmp_path / "nothing.txt")
    with pytest.raises(ImproperlyConfigured, match="NANASHI_STOP_WORDS is"):
        common_words()


def test_the_most_linked_words(rainy: Run) -> None:
    figures = json.loads(rainy("keywords", "stats", "--json", "--top", "1").stdout)
    assert (figures["occurrences"], figures["keywords"]) == (3, 2)
    assert figures["words"] == [
        {"word": "雨", "entries": 2, "share": 2 / 3, "together": 2 / 3, "is_common": False}
    ]
    said = rainy("keywords", "stats").stdout.splitlines()
    assert [line.split()[-1] for line in said[1:]] == ["雨", "電車"]
    assert "100.00%" in said[-1]
