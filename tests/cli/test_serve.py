"""`nanashi serve`: the first start, the second, and how it stops."""

import re
import signal
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import psutil
import pytest

Start = Callable[..., Popen[str]]


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(start: Start, port: int) -> Iterator[Callable[..., Popen[str]]]:
    """Start a server and wait for its first line; what is left of it is killed."""
    started: list[psutil.Process] = []

    def run(*arguments: str) -> Popen[str]:
        process = start("serve", "--port", str(port), *arguments)
        assert process.stdout is not None
        process.first_line = process.stdout.readline()  # type: ignore[attr-defined]
        started.extend([psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)])
        return process

    yield run
    for one in started:
        if one.is_running():
            one.kill()


def page(port: int, path: str = "/") -> str:
    """What the server answers; a worker may still be starting."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return str(answer.read().decode())
        except (ConnectionError, urllib.error.URLError):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def entries(environment: dict[str, str]) -> int:
    with sqlite3.connect(Path(environment["NANASHI_DATA"]) / "nanashi.sqlite3") as database:
        return int(database.execute("SELECT COUNT(*) FROM nanashi_entry").fetchone()[0])


def test_a_lexicon_that_is_lost_is_compiled_before_the_server_answers(
    serve: Callable[..., Popen[str]], start: Start, environment: dict[str, str], tmp_path: Path
) -> None:
    environment["NANASHI_SMALL_LEXICON"] = "2"
    words = tmp_path / "words.txt"
    words.write_text("雨\n猫\n空\n", encoding="utf-8")
    assert start("keywords", "import", str(words)).wait(60) == 0
    lexicon = Path(environment["NANASHI_DATA"]) / "lexicon"
    (before,) = lexicon.iterdir()
    before.unlink()
    server = serve("--empty")
    assert [file.name for file in lexicon.iterdir()] == [before.name]
    server.terminate()
    _output, errors = server.communicate(timeout=60)
    assert (server.returncode, errors) == (0, "Compiling the lexicon of 3 keywords …\n")


def test_the_first_start_brings_the_sample_and_the_second_keeps_it(
    serve: Callable[..., Popen[str]], port: int, environment: dict[str, str]
) -> None:
    first = serve()
    assert f"http://127.0.0.1:{port}/" in first.first_line  # type: ignore[attr-defined]
    html = page(port)
    assert "/e/2026" in html
    first.send_signal(signal.SIGINT)
    _output, errors = first.communicate(timeout=60)
    assert first.returncode == 0
    assert "sample diary" in errors
    assert "Traceback" not in errors
    number = entries(environment)
    assert number >= 60
    second = serve()
    assert page(port) == html
    second.terminate()
    _output, errors = second.communicate(timeout=60)
    assert (second.returncode, errors) == (0, "")
    assert entries(environment) == number


def test_an_empty_start_brings_nothing(
    serve: Callable[..., Popen[str]], port: int, environment: dict[str, str]
) -> None:
    serve("--empty", "--workers", "2")
    assert page(port)
    assert entries(environment) == 0


def test_static_files_are_served(serve: Callable[..., Popen[str]], port: int) -> None:
    serve("--empty")
    (style,) = set(re.findall(r'href="(/static/[^"]*\.css[^"]*)"', page(port)))
    assert "{" in page(port, style)


def test_canonical_addresses_have_the_port_that_is_served(
    serve: Callable[..., Popen[str]], port: int
) -> None:
    serve("--empty")
    assert f'rel="canonical" href="http://127.0.0.1:{port}/' in page(port, "/about")


def test_a_port_in_use_is_named_with_the_remedy(start: Start, environment: dict[str, str]) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        process = start("serve", "--port", str(port))
        _output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {port} is in use" in errors
    assert f"--port {port + 1}" in errors
    assert not Path(environment["NANASHI_DATA"]).exists()


def test_workers_end_with_a_server_that_is_killed(serve: Callable[..., Popen[str]], port: int) -> None:
    server = serve("--empty")
    page(port)
    workers = psutil.Process(server.pid).children(recursive=True)
    assert workers
    server.kill()
    assert psutil.wait_procs(workers, timeout=60)[1] == []


def test_a_first_start_that_was_cut_off_is_made_good_by_the_next(
    serve: Callable[..., Popen[str]], port: int, environment: dict[str, str]
) -> None:
    first = serve("--empty")
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)
    (Path(environment["NANASHI_DATA"]) / "sample-pending").touch()
    serve()
    assert "/e/2026" in page(port)
    assert not (Path(environment["NANASHI_DATA"]) / "sample-pending").exists()


def test_the_address_is_printed_when_the_server_answers(serve: Callable[..., Popen[str]], port: int) -> None:
    first_line = serve("--empty").first_line  # type: ignore[attr-defined]
    assert f"http://127.0.0.1:{port}/" in first_line
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
        assert answer.status == 200


def test_processes_of_the_server_leave_ctrl_c_to_it(serve: Callable[..., Popen[str]], port: int) -> None:
    """A terminal sends it to all of them at once; what a process would make of it comes between it and the stop."""
    server = serve("--empty")
    children = psutil.Process(server.pid).children(recursive=True)
    for child in children:
        child.send_signal(signal.SIGINT)
    assert page(port)
    assert all(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    for one in (*children, server):
        one.send_signal(signal.SIGINT)
    _output, errors = server.communicate(timeout=60)
    assert (server.returncode, errors) == (0, "")


def test_ctrl_c_while_processes_start_ends_all_quietly(start: Start, port: int) -> None:
    server = start("serve", "--empty", "--port", str(port))
    process, deadline = psutil.Process(server.pid), time.monotonic() + 60
    while not (children := process.children()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    for one in (process, *children):
        one.send_signal(signal.SIGINT)
    _output, errors = server.communicate(timeout=60)
    assert (server.returncode, errors) == (0, "")
    assert psutil.wait_procs(children, timeout=60)[1] == []
