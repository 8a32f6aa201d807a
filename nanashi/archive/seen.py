"""What a run has met so far, in a temporary database of its own: an archive may be larger than memory."""

import sqlite3

CACHE_KIB = 8_192
"""Memory for it; beyond, SQLite spills to a temporary file that no other program can open."""


class Seen:
    """Names (ids, identities) with the digest of what they stood for, and counts of equal texts in a file."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"""
            PRAGMA journal_mode=OFF;
            PRAGMA synchronous=OFF;
            PRAGMA cache_size=-{CACHE_KIB};
            CREATE TABLE names (name BLOB PRIMARY KEY, digest BLOB) WITHOUT ROWID;
            CREATE TABLE equals (digest BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID;
        """)

    def close(self) -> None:
        """Drop everything."""
        self._database.close()

    def begin_file(self) -> None:
        """Count equals from 0 again: each file numbers its own."""
        self._database.execute("DELETE FROM equals")

    def ordinal(self, digest: bytes) -> int:
        """How many texts equal to this one came before it in this file."""
        (times,) = self._database.execute(
            "INSERT INTO equals VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times",
            [digest],
        ).fetchone()
        return int(times) - 1

    def digest_of(self, name: bytes) -> bytes | None:
        """What a name stood for when it was first met in this run."""
        found = self._database.execute("SELECT digest FROM names WHERE name = ?", [name]).fetchone()
        return None if found is None else bytes(found[0])

    def remember(self, name: bytes, digest: bytes) -> None:
        """Note what a name stands for."""
        self._database.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", [name, digest])
