"""Joins that bring back the order of publishing or of signing up: the first step to who was there when."""

import json
import tarfile
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from drills.joins.attack import Attack
from drills.joins.scores import Score, order, seen
from drills.stage.images import ACCOUNTS, DIARY, entry_moments, opened, tables
from drills.stage.week import Week

ZONE = ZoneInfo("Asia/Tokyo")
"""Of the diary, as nobody sets another one here: its days begin and end there."""
PAGE = 4_096
"""Bytes of a page of SQLite."""


def _by_quarter(week: Week, place: Mapping[str, float]) -> Score:
    moments = entry_moments(week.folder / "sealed")
    posts = [public_id for public_id, _ in week.posts if public_id in moments]
    return order(place, posts, moments.__getitem__)


def hidden_rowids(week: Week) -> Score:
    """2: the rowids of every table that names entries; the best of them counts."""
    scores = [Score(0, 0, 0.5)]
    ids = {public_id for public_id, _ in week.posts}
    with opened(week.folder / "sealed", DIARY) as database:
        keys = dict(database.execute("SELECT key, public_id FROM nanashi_entry"))
        for table in tables(database):
            place = _rowids(database, table, keys, ids)
            if place:
                scores.append(_by_quarter(week, place))
    return max(scores, key=lambda score: score.excess)


def _rowids(database: object, table: str, keys: Mapping[int, str], ids: set[str]) -> dict[str, float]:
    try:
        rows = database.execute(f'SELECT rowid, * FROM "{table}"').fetchall()  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - WITHOUT ROWID, or a shadow table
        return {}
    place: dict[str, float] = {}
    for rowid, *values in rows:
        for value in values:
            public_id = keys.get(value) if isinstance(value, int) else value if value in ids else None
            if public_id is not None and isinstance(rowid, int):
                place.setdefault(str(public_id), rowid)
    return place


def places_in_file(week: Week) -> Score:
    """3: where in the file each entry stands: pages and cells are given out in the order of writing."""
    return _by_quarter(week, _places(week, (week.folder / "sealed" / DIARY).read_bytes()))


def _places(week: Week, raw: bytes) -> dict[str, float]:
    """Page and cell of each entry's text: pages are taken from the front, cells of a page from its end."""
    with opened(week.folder / "sealed", DIARY) as database:
        ends = dict(database.execute("SELECT public_id, substr(source_text, -16) FROM nanashi_entry"))
    found = {public_id: raw.find(end.encode()) for public_id, end in ends.items()}
    return {one: at - at % PAGE + PAGE - 1 - at % PAGE for one, at in found.items() if at >= 0}


def backups(week: Week) -> Score:
    """14: the same, in a backup."""
    with tarfile.open(week.folder / "backup.tar") as backup:
        member = next(one for one in backup.getmembers() if one.name.endswith(DIARY))
        file = backup.extractfile(member)
        raw = file.read() if file is not None else b""
    return _by_quarter(week, _places(week, raw))


def exports(week: Week) -> Score:
    """27: the order of lines in an export."""
    place: dict[str, float] = {}
    with open(week.folder / "export.jsonl", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            place[json.loads(line)["id"]] = number
    return _by_quarter(week, place)


def letters_of_ids(week: Week) -> Score:
    """2: public ids in the order of the alphabet."""
    ids = sorted(public_id for public_id, _ in week.posts)
    return _by_quarter(week, {public_id: at for at, public_id in enumerate(ids)})


def sign_ups(week: Week) -> Score:
    """7: the order of accounts in their file against the order in which writers first appeared."""
    first: list[str] = []
    for _, name in week.posts:
        if name not in first:
            first.append(name)
    with opened(week.folder / "sealed", ACCOUNTS) as database:
        rows = [row[0] for row in database.execute("SELECT name FROM nanashi_account ORDER BY rowid")]
    return order({name: at for at, name in enumerate(rows)}, first, lambda _: 0)


def file_times(week: Week) -> Score:
    """8: times of files that are finer than a day, in a sealed copy."""
    kept = (file for file in (week.folder / "sealed").rglob("*") if file.is_file() and not _is_lock(file))
    times = (datetime.fromtimestamp(file.stat().st_mtime, ZONE).time() for file in kept)
    return seen(any(one != time() for one in times))


def _is_lock(file: Path) -> bool:
    """Whether it is empty and held by processes while they run, not written when somebody writes."""
    return file.stat().st_size == 0 and file.suffix in (".lock", ".turn", ".pause", ".next")


JOINS = (
    Attack("2", "hidden rowids", hidden_rowids, statistical=True),
    Attack("3", "places in the file", places_in_file, statistical=True),
    Attack("14", "places in a backup", backups, statistical=True, planted=False),
    Attack("27", "order of an export", exports, statistical=True),
    Attack("2", "letters of public ids", letters_of_ids, statistical=True),
    Attack("7", "order of accounts against first entries", sign_ups, statistical=True),
    Attack("8", "times of files", file_times),
)
