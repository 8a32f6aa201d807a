"""Is every acknowledged post there, and no file corrupt, after the power goes at any moment?

A process posts entries under strace, with a checkpoint and a seal on the way, and writes down each post that is
committed. What it did to the database and its log is replayed up to a random place, and of what was not synced by then
a random part is kept, by sectors of 512 or 4,096 bytes (drills/stage/disk_writes.py). SQLite opens the result: its own
check must find nothing, and every post acknowledged before that place must be there. Half of the places are right
after an acknowledgement, where a missing sync shows.

The same is run with PRAGMA synchronous=OFF planted (drills/stage/unsynced), where posts must be lost or files corrupt.
That the replay misses no write, such as one through a mapping, is checked too: without a cut it gives the very files.

`python -m drills.power [--quick]`. Last line: one JSON object with `cuts`, `lost` (acknowledged posts, in all cuts),
`corrupt` (cuts), `acknowledged` (posts), `replayed_exactly`, `torn` (cuts in which something unsynced was missing),
`lost_on_broken`, `corrupt_on_broken`. Without strace `cuts` is 0.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drills.stage.disk_writes import CALLS, Disk, Operation, operations, put
from drills.stage.images import DIARY
from drills.stage.real_server import command, environment
from drills.stage.verdict import verdict
from drills.stage.workplace import workplace

CUTS, QUICK, BROKEN = 1_000, 150, 100
POSTS, QUICK_POSTS = 120, 40
FILES = (DIARY, f"{DIARY}-wal", f"{DIARY}-journal")
"""The log's index (-shm) is not among them: SQLite makes it anew from the log."""
LONGEST_STRING = 70_000
"""Bytes of a write that strace shows whole: SQLite writes a page, at most 65,536 bytes, at once."""
SECTORS = (512, 4_096)
SEED = 20_261_124


@dataclass
class Outcome:
    """What was found at all cuts of one run."""

    cuts: int = 0
    lost: int = 0
    corrupt: int = 0
    acknowledged: int = 0
    torn: int = 0
    replayed_exactly: bool = False


@dataclass(frozen=True)
class Run:
    """A recorded run: the folder as it was, the calls, and what they left."""

    before: Path
    data: Path
    calls: Sequence[Operation]
    acknowledging: str


def record(folder: Path, posts: int, fault: str = "") -> Run:
    """Let a process post under strace. Raises CalledProcessError where it fails."""
    data, before, trace, acknowledged = (
        folder / name for name in ("data", "before", "trace", "acknowledged")
    )
    command(data, "keywords", "add", "京都")
    shutil.copytree(data, before)
    options = [
        "-f",
        "-y",
        "-xx",
        "-s",
        str(LONGEST_STRING),
        "-e",
        f"trace={','.join(CALLS)}",
        "-o",
        str(trace),
    ]
    writer = [sys.executable, "-m", "drills.stage.steady_writer", str(posts), str(acknowledged)]
    subprocess.run(
        ["strace", *options, *writer], env=environment(data, fault), capture_output=True, check=True
    )
    calls = [one for one in operations(trace) if concerns(one, data, acknowledged)]
    return Run(before, data, calls, str(acknowledged))


def concerns(one: Operation, data: Path, acknowledged: Path) -> bool:
    """Whether a call is about the database, its folder, or an acknowledgement."""
    place = Path(one.path)
    if place == acknowledged:
        return one.what == "append"
    return (place.parent == data and place.name in FILES) or (place == data and one.what == "sync")


def places(run: Run, cuts: int, chance: random.Random) -> list[int]:
    """Numbers of calls before which the power goes: half anywhere, half right after an acknowledgement."""
    after = [at + 1 for at, one in enumerate(run.calls) if one.path == run.acknowledging]
    anywhere = [chance.randrange(len(run.calls) + 1) for _ in range(cuts - cuts // 2)]
    return sorted(anywhere + chance.choices(after, k=cuts // 2))


def replay(run: Run, cuts: int) -> Outcome:
    """Cut the power at so many places, and look at what SQLite makes of what is left."""
    chance = random.Random(SEED)
    disk, found, acknowledged = _disk(run), Outcome(), set[str]()
    done = 0
    with tempfile.TemporaryDirectory(prefix="nanashi-power-") as place:
        for cut in places(run, cuts, chance):
            for one in run.calls[done:cut]:
                if one.path == run.acknowledging:
                    acknowledged |= set(one.data.decode().split())
                else:
                    disk.do(one)
            done = cut
            left = disk.after_cut(chance, chance.choice(SECTORS))
            found.torn += left != disk.whole()
            put(left, Path(place) / "data")
            _look(Path(place) / "data" / DIARY, acknowledged, found)
    _finish(run, disk, done, found)
    return found


def _disk(run: Run) -> Disk:
    """The disk as it was before the run, at the place of the run."""
    disk = Disk(run.before, FILES)
    disk.folder = run.data
    return disk


def _look(file: Path, acknowledged: set[str], found: Outcome) -> None:
    """Open the database as the next start does."""
    found.cuts += 1
    try:
        with closing(sqlite3.connect(file)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            here = {row[0] for row in database.execute("SELECT public_id FROM nanashi_entry")}
    except sqlite3.DatabaseError:
        sound, here = False, set()
    found.corrupt += not sound
    found.lost += len(acknowledged - here)


def _finish(run: Run, disk: Disk, done: int, found: Outcome) -> None:
    """Replay the rest: the files must be those that the process left."""
    for one in run.calls[done:]:
        if one.path != run.acknowledging:
            disk.do(one)
    left = {name: (run.data / name).read_bytes() for name in FILES if (run.data / name).exists()}
    found.replayed_exactly = disk.whole() == left
    found.acknowledged = sum(one.path == run.acknowledging for one in run.calls)


def drill(folder: Path, posts: int, cuts: int, fault: str = "") -> Outcome:
    """Record one build in a new folder, then cut the power."""
    folder.mkdir(parents=True)
    return replay(record(folder, posts, fault), cuts)


def show(sound: Outcome, broken: Outcome) -> None:
    """A table for people."""
    table = Table("", "synchronous=FULL", "synchronous=OFF, planted", title="Power cuts")
    for name, value in asdict(sound).items():
        table.add_row(name.replace("_", " "), str(value), str(asdict(broken)[name]))
    Console(width=100).print(table)


def main() -> int:
    """Run both builds and print the figures; 1 where a post was lost, a fault not seen, or nothing was tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer posts and cuts, under 50 seconds")
    parser.add_argument("--keep", type=Path, help="keep the records in this new folder")
    arguments = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed, so no power was cut: apt-get install strace")
        return verdict(
            {"cuts": 0, "lost": 0, "corrupt": 0, "acknowledged": 0}, ("lost", "corrupt"), ("cuts",)
        )
    posts, cuts = (QUICK_POSTS, QUICK) if arguments.quick else (POSTS, CUTS)
    with workplace("power", arguments.keep) as folder:
        sound = drill(folder / "sound", posts, cuts)
        broken = drill(folder / "broken", QUICK_POSTS, BROKEN, "unsynced")
    show(sound, broken)
    on_broken = {"lost_on_broken": broken.lost, "corrupt_on_broken": broken.corrupt}
    tried = ("cuts", "acknowledged", "torn", "replayed_exactly", "lost_on_broken")
    return verdict(asdict(sound) | on_broken, ("lost", "corrupt"), tried)


if __name__ == "__main__":
    sys.exit(main())
