"""What all logs, settings and copies hold that they must not: names, addresses, keys, tokens."""

import base64
import hashlib
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from drills.joins.attack import Attack
from drills.joins.scores import Score, seen
from drills.stage.images import ACCOUNTS, DIARY, everything, opened, tables
from drills.stage.week import DAYS, Week
from tests.models import listed_tables

LISTED = {DIARY: listed_tables.DIARY, ACCOUNTS: listed_tables.ACCOUNTS}


def names_in_logs(week: Week) -> Score:
    """17: names, client addresses and browsers of writers in what the server said."""
    said = week.log.read_text(errors="replace")
    return seen(any(f"canary-{writer.name}" in said or f" {writer.name} " in said for writer in week.writers))


def addresses_in_logs(week: Week) -> Score:
    """17: paths and ids of entries in what the server said."""
    said = week.log.read_text(errors="replace")
    return seen(any(public_id in said for public_id, _ in week.posts) or "POST /" in said)


def faults_in_logs(week: Week) -> Score:
    """17: what the server said of a page that failed and of a reply that it refused: texts, tracebacks, when."""
    said = week.log.read_text(errors="replace")
    return seen(any(part in said for part in ("cannot show", "Traceback", "Service Unavailable")))


def keys_in_addresses(week: Week) -> Score:
    """18: something like a key in an address that a browser was sent to, before its fragment."""
    sent = [location.partition("#")[0] for location in week.locations]
    return seen(any(re.search(r"[?&]|[0-9a-fA-F]{32}", location) for location in sent))


def tokens_on_disk(week: Week) -> Score:
    """16: tokens of forms in any copy."""
    raw = everything(week.folder / f"live-{DAYS - 1}")
    return seen(any(token.encode() in raw for token in week.tokens))


def cookies_open(week: Week) -> Score:
    """9 and 6: any 32 bytes that the disk gives away, tried as the key of cookies that were caught."""
    keys = _keys_on_disk(week)
    for cookie in week.cookies[-20:]:
        name, _, value = cookie.partition("=")
        try:
            sealed = base64.urlsafe_b64decode(value + "==")
        except ValueError:
            continue
        if any(_opens(sealed, key, name) for key in keys):
            return seen(True)
    return seen(False)


def _keys_on_disk(week: Week) -> set[bytes]:
    found: set[bytes] = set()
    for image in (week.folder / f"live-{DAYS - 1}", week.folder / "sealed"):
        for file in image.rglob("*"):
            if file.is_file() and file.stat().st_size < 4_096:
                raw = file.read_bytes()
                found |= {
                    hashlib.sha256(raw).digest(),
                    hashlib.sha256(raw.strip()).digest(),
                    raw[:32].ljust(32),
                }
        for name in (DIARY, ACCOUNTS):
            with opened(image, name) as database:
                for table in tables(database):
                    if table.startswith("nanashi_account"):
                        for row in database.execute(f'SELECT * FROM "{table}"'):
                            found |= {value for value in row if isinstance(value, bytes) and len(value) == 32}
    return found


def _opens(sealed: bytes, key: bytes, name: str) -> bool:
    try:
        AESGCM(key).decrypt(sealed[:12], sealed[12:], name.encode())
    except (InvalidTag, ValueError):
        return False
    return True


def unlisted_columns(week: Week) -> Score:
    """4 and 13: tables and columns that nobody listed, in both files."""
    odd: set[tuple[str, str]] = set()
    for name, listed in LISTED.items():
        with opened(week.folder / "sealed", name) as database:
            for table, columns in tables(database).items():
                odd |= {(table, column) for column in set(columns) - listed.get(table, set())}
    return seen(bool(odd))


JOINS = (
    Attack("17", "writers in logs", names_in_logs),
    Attack("17", "entries in logs", addresses_in_logs),
    Attack("17", "faults in logs", faults_in_logs),
    Attack("18", "keys in addresses", keys_in_addresses),
    Attack("16", "tokens of forms on the disk", tokens_on_disk),
    Attack("9", "keys on the disk that open cookies", cookies_open),
    Attack("4", "tables and columns that nobody listed", unlisted_columns),
)
