"""Processes that a drill kills in the middle: each with all that it started, so that none lives on."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from drills.stage.real_server import environment

LONGEST_DEATH = 20.0
KILLED = -signal.SIGKILL


class Group:
    """One `nanashi` command in a process group of its own."""

    def __init__(self, data: Path, log: Path, *arguments: str, fault: str = "", **settings: str) -> None:
        with open(log, "ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "nanashi", *arguments],
                env=environment(data, fault, **settings),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @property
    def runs(self) -> bool:
        """Whether it is not done yet."""
        return self.process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended by itself with an error."""
        return self.process.poll() not in (None, 0, KILLED)

    def kill(self) -> None:
        """Send SIGKILL to all of the group at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def wait_for_death(self) -> None:
        """Return when no process of the group is left; raises TimeoutError."""
        self.process.wait(LONGEST_DEATH)
        until = time.monotonic() + LONGEST_DEATH
        while _members(self.process.pid):
            if time.monotonic() > until:
                raise TimeoutError(f"group {self.process.pid} does not end")
            time.sleep(0.02)


def _members(group: int) -> list[int]:
    """Processes of this group that have not ended; ended ones may wait for a parent that reaps late."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                state, _parent, of = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(of) == group and state not in "ZX":
                    found.append(int(folder.name))
    return found
