"""`nanashi` as operators run it, on a data folder of its own, and with a fault planted where a drill wants one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAGE = Path(__file__).resolve().parent
ROOT = STAGE.parents[1]
LONGEST_START = 60.0


def environment(data: Path, fault: str = "", **settings: str) -> dict[str, str]:
    """Variables of a process on this data; `fault` names a folder of this one, whose sitecustomize plants it."""
    path = [str(STAGE / fault)] if fault else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NANASHI_")}
    return {**kept, "NANASHI_DATA": str(data), "PYTHONPATH": os.pathsep.join([*path, str(ROOT)]), **settings}


def command(data: Path, *arguments: str | Path, fault: str = "", **settings: str) -> str:
    """Run one command to its end; gives what it printed. Raises CalledProcessError where it failed."""
    done = subprocess.run(
        [sys.executable, "-m", "nanashi", *map(str, arguments)],
        env=environment(data, fault, **settings),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(data: Path, fault: str = "", log: Path | None = None, **settings: str) -> Iterator[str]:
    """`nanashi serve --empty` in a process group of its own; gives its address. What it says goes to `log`."""
    port = free_port()
    with open(log or os.devnull, "ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "nanashi", "serve", "--empty", "--port", str(port)],
            env=environment(data, fault, **settings),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; raises TimeoutError where it does not come."""
    until = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/about", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"no server at {address}")
