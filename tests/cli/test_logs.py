"""What a server and its worker leave in the logs: that something failed and where, never on what."""

import logging
import re
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from drills.stage.real_server import free_port
from drills.stage.turn import turn_held
from drills.stage.week import send
from nanashi.accounts.error_log import kind_and_place
from nanashi.cli.server_log import WithoutTraceback
from nanashi.text.lexicon import Lexicon

SECRET = "Nobody may read this sentence in a log."
ENTRY = re.compile(r"/e/([0-9]{8}-[a-z0-9]{6})")


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    return free_port()


@pytest.fixture
def served(start: Callable[..., Popen[str]], environment: dict[str, str], port: int) -> Popen[str]:
    """An empty diary's server that lets writers wait for a second at most."""
    environment["NANASHI_WRITER_WAIT"] = "1"
    process = start("serve", "--empty", "--port", str(port))
    assert process.stdout is not None
    assert str(port) in process.stdout.readline()
    return process


def said(process: Popen[str]) -> str:
    """All that it wrote, once it has ended."""
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=60)
    return str(output) + str(errors)


def test_refusals_and_faults_name_no_path_no_id_and_no_text(
    served: Popen[str], port: int, environment: dict[str, str]
) -> None:
    """A reply that waits in vain, a broken database, and all that is refused to those who ask wrongly."""
    data, address = Path(environment["NANASHI_DATA"]), f"http://127.0.0.1:{port}"
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(base_url=address, timeout=60, transport=transport) as client:
        found = ENTRY.search(send(client, address, "/new", {"body": SECRET, "do": "publish"}).text)
        assert found
        with turn_held(data):
            again = {"body": SECRET + " Again.", "do": "publish"}
            refused = send(client, address, f"/e/{found[1]}/reply", again)
        assert refused.status_code == 503
        assert client.get(f"/{found[1]}-not-here").status_code == 404
        assert client.get(f"/static/{found[1]}").status_code == 404
        assert client.post("/new", data={"body": SECRET}).status_code == 403
        assert client.post("/new", data={"body": SECRET * 250_000}).status_code == 413
        with closing(sqlite3.connect(data / "nanashi.sqlite3")) as database:
            database.execute("DROP TABLE nanashi_reference")
        assert client.get(f"/e/{found[1]}").status_code == 500
    log = said(served)
    assert re.search(r"^ERROR OperationalError SQLITE_ERROR at nanashi\.\S+:\d+$", log, re.MULTILINE), log
    for part in (
        found[1],
        "/e/",
        "/new",
        SECRET[:12],
        "nanashi_reference",
        "Traceback",
        "django",
        "Unavailable",
    ):
        assert part not in log, log


def test_a_worker_that_fails_says_no_more(
    start: Callable[..., Popen[str]], environment: dict[str, str]
) -> None:
    assert start("export", "-").wait() == 0
    with closing(sqlite3.connect(Path(environment["NANASHI_DATA"]) / "nanashi.sqlite3")) as database:
        database.execute("DROP TABLE nanashi_backfill")
    worker = start("worker")
    assert worker.stderr is not None
    assert re.fullmatch(
        r"ERROR OperationalError SQLITE_ERROR at nanashi\.\S+:\d+\n", worker.stderr.readline()
    )


CHILD = """
from nanashi.cli.worker_child import _set_up_and
def fail():
    raise KeyError("20260611-k7m2xq")
_set_up_and(fail)
"""
HOOKS = """
import threading, warnings
from nanashi.cli.django_setup import set_up_django
set_up_django()
from nanashi.accounts.error_log import forbid_tracebacks
forbid_tracebacks()
class Gone:
    def __del__(self):
        raise ValueError("20260611-k7m2xq")
def fail():
    raise KeyError("20260611-k7m2xq")
warnings.warn("20260611-k7m2xq")
Gone()
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


@pytest.mark.parametrize(
    ("code", "kinds"), [(CHILD, ["KeyError"]), (HOOKS, ["ValueError", "KeyError", "KeyError"])]
)
def test_what_ends_a_process_or_a_thread_is_said_in_the_same_way(
    environment: dict[str, str], code: str, kinds: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert [re.sub(r" at \S+:\d+$", "", line) for line in lines] == [f"ERROR {kind}" for kind in kinds], lines


def test_the_place_is_ours_and_the_code_of_the_system_is_kept() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        Lexicon.load(Path("/nowhere") / SECRET)
    assert re.fullmatch(r"FileNotFoundError ENOENT at nanashi\.text\.\w+:\d+", kind_and_place(caught.value))


def test_of_what_granian_says_the_first_line_stays() -> None:
    """It puts the traceback and the exception into one message."""
    try:
        list(map(kind_and_place, [SECRET]))  # type: ignore[list-item]
    except AttributeError as error:
        trace = "Traceback (most recent call last):\n" + "".join(traceback.format_tb(error.__traceback__))
        message = f"Application callable raised an exception\n{trace}AttributeError: {SECRET}\n{SECRET}"
    record = logging.LogRecord("_granian.utils", logging.ERROR, "", 0, message, (), None)
    line = r"\[ERROR\] Application callable raised an exception AttributeError at nanashi\.accounts\.error_log:\d+"
    assert re.fullmatch(line, WithoutTraceback().format(record))
    plain = logging.LogRecord("_granian", logging.WARNING, "", 0, "Killing worker-1", (), None)
    assert WithoutTraceback().format(plain) == "[WARNING] Killing worker-1"
