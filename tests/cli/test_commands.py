"""The command `nanashi` as a whole: it starts fast and meets no mistake with a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from nanashi.cli import COMMANDS

Run = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]
THEN_DJANGO = "\nimport sys; print('django' in sys.modules)"


def test_help_lists_every_command_without_django() -> None:
    code = "from nanashi.cli import main; main(['--help'], standalone_mode=False)" + THEN_DJANGO
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stdout.rstrip().endswith("False")


def test_link_starts_without_django() -> None:
    code = "from nanashi.cli import main; main.get_command(None, 'link')" + THEN_DJANGO
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(nanashi: Run, name: str) -> None:
    result = nanashi(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")


def test_an_unknown_command_is_exit_status_2(nanashi: Run) -> None:
    assert nanashi("improt").exit_code == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("NANASHI_MAX_BODY", "many", "NANASHI_MAX_BODY is 'many'; write a whole number"),
        ("NANASHI_TIME_ZONE", "Asia/Edo", "Asia/Edo"),
        ("DATABASE_URL", "postgres://localhost/diary", "unset it"),
    ],
    ids=lambda wrong: wrong[0],
)
@pytest.mark.parametrize("command", ["check", "serve", "export -"])
def test_a_wrong_setting_is_named_without_a_traceback(
    start: Start, environment: dict[str, str], command: str, wrong: tuple[str, str, str]
) -> None:
    variable, value, said = wrong
    environment[variable] = value
    process = start(*command.split())
    _output, errors = process.communicate()
    assert process.returncode == 1
    assert said in errors
    assert "Traceback" not in errors
    assert not Path(environment["NANASHI_DATA"]).exists()


def test_a_data_folder_that_cannot_be_made_is_named(
    start: Start, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    environment["NANASHI_DATA"] = str(tmp_path / "file" / "data")
    process = start("export", "-")
    _output, errors = process.communicate()
    assert process.returncode == 1
    assert str(tmp_path / "file") in errors
    assert "Traceback" not in errors


def test_check_says_that_all_is_well(nanashi: Run) -> None:
    result = nanashi("check")
    assert (result.exit_code, result.stdout) == (0, "All is well.\n")


def test_check_says_what_is_wrong_and_how_to_mend_it(nanashi: Run, diary: Path, settings: object) -> None:
    settings.NANASHI_URL = "diary.example"  # type: ignore[attr-defined]
    settings.SECRET_KEY = "short"  # type: ignore[attr-defined]
    diary.chmod(0o755)
    from nanashi.models import Backfill  # noqa: PLC0415 - needs Django set up

    Backfill.objects.create()
    result = nanashi("check")
    assert result.exit_code == 1
    for remedy in ("NANASHI_URL", "NANASHI_SECRET_KEY", f"chmod 700 {diary}", "nanashi relink"):
        assert remedy in result.stdout


def test_check_after_an_import_finds_no_fault(nanashi: Run) -> None:
    nanashi("import", "-", given='{"date": "2024-06-06", "body": "雨の日。"}')
    result = nanashi("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("Not sealed yet")
    assert result.stdout.endswith("All is well.\n")


def test_check_says_when_nobody_seals(nanashi: Run) -> None:
    from nanashi.models import Entry  # noqa: PLC0415 - needs Django set up

    nanashi("import", "-", given='{"date": "2024-06-06", "body": "雨の日。"}')
    Entry.objects.update(locator=b"l" * 32)
    result = nanashi("check")
    assert result.exit_code == 1
    assert "- the diary was never sealed" in result.stdout


def test_check_says_what_a_worker_is_at(nanashi: Run) -> None:
    from nanashi.cli.pending import worker_lock  # noqa: PLC0415 - needs Django set up
    from nanashi.models import Backfill  # noqa: PLC0415

    row = Backfill.objects.create()
    assert "- links are still to be made, and no worker is running" in nanashi("check").stdout
    with worker_lock() as mine:
        assert mine
        assert "it counts the entries" in nanashi("check").stdout
        Backfill.objects.filter(key=row.key).update(done=300, total=6_000)
        result = nanashi("check")
        assert result.exit_code == 0
        assert "300 of 6000 entries" in result.stdout
        nanashi("keywords", "import", "-", given="雨\n")
        result = nanashi("check")
    assert result.exit_code == 0
    assert "The worker compiles the lexicon" in result.stdout


def test_check_finds_a_damaged_database(nanashi: Run, diary: Path) -> None:
    lines = [json.dumps({"date": "2024-06-06", "body": f"{n} 日目。" * 200}) for n in range(100)]
    nanashi("import", "-", given="\n".join(lines))
    file = diary / "nanashi.sqlite3"
    content = bytearray(file.read_bytes())
    content[40_000:80_000] = os.urandom(40_000)
    file.write_bytes(content)
    result = nanashi("check")
    assert result.exit_code == 1
    assert "restore a backup" in result.stdout


def test_check_before_the_first_start_writes_nothing(start: Start, environment: dict[str, str]) -> None:
    process = start("check")
    output, _errors = process.communicate()
    assert (process.returncode, output) == (0, "All is well.\n")
    assert not Path(environment["NANASHI_DATA"]).exists()
