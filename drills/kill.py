"""Is every acknowledged post there, and none twice, when all processes are killed in the middle?

Eight people post at once to the real server; a new keyword is linked in old entries, an archive is imported and a seal
runs beside. One to three seconds later all processes are killed with SIGKILL, and the server is started again on the
same data; whoever got no answer sends the same form again. 20 rounds (`--quick`: 4). A double click now and then sends
a form twice at the same time. In the end the drill keeps the turn to write for three seconds, so that
there are refusals to look at: each must hold the text.

The same is run on a build with faults planted (drills/stage/early_answers): posts are acknowledged before they are
committed, and tokens of forms do not count. There posts must be found lost, and doubled. `--broken` runs it alone.

`python -m drills.kill [--quick] [--broken]`. Last line: one JSON object with `acknowledged`, `lost`, `doubled`,
`refused_without_text`, `locked` (answers that say "database is locked", logs that name it), `slowest_ms` (of all
answers to posts, also refusals, and what came while the turn was kept), `slowest_page_ms` (of pages read meanwhile),
`refused_while_held`, `failed`, `damaged` (databases that fail SQLite's check), `rounds`,
`lost_on_broken`, `doubled_on_broken`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from drills.stage.eight_writers import PATIENCE, TEXT, WORD, WRITERS, Author, Ledger
from drills.stage.groups import Group
from drills.stage.images import ACCOUNTS, DIARY, opened
from drills.stage.real_server import command, free_port, wait_for
from drills.stage.turn import turn_held
from drills.stage.verdict import verdict
from drills.stage.workplace import workplace
from nanashi.identity.letters import PLAIN

ROUNDS, QUICK, BROKEN, BROKEN_QUICK = 20, 4, 3, 1
SOONEST, LATEST = 1.0, 3.0
"""Seconds of posting after which all is killed."""
STARTS = {"keyword": (1.2, 2.4), "import": (1.4, 2.6), "seal": (1.2, 2.4)}
"""How many seconds before that a command starts, at least and at most: a Python takes about one to come up."""
IMPORTED = 400
FINISHING = 60.0
HELD = 3.0
"""Seconds for which the drill itself keeps the turn to write: longer than posts wait."""
PAGE_EVERY = 0.05
"""Seconds between the pages that somebody reads meanwhile."""
SETTINGS = {"NANASHI_RATE_FACTOR": "1000000"}
SEED = 20_261_124
WRONG = (
    "lost",
    "doubled",
    "refused_without_text",
    "locked",
    "failed",
    "left_open",
    "damaged",
    "commands_failed",
)
TRIED, PLANTED = ("acknowledged", "refused_while_held"), ("lost_on_broken", "doubled_on_broken")
LOCKED = re.compile("SQLITE_BUSY|SQLITE_LOCKED|database is locked")


@dataclass
class Scene:
    """One diary that is killed again and again."""

    folder: Path
    fault: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    held: Ledger = field(default_factory=Ledger)
    """What was answered while the drill kept the turn."""
    slowest_page: float = 0.0
    """Seconds that a reader waited for a page meanwhile."""
    port: int = field(default_factory=free_port)
    cut_off: Counter[str] = field(default_factory=Counter)
    """Commands that were killed in the middle, by name."""
    failed: list[str] = field(default_factory=list)
    started: list[Group] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """All that the processes said."""
        return self.folder / "said.log"

    @property
    def address(self) -> str:
        """Where the server is in every round."""
        return f"http://127.0.0.1:{self.port}"

    def server(self) -> Group:
        """Start the server on this diary; gives it when it answers."""
        group = self.start("serve", "--empty", "--port", str(self.port))
        wait_for(self.address, group.process)
        return group

    def start(self, *arguments: str) -> Group:
        """Start a command on this diary."""
        group = Group(self.data, self.log, *arguments, fault=self.fault, **SETTINGS)
        self.started.append(group)
        return group

    def end(self) -> None:
        """Kill what still runs, wherever the drill has stopped."""
        for group in self.started:
            if group.runs:
                group.kill()
                group.wait_for_death()


def archive(folder: Path, name: str, entries: int, chance: random.Random) -> Path:
    """A file of entries to import; every text has the words that become keywords."""
    file = folder / f"{name}.jsonl"
    with open(file, "w", encoding="utf-8") as lines:
        for _number in range(entries):
            marks = " ".join(f"合図{one:02d}号" for one in range(ROUNDS))
            text = "。".join("".join(chance.choices(TEXT, k=8)) for _ in range(10))
            public_id = "20240101-" + "".join(chance.choices(PLAIN, k=6))
            entry = {"id": public_id, "date": "2024-01-01", "body": f"{marks} {text}"}
            lines.write(json.dumps(entry) + "\n")
    return file


def run(scene: Scene, rounds: int) -> None:
    """Kill a diary so many times while eight people write."""
    folder, chance = scene.folder, random.Random(SEED)
    command(scene.data, "import", archive(folder, "old", IMPORTED, chance))
    authors = [Author(number, scene.ledger, SEED) for number in range(WRITERS)]
    server = scene.server()
    for author in authors:
        author.arrive(scene.address)
    for number in range(rounds):
        _round(scene, authors, server, number, chance)
        server = scene.server()
    if not scene.fault:
        _hold(scene, authors)
    _finish(scene, authors, server)


def _round(scene: Scene, authors: list[Author], server: Group, number: int, chance: random.Random) -> None:
    """Everybody writes, all commands run; then nothing does."""
    stopped = threading.Event()
    with ThreadPoolExecutor(WRITERS) as people:
        beside, writing = [], []
        for until_kill, name in _times(chance):
            time.sleep(until_kill)
            if name == "writers":
                writing = [people.submit(author.write, scene.address, stopped) for author in authors]
            elif name != "kill":
                beside.append((name, _beside(scene, name, number, chance)))
        scene.cut_off.update(name for name, group in beside if group.runs)
        stopped.set()
        for group in (server, *(group for _, group in beside)):
            group.kill()
    for one in writing:
        one.result()
    _bury(scene, [("server", server), *beside], number)


def _times(chance: random.Random) -> list[tuple[float, str]]:
    """What happens in a round: seconds after what comes before it, and what it is."""
    before = {name: chance.uniform(*bounds) for name, bounds in STARTS.items()}
    before |= {"writers": chance.uniform(SOONEST, LATEST), "kill": 0.0}
    order = sorted(before.items(), key=lambda one: -one[1])
    return [(order[max(0, at - 1)][1] - seconds, name) for at, (name, seconds) in enumerate(order)]


def _beside(scene: Scene, name: str, number: int, chance: random.Random) -> Group:
    """Start one of the commands."""
    match name:
        case "keyword":
            arguments = ["keywords", "add", f"合図{number:02d}号"]
        case "import":
            arguments = ["import", str(archive(scene.folder, f"r{number:02d}", IMPORTED, chance))]
        case _:
            arguments = ["seal", "--now"]
    return scene.start(*arguments)


def _bury(scene: Scene, groups: list[tuple[str, Group]], number: int) -> None:
    """See that nobody is left, what failed by itself, and what the kill came into."""
    for name, group in groups:
        group.wait_for_death()
        if group.failed:
            scene.failed.append(f"{name} in round {number}: exit status {group.process.returncode}")
    with opened(scene.data, DIARY) as database:
        pending = database.execute("SELECT COUNT(*) FROM nanashi_backfill").fetchone()[0]
        scene.cut_off["backfill"] += pending > 0


def _hold(scene: Scene, authors: list[Author]) -> None:
    """Everybody posts while nobody can write: there are refusals to look at."""
    scene.held = replace(scene.held, acknowledged=scene.ledger.acknowledged, posted=scene.ledger.posted)
    stopped = threading.Event()
    with ThreadPoolExecutor(WRITERS) as people:
        with turn_held(scene.data):
            for author in authors:
                author.ledger = scene.held
                people.submit(author.write, scene.address, stopped)
            until = time.monotonic() + HELD
            while time.monotonic() < until:
                time.sleep(PAGE_EVERY)
                asked = time.monotonic()
                httpx.get(scene.address + "/about", timeout=PATIENCE).raise_for_status()
                scene.slowest_page = max(scene.slowest_page, time.monotonic() - asked)
        stopped.set()


def _finish(scene: Scene, authors: list[Author], server: Group) -> None:
    """What is open is sent until it is acknowledged; then the server stops for good."""
    until = time.monotonic() + FINISHING
    with ThreadPoolExecutor(WRITERS) as people:
        for one in [people.submit(author.finish, scene.address, until) for author in authors]:
            one.result()
    if scene.fault:
        time.sleep(1)  # what was acknowledged too early is committed by now
    server.kill()
    server.wait_for_death()


def found(scene: Scene) -> Counter[str]:
    """How many entries each post's word stands in."""
    with opened(scene.data, DIARY) as database:
        texts = database.execute("SELECT source_text FROM nanashi_entry WHERE source_text LIKE 'w%'")
        return Counter(word for (text,) in texts for word in WORD.findall(text)[:1])


def damaged(scene: Scene) -> int:
    """Databases in which SQLite finds a fault."""
    faults = 0
    for name in (DIARY, ACCOUNTS):
        with opened(scene.data, name) as database:
            faults += database.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            faults += database.execute("PRAGMA foreign_key_check").fetchone() is not None
    return faults


def figures(scene: Scene, rounds: int) -> dict[str, object]:
    """What became of the posts."""
    ledger, held, here = scene.ledger, scene.held, found(scene)
    twice = {word for word, ids in ledger.acknowledged.items() if len(ids) > 1}
    return {
        "acknowledged": len(ledger.acknowledged),
        "lost": sum(here[word] == 0 for word in ledger.acknowledged),
        "doubled": len(twice | {word for word, number in here.items() if number > 1}),
        "refused_without_text": ledger.refused_without_text + held.refused_without_text,
        "slowest_ms": round(max(_slowest(ledger), _slowest(held)) * 1_000),
        "slowest_page_ms": round(scene.slowest_page * 1_000),
        "locked": ledger.locked + held.locked + len(LOCKED.findall(scene.log.read_text(errors="replace"))),
        "rounds": rounds,
        "refused": ledger.refused,
        "refused_while_held": held.refused,
        "failed": ledger.failed + held.failed,
        "unanswered": ledger.unanswered,
        "left_open": len(ledger.posted - ledger.acknowledged.keys()),
        "slowest_acknowledged_ms": round(ledger.slowest * 1_000),
        "damaged": damaged(scene),
        "commands_cut_off": dict(scene.cut_off),
        "commands_failed": len(scene.failed),
    }


def _slowest(ledger: Ledger) -> float:
    return max(ledger.slowest, ledger.slowest_refusal)


def show(title: str, scene: Scene, result: dict[str, object]) -> None:
    """A table for people, and what was strange."""
    table = Table("", "", title=title, show_header=False)
    for name, value in result.items():
        table.add_row(name.replace("_", " "), str(value))
    console = Console(width=110)
    console.print(table)
    for line in (*scene.ledger.shown, *scene.failed):
        console.print(line, markup=False)


def drill(folder: Path, title: str, rounds: int, fault: str = "") -> dict[str, object]:
    """Run one build in a new folder and show what was found."""
    folder.mkdir(parents=True)
    scene = Scene(folder, fault)
    try:
        run(scene, rounds)
    finally:
        scene.end()
    result = figures(scene, rounds)
    show(title, scene, result)
    return result


def main() -> int:
    """Run both builds and print the figures; 1 where a post was lost, or a fault not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, under 50 seconds")
    parser.add_argument("--broken", action="store_true", help="the build with faults alone")
    parser.add_argument("--keep", type=Path, help="keep the data and what was said in this new folder")
    arguments = parser.parse_args()
    rounds = QUICK if arguments.quick else ROUNDS
    with workplace("kill", arguments.keep) as folder:
        result = {} if arguments.broken else drill(folder / "sound", "As it is", rounds)
        broken = drill(
            folder / "broken",
            "With faults planted",
            BROKEN_QUICK if arguments.quick else BROKEN,
            "early_answers",
        )
    result |= {f"{name}_on_broken": broken[name] for name in ("lost", "doubled")}
    if arguments.broken:
        return verdict(result, (), PLANTED)
    return verdict(result, WRONG, (*TRIED, *PLANTED))


if __name__ == "__main__":
    sys.exit(main())
