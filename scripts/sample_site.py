"""The sample diary on a server of its own, and the system's Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from nanashi.accounts.volatile_store import forget_diary

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "there is no program `chromium` on this machine; install it: apt-get install chromium fonts-noto-cjk"
)
SECONDS_TO_STOP = 20
ATTEMPTS = 600
SECONDS_BETWEEN = 0.05


class NotReadyError(Exception):
    """What the pictures and the browser tests stand on is missing; the message says how to mend it."""


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the system's Chromium, headless; raises NotReadyError where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise NotReadyError(MISSING)
    return playwright.chromium.launch(executable_path=chromium, args=FLAGS)


@contextmanager
def served_sample(folder: Path) -> Iterator[str]:
    """The address of a new sample diary, kept in a folder, started as anybody starts it for the first time.

    Raises NotReadyError, with what the server said, when it does not start.
    """
    port = _free_port()
    log = (folder / "log").open("w+", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "nanashi", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "NANASHI_DATA": str(folder / "data")},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert server.stdout is not None
        if str(port) not in server.stdout.readline():
            log.seek(0)
            raise NotReadyError(f"the server did not start: {log.read()}")
        _wait_for_answer(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(server)
        log.close()
        forget_diary((folder / "data").resolve())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_answer(port: int) -> None:
    """The address is said when the server starts its workers, a moment before the first of them listens."""
    for _attempt in range(ATTEMPTS):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(SECONDS_BETWEEN)
    raise NotReadyError("the server said its address and does not answer")


def _stop(server: subprocess.Popen[str]) -> None:
    server.terminate()
    try:
        server.communicate(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()
