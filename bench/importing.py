"""How fast does an archive come in, and in how much memory?

An archive of entries of 800 characters (sentences of the sample diary in new orders, with ids, times, some
Markdown, one reply in ten) is imported by `nanashi import` into a diary with 5,000 keywords: those of the
sample diary, then words that its texts contain. Everything is included: reading, Markdown, links,
occurrences, the search index, and the disk. Memory is the proportional set size of all processes together, so
that what they share (the tokenizer's dictionary) counts once.

Run as `python -m bench.importing [--quick]`.
"""

import argparse
import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil

from drills.stage.workplace import workplace

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "nanashi" / "archive" / "sample"
ENTRIES, QUICK = 100_000, 10_000
CHARACTERS = 800
KEYWORDS = 5_000
DAYS = 1_000
SENTENCE = re.compile(r"[^。.!?\n]*[。.!?\n]+")
WORD = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fc]{3,8}|[A-Za-z]{4,}")
GOAL = 800
"""Entries a second."""


def main() -> None:
    """Make the archive, import it, print what that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} entries instead of {ENTRIES}")
    entries = QUICK if parser.parse_args().quick else ENTRIES
    with workplace("bench") as folder:
        figures = measure(folder, entries)
    print(f"{'entries':>24}  {figures['entries']:,}")
    print(f"{'entries a second':>24}  {figures['entries_per_second']:,} (goal: {GOAL})")
    print(f"{'CPU milliseconds each':>24}  {figures['cpu_ms_per_entry']}")
    print(f"{'links each':>24}  {figures['links_per_entry']}")
    print(f"{'memory, MB':>24}  {figures['memory_mb']}")
    print(f"{'database, MB':>24}  {figures['database_mb']}")
    print(json.dumps(figures))


def measure(folder: Path, entries: int) -> dict[str, float]:
    """Import an archive of this many entries into a new diary in this folder."""
    bodies = [json.loads(line) for line in (SAMPLE / "entries.jsonl").read_text("utf-8").splitlines()]
    text = "\n".join(body["body"] for body in bodies)
    (folder / "words.jsonl").write_text(keywords(text), "utf-8")
    write_archive(folder / "archive.jsonl", SENTENCE.findall(text), entries)
    run(folder, "keywords", "import", "words.jsonl")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    memory = run(folder, "import", "archive.jsonl")
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    database = folder / "data" / "nanashi.sqlite3"
    with sqlite3.connect(database) as connection:
        (links,) = connection.execute("SELECT COUNT(*) FROM nanashi_occurrence").fetchone()
        (stored,) = connection.execute("SELECT COUNT(*) FROM nanashi_entry").fetchone()
    if stored != entries:
        raise SystemExit(f"{stored} of {entries} entries went in")
    return {
        "entries": entries,
        "entries_per_second": round(entries / took),
        "cpu_ms_per_entry": round(cpu / entries * 1000, 2),
        "links_per_entry": round(links / entries, 1),
        "memory_mb": round(memory / 1e6),
        "database_mb": round(database.stat().st_size / 1e6),
        "goal_entries_per_second": GOAL,
    }


def keywords(text: str) -> str:
    """The sample's keywords, then words of its texts, as JSON Lines."""
    lines = (SAMPLE / "keywords.jsonl").read_text("utf-8").splitlines()
    known = {spelling for line in lines for spelling in spellings(json.loads(line))}
    others = [word for word in dict.fromkeys(WORD.findall(text)) if word.casefold() not in known]
    random.Random(1).shuffle(others)
    distinct = {word.casefold(): word for word in others}
    fill = [*distinct.values(), *(f"見出し語{n}" for n in range(KEYWORDS))]
    more = [json.dumps({"word": word}, ensure_ascii=False) for word in fill[: KEYWORDS - len(lines)]]
    return "\n".join([*lines, *more]) + "\n"


def spellings(keyword: dict[str, object]) -> set[str]:
    """How a keyword of the sample may be written."""
    aliases = keyword.get("aliases", [])
    assert isinstance(aliases, list)
    return {str(spelling).casefold() for spelling in [keyword["word"], *aliases]}


def write_archive(file: Path, sentences: list[str], entries: int) -> None:
    """Write entries of about CHARACTERS characters, oldest first."""
    chance = random.Random(2)
    before = ""
    with file.open("w", encoding="utf-8") as archive:
        for number in range(entries):
            day = f"{2020 + number * DAYS // entries // 336}-{number * DAYS // entries % 336 // 28 + 1:02}"
            day += f"-{number * DAYS // entries % 28 + 1:02}"
            written = f"{day.replace('-', '')}{number // 3600 % 24:02}{number // 60 % 60:02}{number % 60:02}"
            record = {"id": written, "date": day, "title": chance.choice(sentences).strip()[:40]}
            record["body"] = body(chance, sentences)
            if before and chance.random() < 0.1:
                record["reply_to"] = before
            archive.write(json.dumps(record, ensure_ascii=False) + "\n")
            before = written


def body(chance: random.Random, sentences: list[str]) -> str:
    """Sentences in paragraphs up to CHARACTERS characters."""
    parts: list[str] = []
    length = 0
    while length < CHARACTERS:
        part = chance.choice(sentences)
        part = part + "\n\n" if chance.random() < 0.2 else part
        parts.append(part)
        length += len(part)
    return "".join(parts)[:CHARACTERS]


def run(folder: Path, *arguments: str) -> int:
    """Run a command in this folder; returns the most memory that it used, in bytes."""
    environment = {**os.environ, "NANASHI_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    process = psutil.Popen(
        [sys.executable, "-m", "nanashi", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    most = 0
    while process.poll() is None:
        most = max(most, memory_of(process))
        time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"nanashi {' '.join(arguments)} ended with status {process.returncode}")
    return most


def memory_of(process: psutil.Process) -> int:
    """Proportional set size of a process and all that it started, in bytes."""
    total = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            total += one.memory_full_info().pss
    except psutil.Error:
        pass
    return total


if __name__ == "__main__":
    main()
