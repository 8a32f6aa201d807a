"""Joins that say which account wrote an entry, from copies of the disk."""

import base64
import hashlib
import hmac
import random
import re
import struct
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from drills.joins.attack import Attack
from drills.joins.scores import NOTHING, Score, guesses, seen
from drills.stage.images import (
    ACCOUNTS,
    DIARY,
    account_contents,
    account_keys,
    changed,
    gather,
    opened,
    tables,
)
from drills.stage.week import DAYS, SPELL, Week
from nanashi.identity.entry_keys import GAP, derived_key, locator_of

LAST_COMMITS = 40


def polling(week: Week) -> Score:
    """15: read the accounts before and after each post; whose row changed wrote it."""
    names = {key: name for name, key in account_keys(week.folder / f"live-{DAYS - 1}").items()}
    pairs = [
        (names[min(keys)], writer) for writer, keys in week.polls if len(keys) == 1 and min(keys) in names
    ]
    return guesses(pairs, len(week.writers)) if pairs else NOTHING


def rows_changed(week: Week) -> Score:
    """10: two copies; those whose rows changed are those who posted in between."""
    before, after, posted = week.spell
    names = {key: name for name, key in account_keys(week.folder / f"live-{SPELL}").items()}
    moved = {names[key] for key in changed(before, after) if key in names}
    there = {names[key] for key in before if key in names}
    return _balanced(posted & there, there - posted, moved)


def _balanced(positive: set[str], negative: set[str], guessed: set[str]) -> Score:
    chance = random.Random(7)
    size = min(len(positive), len(negative))
    if not size:
        return NOTHING
    hits = sum(name in guessed for name in chance.sample(sorted(positive), size))
    hits += sum(name not in guessed for name in chance.sample(sorted(negative), size))
    return Score(hits, size * 2, 0.5)


def log_groups(week: Week) -> Score:
    """1: the commits in the diary's write-ahead log: whose rows change with an entry, or right after it, wrote it."""
    image = week.folder / f"live-{DAYS - 1}"
    names = {key: name for name, key in account_keys(image).items()}
    truth, pairs, came = week.writer_of(), [], ""
    for before, after in pairwise(_states(image, dict.fromkeys(names, b""))):
        new = after.entries - before.entries
        came = min(new) if len(new) == 1 else came
        moved = changed(before.accounts, after.accounts)
        if len(moved) == 1 and came in truth:
            pairs.append((names[min(moved)], truth[came]))
            came = ""
    return guesses(pairs, len(week.writers)) if pairs else NOTHING


class _State(NamedTuple):
    """The diary after one commit."""

    entries: frozenset[str]
    accounts: dict[int, bytes]


def _states(image: Path, accounts: dict[int, bytes]) -> Iterator[_State]:
    """The diary after each of the last commits in its log."""
    log = image / f"{DIARY}-wal"
    if not log.exists() or log.stat().st_size < 32:
        return
    raw, pages = log.read_bytes(), bytearray((image / DIARY).read_bytes())
    size, salt = struct.unpack(">I", raw[8:12])[0], raw[16:24]
    frames = [raw[at : at + 24 + size] for at in range(32, len(raw) - 23 - size, 24 + size)]
    frames = [frame for frame in frames if frame[8:16] == salt]
    commits = [at for at, frame in enumerate(frames) if struct.unpack(">I", frame[4:8])[0]]
    wanted = set(commits[-LAST_COMMITS:])
    with tempfile.TemporaryDirectory(prefix="nanashi-log-") as folder:
        for at, frame in enumerate(frames):
            start = (struct.unpack(">I", frame[:4])[0] - 1) * size
            pages.extend(bytes(max(0, start + size - len(pages))))
            pages[start : start + size] = frame[24:]
            if at in wanted:
                pages[18:20] = b"\x01\x01"  # read without a log
                (Path(folder) / DIARY).write_bytes(pages)
                yield _state(Path(folder), accounts)


def _state(folder: Path, accounts: dict[int, bytes]) -> _State:
    with opened(folder, DIARY) as database:
        entries = frozenset(row[0] for row in database.execute("SELECT public_id FROM nanashi_entry"))
        found = dict(accounts)
        gather(database, found)
    return _State(entries, found)


def author_column(week: Week) -> Score:
    """9 and 1: some column of some row beside an entry's id is an account's key, name, or a hash of them."""
    image = week.folder / "sealed"
    tokens = {token: name for name, key in account_keys(image).items() for token in _tokens(week, name, key)}
    truth, guessed = week.writer_of(), {}
    with opened(image, DIARY) as database:
        for table in tables(database):
            for row in database.execute(f'SELECT * FROM "{table}"'):
                ids = [value for value in row if isinstance(value, str) and value in truth]
                for value in row:
                    if ids and isinstance(value, str | bytes | int) and value in tokens:
                        guessed[ids[0]] = tokens[value]
    return (
        guesses([(name, truth[one]) for one, name in guessed.items()], len(week.writers))
        if guessed
        else NOTHING
    )


def _tokens(week: Week, name: str, key: int) -> Iterator[object]:
    """What a developer might have written in the place of an author."""
    secret = (week.folder / "sealed" / "secret_key").read_bytes()
    yield from (name, key, str(key))
    for text in (name, str(key)):
        for digest in (
            hashlib.sha256(text.encode()).digest(),
            hashlib.md5(text.encode()).digest(),
            hmac.digest(secret, text.encode(), "sha256"),
        ):
            yield from (digest, digest[:16], digest.hex(), base64.b64encode(digest).decode())


def locators(week: Week) -> Score:
    """2: try as master secrets all that is known of each account, and look for the locators of its first numbers."""
    image = week.folder / "sealed"
    with opened(image, DIARY) as database:
        by_locator = dict(
            database.execute("SELECT locator, public_id FROM nanashi_entry WHERE locator IS NOT NULL")
        )
    truth, pairs = week.writer_of(), []
    names = {key: name for name, key in account_keys(image).items()}
    with opened(image, ACCOUNTS) as database:
        rows = [row for table in tables(database) for row in database.execute(f'SELECT * FROM "{table}"')]
    for row in rows:
        name = next((names[value] for value in row if isinstance(value, int) and value in names), "")
        for master in _masters(row):
            for number in range(GAP):
                public_id = by_locator.get(locator_of(derived_key(master, number)))
                if public_id in truth:
                    pairs.append((name, truth[public_id]))
    return guesses(pairs, len(week.writers)) if pairs else NOTHING


def _masters(row: Sequence[object]) -> set[bytes]:
    """What in a row could be a master secret, or what one is made from."""
    texts = {value if isinstance(value, bytes) else str(value).encode() for value in row}
    found = texts | {hashlib.sha256(text).digest() for text in texts} | {text[:32] for text in texts}
    return found | {bytes.fromhex(text[:64].decode()) for text in texts if re.match(rb"[0-9a-f]{64}", text)}


def sizes(week: Week) -> Score:
    """5: of two accounts, the one with the larger rows wrote more."""
    keys = account_keys(week.folder / "sealed")
    contents = account_contents(week.folder / "sealed")
    length = {name: len(contents[key]) - 2 * len(name) - len(str(key)) for name, key in keys.items()}
    wrote = {writer.name: len(writer.entries) for writer in week.writers if writer.name in keys}
    chance, hits, tries = random.Random(7), 0.0, 0
    for one, other in (chance.sample(sorted(wrote), 2) for _ in range(2_000)):
        if wrote[one] != wrote[other]:
            tries += 1
            same = length[one] == length[other]
            hits += 0.5 if same else (length[one] > length[other]) == (wrote[one] > wrote[other])
    return Score(hits / tries * min(tries, len(wrote)), min(tries, len(wrote)), 0.5) if tries else NOTHING


def vanished(week: Week) -> Score:
    """12: accounts and entries that went between two copies: those went together."""
    before, after = account_keys(week.folder / "sealed-3"), account_keys(week.folder / "sealed-5")
    gone = sorted(set(before) - set(after))
    truth = week.writer_of()
    chance = random.Random(7)
    pairs = [(chance.choice(gone), truth[one]) for one in week.withdrawn if gone]
    return guesses(pairs, len(week.writers)) if pairs else NOTHING


def banned(week: Week) -> Score:
    """11 and 25: can somebody stop another's account by trying passwords, and see whether entries stop?"""
    return seen(week.locked_out)


JOINS = (
    Attack("15", "polling the accounts", polling, statistical=True),
    Attack("10", "rows that changed between copies", rows_changed, statistical=True),
    Attack("1", "commits in the log", log_groups, statistical=True),
    Attack("4", "a column that names the author", author_column),
    Attack("2", "locators from what is stored", locators),
    Attack("5", "sizes of accounts against entries", sizes, statistical=True),
    Attack("12", "accounts and entries that vanish together", vanished, statistical=True, planted=False),
    Attack("25", "locking another's account", banned),
)
