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
