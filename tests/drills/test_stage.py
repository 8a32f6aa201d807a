"""What the drills stand on: a place that leaves nothing behind, and an end that says whether all was well."""

import json
from pathlib import Path

import pytest
from django.test import override_settings

from drills.stage.verdict import verdict
from drills.stage.workplace import workplace
from nanashi.accounts import volatile, volatile_store


def remembered(data: Path) -> Path:
    """Let the diary of this folder keep something; where on tmpfs it does."""
    with override_settings(NANASHI_DATA=data):
        volatile.day_key()
        folder = volatile_store.folder()
    assert folder is not None
    assert folder.is_dir()
    return folder


@pytest.mark.parametrize("failing", [False, True])
def test_a_workplace_goes_with_what_its_diaries_kept_in_memory(failing: bool) -> None:
    kept: list[Path] = []
    try:
        with workplace("test") as folder:
            for data in (folder, folder / "one" / "data"):
                data.mkdir(parents=True, exist_ok=True)
                kept += [data, remembered(data)]
            if failing:
                raise InterruptedError
    except InterruptedError:
        assert failing
    assert len(kept) == 4
    assert [one for one in kept if one.exists()] == []


def test_one_that_is_to_be_kept_stays_and_what_was_in_memory_does_not(tmp_path: Path) -> None:
    with workplace("test", keep=tmp_path / "kept") as folder:
        memory = remembered(folder)
    assert folder.is_dir()
    assert not memory.exists()


@pytest.mark.parametrize(
    ("figures", "status", "said"),
    [
        ({"lost": 0, "seen": 3}, 0, ""),
        ({"lost": [], "seen": True}, 0, ""),
        ({"lost": 1, "seen": 3}, 1, "this must be 0: lost is 1\n"),
        ({"lost": 0, "seen": 0}, 1, "this must not be 0: seen is 0\n"),
    ],
)
def test_a_drill_fails_when_a_figure_says_so(
    figures: dict[str, object], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verdict(figures, ["lost"], ["seen"]) == status
    shown = capsys.readouterr()
    assert json.loads(shown.out) == figures
    assert shown.err == said
