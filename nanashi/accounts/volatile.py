"""What is remembered for minutes or days and must never reach a disk: keys of sessions and rates, ended sessions,
tokens of forms, counters of attempts.

Names are kept as HMACs: those of rates under the key of the day, which is gone the day after; an address has 2^32
values, and could be found by trying under a key that stays.
"""

import datetime
import hmac
import secrets
import sqlite3
import time

from django.conf import settings
from django.utils import timezone

from nanashi.accounts.rates import rate_of
from nanashi.accounts.volatile_store import reading, writing
from nanashi.identity import rate as rates
from nanashi.identity.rate import EMPTY, Bucket

KEY_BYTES = 32
NO_DAY = 1 << 40
"""Number of the key that stays as long as the store."""
LONGEST_NAME = 400
MOST_ROWS = 200_000
"""Rows of a table, some 20 MB; beyond, the oldest are dropped."""
TOKEN = "token of a form"  # noqa: S105 - names a kind


def remember_token(token: str, value: str, seconds: float) -> None:
    """Keep a value under a form's token for so long, whatever it had before."""
    replace(TOKEN, token, value.encode(), seconds)


def claim_token(token: str, seconds: float, claim: str = "", *, instead_of: str | None = None) -> bool:
    """Keep a claim under a token unless it has a value, other than `instead_of`; whether it was kept.

    Of two clicks at once, one gets True.
    """
    with writing() as database:
        if token_value(token) not in (None, instead_of):
            return False
        _keep(database, TOKEN, token, claim.encode(), seconds)
        return True


def token_value(token: str) -> str | None:
    """The value under a token: "" while it is only claimed, None where there is none or its time is over."""
    value = recall(TOKEN, token)
    return None if value is None else value.decode()


def forget_token(token: str) -> None:
    """Give a token free again."""
    with writing() as database:
        database.execute("DELETE FROM remembered WHERE name = ?", [_name(TOKEN, token)])


def replace(kind: str, name: str | bytes, value: bytes, seconds: float) -> None:
    """Keep a value for so long, whatever the name had before."""
    with writing() as database:
        _keep(database, kind, name, value, seconds)


def recall(kind: str, name: str | bytes) -> bytes | None:
    """The value that is kept under this name."""
    with reading() as database:
        found = database.execute(
            "SELECT value FROM remembered WHERE name = ? AND until >= ?", [_name(kind, name), time.time()]
        ).fetchone()
    return None if found is None else bytes(found[0])


def spend(kind: str, who: str, cost: float = 1.0) -> float:
    """Take note of an attempt of a kind in rates.RATES; seconds to wait before it is allowed, 0 where it is."""
    rate = rate_of(kind, who)
    with writing() as database:
        name = _digest(day_key(), kind, who)
        found = database.execute("SELECT level, at FROM bucket WHERE name = ?", [name]).fetchone()
        bucket, wait = rates.spend(Bucket(*found) if found else EMPTY, rate, time.time(), cost)
        database.execute("INSERT OR REPLACE INTO bucket VALUES (?, ?, ?)", [name, *bucket])
        if found is None:
            _drop_oldest(database, "bucket", "at")
    return wait


def day_key() -> bytes:
    """The random key of today; made when it is first asked for, while those that are too old are dropped."""
    today = _today()
    key = _key(today)
    if key is not None:
        return key
    with writing() as database:
        oldest = today - settings.SESSION_DAYS
        database.execute("DELETE FROM day_key WHERE day <= ?", [oldest])
        # Of a day before the oldest session no count of attempts and no ended session is of use.
        database.execute("DELETE FROM bucket")
        database.execute("DELETE FROM remembered WHERE until < ?", [time.time()])
    return _made(today)


def earlier_keys() -> list[bytes]:
    """The keys of the days before, newest first, whose cookies still count."""
    today = _today()
    with reading() as database:
        found = database.execute(
            "SELECT key FROM day_key WHERE day > ? AND day < ? ORDER BY day DESC",
            [today - settings.SESSION_DAYS, today],
        ).fetchall()
    return [bytes(key) for (key,) in found]


def seconds_kept() -> float:
    """Seconds until a cookie that is given out now is refused in any case."""
    now = timezone.localtime()
    last = now.date() + datetime.timedelta(days=settings.SESSION_DAYS)
    # Not a difference of two times of one zone: that has 24 hours in every day, also when clocks are put back.
    return datetime.datetime.combine(last, datetime.time.min, now.tzinfo).timestamp() - now.timestamp()


def _today() -> int:
    return timezone.localdate().toordinal()


def _keep(database: sqlite3.Connection, kind: str, name: str | bytes, value: bytes, seconds: float) -> None:
    until = time.time() + seconds
    database.execute("INSERT OR REPLACE INTO remembered VALUES (?, ?, ?)", [_name(kind, name), value, until])
    _drop_oldest(database, "remembered", "until")


def _drop_oldest(database: sqlite3.Connection, table: str, column: str) -> None:
    """Now and then, keep a table within its bound."""
    if secrets.randbelow(1_000):
        return
    # Both names are our own, of the two calls above.
    query = f"DELETE FROM {table} WHERE name IN (SELECT name FROM {table} ORDER BY {column} DESC LIMIT -1 OFFSET ?)"  # noqa: S608
    database.execute(query, [MOST_ROWS])


def _name(kind: str, name: str | bytes) -> bytes:
    """A name as it is kept under the key that stays; what is kept so is random itself."""
    return _digest(_key(NO_DAY) or _made(NO_DAY), kind, name)


def _digest(key: bytes, kind: str, name: str | bytes) -> bytes:
    raw = name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
    return hmac.digest(key, kind.encode() + b"\0" + raw[:LONGEST_NAME], "sha256")


def _key(day: int) -> bytes | None:
    with reading() as database:
        found = database.execute("SELECT key FROM day_key WHERE day = ?", [day]).fetchone()
    return None if found is None else bytes(found[0])


def _made(day: int) -> bytes:
    """A new key for this day, or the one that another process has just made."""
    with writing() as database:
        new = secrets.token_bytes(KEY_BYTES)
        database.execute("INSERT OR IGNORE INTO day_key VALUES (?, ?)", [day, new])
        key = _key(day)
    if key is None:
        raise LookupError(day)
    return key
