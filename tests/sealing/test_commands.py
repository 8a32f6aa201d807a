"""`nanashi seal` and what `nanashi check` says about seals."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.utils import timezone

from nanashi.models import LexiconState
from nanashi.sealing import seal as sealing
from tests.sealing.conftest import post

Run = Callable[..., Result]
WELL = (0, "All is well.\n")


@pytest.fixture(autouse=True)
def linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first seal queues is another matter."""
    monkeypatch.setattr("nanashi.lexicons.weighing.queue_everything", lambda: None)


def check(nanashi: Run) -> tuple[int, str]:
    result = nanashi("check")
    return result.exit_code, result.stdout


def test_a_diary_that_was_never_sealed(nanashi: Run, diary: Path) -> None:
    assert check(nanashi) == WELL
    assert "never sealed\n" in nanashi("seal").stdout
    post("話。")
    code, said = check(nanashi)
    assert code == 0
    assert "Not sealed yet" in said
    assert "nanashi seal --now" in said
    result = nanashi("seal")
    assert result.exit_code == 0
    assert "posts will wait for about 1 s" in result.stdout
    assert "a seal is due" in result.stdout


def test_a_diary_that_is_sealed(nanashi: Run, diary: Path) -> None:
    post("話。")
    assert nanashi("seal", "--now").stdout == "sealed\n"
    assert check(nanashi) == WELL
    said = nanashi("seal").stdout
    assert f"last sealed on {timezone.localdate().isoformat()}\n" in said
    assert "due" not in said


@pytest.mark.parametrize(("days", "well"), [(0, True), (2, True), (3, False)])
def test_a_seal_that_is_old(nanashi: Run, diary: Path, days: int, well: bool) -> None:
    post("話。")
    nanashi("seal", "--now")
    day = timezone.localdate() - datetime.timedelta(days=days)
    LexiconState.objects.update(sealed_on=day)
    code, said = check(nanashi)
    assert (code == 0) is well
    assert (f"the last seal was on {day}" in said) is not well


def test_a_seal_that_was_cut_off(nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut() -> None:
        raise KeyboardInterrupt

    post("話。")
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "compact", cut)
        nanashi("seal", "--now")
    code, said = check(nanashi)
    assert code == 1
    assert "a seal was cut off" in said
    assert "a seal was cut off\n" in nanashi("seal").stdout
    nanashi("seal", "--now")
    assert check(nanashi) == WELL
