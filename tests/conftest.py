"""What all tests stand on: settings read from an environment of their own, and diaries to write in.

The settings are named here and not in pyproject.toml: they are read once, from the environment, and
pytest-django would read them before this file can say where the data goes.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
"""Real data, which a checkout need not have beside it."""

TEMPORARY = tempfile.mkdtemp(prefix="nanashi-tests-")
for variable in list(os.environ):
    if variable.startswith(("NANASHI_", "LC_")) or variable in ("DATABASE_URL", "LANG", "LANGUAGE"):
        del os.environ[variable]
os.environ["NANASHI_DATA"] = TEMPORARY
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["DJANGO_SETTINGS_MODULE"] = "nanashi.web.settings"


def pytest_configure() -> None:
    """Read the settings now; pytest-django then sets Django up. No example of hypothesis is held to a clock."""
    if "CI" not in os.environ:  # there hypothesis loads a profile of its own, without a clock too
        hypothesis_settings.register_profile("here", deadline=None)
        hypothesis_settings.load_profile("here")
    from django.conf import settings  # noqa: PLC0415 - after the environment

    assert settings.DATABASES


def forget_volatile(folder: str) -> None:
    """Remove what a diary in this folder kept on tmpfs."""
    from nanashi.accounts.volatile_store import forget_diary  # noqa: PLC0415

    forget_diary(Path(folder))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    forget_volatile(TEMPORARY)
    shutil.rmtree(TEMPORARY, ignore_errors=True)


DATABASES = {"default": "nanashi.sqlite3", "accounts": "accounts.sqlite3"}
"""File names of the two databases by alias."""


@contextmanager
def databases_in(folder: Path) -> Iterator[None]:
    """Work on the databases of this folder; closed and set back afterwards."""
    from django.db import connections  # noqa: PLC0415

    before = {alias: connections[alias].settings_dict["NAME"] for alias in DATABASES}
    for alias, name in DATABASES.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = folder / name
    try:
        yield
    finally:
        for alias, name in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:  # noqa: ANN001
    """A folder with both databases, every table and no row, made once."""
    from nanashi.cli.database import open_database  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("empty")
    with django_db_blocker.unblock(), databases_in(folder), open_database():
        pass
    return folder


@pytest.fixture
def diary(_empty_database: Path, tmp_path: Path, django_db_blocker, settings) -> Iterator[Path]:  # noqa: ANN001
    """The data folder of an empty diary of this test's own, on which this process works as commands do."""
    from nanashi.accounts import volatile_store  # noqa: PLC0415

    folder = tmp_path / "diary"
    folder.mkdir(mode=0o700)
    for name in DATABASES.values():
        shutil.copy(_empty_database / name, folder / name)
    settings.NANASHI_DATA, settings.BACKUPS = folder, folder / "backups"
    with django_db_blocker.unblock(), databases_in(folder):
        try:
            yield folder
        finally:
            volatile_store.forget_everything()


Run = Callable[..., Result]


@pytest.fixture
def nanashi(diary: Path) -> Run:
    """Run a command in this process on the diary of this test, as typed: nanashi("import", file)."""
    from nanashi.cli import main  # noqa: PLC0415

    def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(one) for one in arguments], input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a process with a data folder of its own, which is not there yet."""
    return {**os.environ, "NANASHI_DATA": str(tmp_path / "data")}


@pytest.fixture(scope="session", autouse=True)
def _interrupts_are_heard() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would every command started from here."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a command as a process of its own; what still runs at the end of the test is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "nanashi", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()
    forget_volatile(environment["NANASHI_DATA"])
