"""What does posting an entry cost beyond the SQL transaction that stores it?

A text of 2 KB in which 100 keywords occur is posted through `publish_as`, as a form would: locators, ids, Markdown,
links, queue, one transaction. Beside it, in turns, the same rows (entry, occurrences, references, search grams, in the
same tables of the same file) are written by one bare transaction of the standard library's sqlite3. Both with
synchronous=FULL, each with a key that moves as in a diary; medians.

Run as `python -m bench.posting [--quick]`.
"""

import argparse
import datetime
import json
import os
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from drills.stage.workplace import workplace

GOAL = 2.5
POSTS, QUICK = 400, 120
WARM_UP = 10
WORDS = 100
DAY = datetime.date(2026, 6, 11)
MASTER = b"m" * 32


def main() -> None:
    """Post, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} posts instead of {POSTS}")
    posts = QUICK if parser.parse_args().quick else POSTS
    with workplace("bench", within=os.environ.get("BENCH_FOLDER")) as folder:
        os.environ["NANASHI_DATA"] = str(folder)
        figures = measure(folder, posts)
    print(f"{'posting, ms':>24}  {figures['post_ms']}")
    print(f"{'raw transaction, ms':>24}  {figures['sql_ms']}")
    print(f"{'one fsync, ms':>24}  {figures['fsync_ms']}")
    print(f"{'times':>24}  {figures['times_sql']} (goal: {GOAL})")
    print(json.dumps(figures))


def measure(folder: Path, posts: int) -> dict[str, float]:
    """Medians of both ways in a new diary."""
    from nanashi.cli.django_setup import set_up_django

    set_up_django()
    from nanashi.cli.database import open_database
    from nanashi.lexicons.current import renderer
    from nanashi.models import Keyword
    from nanashi.text import normalise
    from nanashi.writing.drafts import Draft
    from nanashi.writing.own import publish_as

    with open_database():
        words = [f"語{chr(0x4E00 + 37 * n)}{chr(0x5E00 + 11 * n)}" for n in range(WORDS)]
        Keyword.objects.bulk_create(
            Keyword(word=word, norm=normalise(word), shelf="他", sort_key=word) for word in words
        )
        with renderer(1) as rendering, _raw(folder) as raw:
            rows = None
            posting: list[float] = []
            writing: list[float] = []
            for number in range(posts + WARM_UP):
                draft = Draft(text_of(words, number), DAY, title=f"題 {number}", quarter=number % 96)
                started = time.perf_counter()
                public_id = publish_as(MASTER, draft, rendering)
                posting.append(time.perf_counter() - started)
                rows = rows_of(raw, public_id, number)
                started = time.perf_counter()
                write(raw, *rows)
                writing.append(time.perf_counter() - started)
            check(raw, posts + WARM_UP)
    post, sql = (statistics.median(times[WARM_UP:]) * 1000 for times in (posting, writing))
    return {
        "posts": posts,
        "post_ms": round(post, 2),
        "sql_ms": round(sql, 2),
        "fsync_ms": round(fsync_ms(folder), 3),
        "times_sql": round(post / sql, 2),
        "goal_times_sql": GOAL,
    }


def text_of(words: list[str], number: int) -> str:
    """About 2 KB (UTF-8) in which each word stands once."""
    start = number % len(words)
    text = "、".join([*words[start:], *words[:start]]) + f"。{number}"
    return text + "\n\n" + "そして雨が降り出した。" * max(0, (2_048 - len(text.encode())) // 33)


def _raw(folder: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(folder / "nanashi.sqlite3", isolation_level=None)
    raw.executescript("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-32768")
    return raw


Rows = tuple[list[object], list[tuple[int, int]], str]


def rows_of(raw: sqlite3.Connection, public_id: str, number: int) -> Rows:
    """The rows that were stored of a post, as another entry in the same quarter of an hour."""
    from nanashi.models.keys import entry_key
    from nanashi.text.grams import grams_of

    (names, entry) = _entry(raw, public_id)
    row = dict(zip(names, entry, strict=True))
    letters = f"{number:06d}"
    key = entry_key(DAY, number % 96, f"x-{letters}")
    found = raw.execute("SELECT keyword_id FROM nanashi_occurrence WHERE entry_id = ?", [row["key"]])
    occurrences = sorted((keyword, key) for (keyword,) in found)
    if len(occurrences) < WORDS:
        sys.exit(f"{len(occurrences)} of {WORDS} words were found")
    grams = grams_of(row["title"], row["source_text"])
    row.update(key=key, public_id=f"{DAY:%Y%m%d}-{letters}", locator=os.urandom(32))
    return list(row.values()), occurrences, grams


def _entry(raw: sqlite3.Connection, public_id: str) -> tuple[list[str], tuple[object, ...]]:
    cursor = raw.execute("SELECT * FROM nanashi_entry WHERE public_id = ?", [public_id])
    return [column[0] for column in cursor.description], cursor.fetchone()


def write(
    raw: sqlite3.Connection, entry: list[object], occurrences: list[tuple[int, int]], grams: str
) -> None:
    """One transaction with nothing but what is stored."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(f"INSERT INTO nanashi_entry VALUES ({', '.join('?' * len(entry))})", entry)
    raw.executemany("INSERT INTO nanashi_occurrence (keyword_id, entry_id) VALUES (?, ?)", occurrences)
    raw.execute("INSERT INTO nanashi_bigrams(rowid, grams) VALUES (?, ?)", [entry[0], grams])
    raw.execute("COMMIT")


def check(raw: sqlite3.Connection, posts: int) -> None:
    """Both ways have stored as much."""
    (entries,) = raw.execute("SELECT COUNT(*) FROM nanashi_entry").fetchone()
    if entries != 2 * posts:
        sys.exit(f"{entries} entries are there instead of {2 * posts}")


def fsync_ms(folder: Path) -> float:
    """How long this disk takes to say that 4 KB are on it."""
    times: list[float] = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            started = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
