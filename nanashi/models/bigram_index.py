"""The search index: one contentless FTS5 table of grams, its rowid the entry's key.

It proposes entries, newest first (an entry's key begins with its day), and keeps no text: detail=none holds
neither positions nor counts. An entry is taken out by the same grams that put it in.
"""

from collections.abc import Iterable, Iterator

from django.db import connection

from nanashi.text.grams import query_grams

CREATE = """
CREATE VIRTUAL TABLE nanashi_bigrams USING fts5(
    grams, content='', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* Co Cn Cf Cs'"
)"""
DROP = "DROP TABLE nanashi_bigrams"
IN_MEMORY = 16_000_000
"""Bytes of grams that a bulk load gathers before they are written: fewer, larger segments."""


def add(rows: Iterable[tuple[int, str]]) -> None:
    """Index entries given as (key, row from `grams_of`), keys ascending: out of order, each is a segment."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO nanashi_bigrams(rowid, grams) VALUES (%s, %s)", rows)


def prepare_bulk() -> None:
    """Let this connection gather more before it writes; for imports."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO nanashi_bigrams(nanashi_bigrams, rank) VALUES ('hashsize', %s)", [IN_MEMORY]
        )


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
