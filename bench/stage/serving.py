"""The server as operators run it, and a client that takes the time of its answers."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LONGEST_START = 60


@contextmanager
def serving(data: Path, application: str = "nanashi.web.wsgi:application") -> Iterator[int]:
    """granian with this application on this data, one worker; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "4", "--log-level", "warning"]
    command += ["--static-path-route", "/static", "--static-path-mount", str(data), application]
    process = subprocess.Popen(command, env={**os.environ, "NANASHI_DATA": str(data)})
    try:
        _wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while True:
        try:
            get(http.client.HTTPConnection("127.0.0.1", port), "/about")
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """One answer's body; raises ValueError where the status is not 200."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise ValueError(f"{path}: status {answer.status}")
    return body


def medians_ms(targets: Sequence[tuple[int, str]], rounds: int) -> list[float]:
    """Median milliseconds of each (port, path), asked in turn so that all see the same machine."""
    connections = [http.client.HTTPConnection("127.0.0.1", port) for port, _ in targets]
    times: list[list[float]] = [[] for _ in targets]
    for number in range(rounds + 3):
        for at, (_, path) in enumerate(targets):
            start = time.perf_counter()
            get(connections[at], path)
            if number >= 3:  # the first rounds warm up
                times[at].append((time.perf_counter() - start) * 1000)
    return [statistics.median(one) for one in times]
