"""Can somebody who holds the disk, two copies of it, all logs and settings say who wrote what?

A week of 200 writers and 3,000 entries is lived through the real server (`--quick`: 24 and 140). Then each attack of
the table in ANONYMITY that can be automated is tried on the copies taken on the way, and scored against guessing: the
share of hits above chance. The same attacks run on a build with every leak planted (drills/stage/moved_world), where
each must win. Style cannot be tested on made-up texts; what needs PostgreSQL is not run.

`python -m drills.anonymity [--quick] [--keep FOLDER]`. Last line: one JSON object with `joins_tried`, `statistical`,
`advantage` (the largest excess over guessing), `found` (joins beyond three sigma), `advantage_on_broken` (the smallest
among the planted ones), `writers`, `entries` (both counted in the server's databases).
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drills.joins import JOINS
from drills.joins.scores import Score
from drills.stage.images import ACCOUNTS, DIARY, opened
from drills.stage.verdict import verdict
from drills.stage.week import Week, live
from drills.stage.workplace import workplace

WHOLE, QUICK, BROKEN, BROKEN_QUICK = (206, 3_020), (24, 140), (40, 400), (24, 140)
SEED = 20_260_611


def count(folder: Path, name: str, table: str) -> int:
    """Rows of a table in a copy."""
    with opened(folder, name) as database:
        number: int = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        return number


def attack(week: Week) -> dict[str, Score]:
    """Every join on one week."""
    return {one.name: one.run(week) for one in JOINS}


def show(sound: dict[str, Score], broken: dict[str, Score]) -> None:
    """A table for people."""
    table = Table("row", "join", "excess", "on the leaky build", title="Joins")
    for one in JOINS:
        leaky = f"{broken[one.name].excess:+.2f}" if one.planted else "not planted"
        mark = " !" if sound[one.name].found else ""
        table.add_row(one.number, one.name, f"{sound[one.name].excess:+.3f}{mark}", leaky)
    Console(width=100).print(table)


def run(folder: Path, *, quick: bool) -> dict[str, object]:
    """Live both weeks, try all joins on both."""
    (folder / "sound").mkdir()
    (folder / "leaky").mkdir()
    with ThreadPoolExecutor(2) as both:  # each waits for its own server
        leaky = both.submit(live, folder / "leaky", *(BROKEN_QUICK if quick else BROKEN), SEED, leaks=True)
        week = live(folder / "sound", *(QUICK if quick else WHOLE), SEED)
        sound, broken = attack(week), attack(leaky.result())
    show(sound, broken)
    planted = [one.name for one in JOINS if one.planted]
    return {
        "joins_tried": len(JOINS),
        "statistical": sum(one.statistical for one in JOINS),
        "advantage": round(max(0.0, *(score.excess for score in sound.values())), 4),
        "found": sum(score.found for score in sound.values()),
        "advantage_on_broken": round(min(broken[name].excess for name in planted), 4),
        "missed_on_broken": [name for name in planted if not broken[name].found],
        "writers": count(week.data, ACCOUNTS, "nanashi_account"),
        "entries": count(week.data, DIARY, "nanashi_entry"),
    }


def main() -> int:
    """Run and print the figures; 1 where a join was found, or a planted leak not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small week, under 50 seconds")
    parser.add_argument("--keep", type=Path, help="keep the copies in this new folder")
    arguments = parser.parse_args()
    with workplace("anonymity", arguments.keep) as folder:
        return verdict(
            run(folder, quick=arguments.quick), ("found", "missed_on_broken"), ("writers", "entries")
        )


if __name__ == "__main__":
    sys.exit(main())
