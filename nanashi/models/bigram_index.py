"""The search index: one contentless FTS5 table of grams, its rowid the entry's key.

It proposes entries, newest first (an entry's key begins with its day), and keeps no text: detail=none holds
neither positions nor counts. An entry is taken out by the same grams that put it in.

What was taken out stays in the file's bytes until the index is made anew. The seal does that beside the one that
answers: a second index is filled in the order of keys while posting goes on, then takes the first one's name.
As long as there is a second one, what comes and goes below the key that it has reached comes and goes there too.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.backends.utils import CursorWrapper

from nanashi.text.grams import query_grams

REACHED = "nanashi_bigrams_reached"
"""A table of one row, there as long as the second index is: the last key that it has been filled to."""
CREATE = """
CREATE VIRTUAL TABLE nanashi_bigrams USING fts5(
    grams, content='', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* Co Cn Cf Cs'"
)"""
DROP = "DROP TABLE nanashi_bigrams"
ADD = "INSERT INTO nanashi_bigrams(rowid, grams) VALUES (%s, %s)"
REMOVE = "INSERT INTO nanashi_bigrams(nanashi_bigrams, rowid, grams) VALUES ('delete', %s, %s)"
BEYOND = 2**63 - 1
"""No entry's key is larger."""
IN_MEMORY = 16_000_000
"""Bytes of grams that a bulk load gathers before they are written: fewer, larger segments."""
MERGE_PAGES = 500
"""Pages of the second index that are merged in one turn: about 0.1 s."""


def add(rows: Iterable[tuple[int, str]]) -> None:
    """Index entries given as (key, row from `grams_of`), keys ascending: out of order, each is a segment."""
    listed = list(rows)
    with connection.cursor() as cursor:
        _write(cursor, ADD, listed)


def remove(rows: Iterable[tuple[int, str]]) -> None:
    """Take entries out, given as they were put in: (key, the same row from `grams_of`), before the source goes."""
    listed = list(rows)
    with connection.cursor() as cursor:
        _write(cursor, REMOVE, listed)


def begin_second() -> None:
    """Make an empty second index; what a refilling that was cut off has left goes. Within a turn."""
    drop_second()
    with connection.cursor() as cursor:
        cursor.execute(_of_second(CREATE))
        cursor.execute("CREATE TABLE nanashi_bigrams_reached (key integer NOT NULL PRIMARY KEY)")
        cursor.execute("INSERT INTO nanashi_bigrams_reached VALUES (0)")


def drop_second() -> None:
    """Take away what a refilling that was cut off has left. Within a turn."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS nanashi_bigrams_second")
        cursor.execute("DROP TABLE IF EXISTS nanashi_bigrams_reached")


def add_to_second(rows: list[tuple[int, str]]) -> None:
    """Fill the second index on, with all entries between what it has reached and the last of these. In a turn."""
    with connection.cursor() as cursor:
        cursor.executemany(_of_second(ADD), rows)
        cursor.execute("UPDATE nanashi_bigrams_reached SET key = %s", [rows[-1][0]])


def finish_second() -> None:
    """It holds all entries; whatever comes from now on belongs there, too. In the turn that found no more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE nanashi_bigrams_reached SET key = %s", [BEYOND])


def merge_second(*, first: bool) -> bool:
    """Merge some of its segments, within a turn; gives whether there are more to merge.

    A negative number begins to merge all of them into one, further calls go on with that; nothing is left when
    a call changes no row (https://sqlite.org/fts5.html, "The 'merge' Command").
    """
    with connection.cursor() as cursor:
        before = _changes(cursor)
        pages = -MERGE_PAGES if first else MERGE_PAGES
        cursor.execute(
            "INSERT INTO nanashi_bigrams_second(nanashi_bigrams_second, rank) VALUES ('merge', %s)", [pages]
        )
        return first or _changes(cursor) - before > 1


def swap() -> None:
    """Let the second index answer from now on. Within a transaction, with nobody else writing."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO nanashi_bigrams_second(nanashi_bigrams_second) VALUES ('optimize')")
        cursor.execute(DROP)
        cursor.execute("ALTER TABLE nanashi_bigrams_second RENAME TO nanashi_bigrams")
        cursor.execute("DROP TABLE nanashi_bigrams_reached")


def prepare_bulk() -> None:
    """Let this connection gather more before it writes; for imports."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO nanashi_bigrams(nanashi_bigrams, rank) VALUES ('hashsize', %s)", [IN_MEMORY]
        )


def _write(cursor: CursorWrapper, sql: str, rows: list[tuple[int, str]]) -> None:
    """Do this to the index, and to the second one where it has reached that far."""
    cursor.executemany(sql, rows)
    last = reached()
    if last is not None:
        cursor.executemany(_of_second(sql), [row for row in rows if row[0] <= last])


def _of_second(sql: str) -> str:
    return sql.replace("nanashi_bigrams", "nanashi_bigrams_second")


def reached() -> int | None:
    """The key up to which the second index is filled; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [REACHED])
        if cursor.fetchone() is None:
            return None
        cursor.execute("SELECT key FROM nanashi_bigrams_reached")
        (key,) = cursor.fetchone()
        return int(key)


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    (number,) = cursor.fetchone()
    return int(number)


def candidates(terms: list[str], before: int | None = None) -> Iterator[int]:
    """Keys of entries that may contain every term, newest first, below `before`."""
    match = _match(terms)
    if not match:
        return
    sql = "SELECT rowid FROM nanashi_bigrams WHERE nanashi_bigrams MATCH %s"
    arguments: list[object] = [match]
    if before is not None:
        sql += " AND rowid < %s"
        arguments.append(before)
    with connection.cursor() as cursor:
        cursor.execute(sql + " ORDER BY rowid DESC", arguments)
        while rows := cursor.fetchmany(100):
            yield from (key for (key,) in rows)


def _match(terms: list[str]) -> str:
    """The FTS5 query: every whole gram, and a prefix for each one-character term."""
    parts: list[str] = []
    for term in terms:
        whole, beginnings = query_grams(term)
        parts += [_quoted(gram) for gram in sorted(whole)]
        parts += [_quoted(beginning) + "*" for beginning in sorted(beginnings)]
    return " AND ".join(dict.fromkeys(parts))


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'
