"""What the database file itself gives away: no order of writing, no text twice."""

import datetime
import random
import re
from pathlib import Path

import pytest
from django.db import connection, connections

from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import KeywordDraft, define_many
from nanashi.models import keys
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish_many
from tests.models import listed_tables

HIDDEN_ROWID_ALLOWED = {
    "django_migrations": "written by migrations only, never by posting",
    "sqlite_sequence": "SQLite's own, of django_migrations",
    "nanashi_bigrams": "a virtual table; its rowid is the entry's key",
    "nanashi_bigrams_data": "its segments; made anew by the optimising that comes before a VACUUM",
}


def tables(alias: str = "default") -> dict[str, str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return dict(cursor.fetchall())


def has_hidden_rowid(sql: str) -> bool:
    """Whether a table keeps a rowid that no column shows: not WITHOUT ROWID, no INTEGER PRIMARY KEY."""
    words = re.sub(r"\s+", " ", sql).upper()
    own_key = re.search(r'"?\w+"? INTEGER (NOT NULL )?PRIMARY KEY', words)
    return not words.rstrip().endswith("WITHOUT ROWID") and not own_key


@pytest.mark.usefixtures("diary")
def test_no_table_keeps_the_order_of_writing() -> None:
    every = {**tables(), **tables("accounts")}
    hidden = {name for name, sql in every.items() if has_hidden_rowid(sql)}
    assert hidden - HIDDEN_ROWID_ALLOWED.keys() == set()
    assert {"nanashi_entry", "nanashi_occurrence", "nanashi_reference", "nanashi_keyword"} <= tables().keys()


def columns(alias: str) -> dict[str, set[str]]:
    with connections[alias].cursor() as cursor:
        query = "SELECT name FROM pragma_table_info(%s)"
        return {table: {name for (name,) in cursor.execute(query, [table])} for table in tables(alias)}


@pytest.mark.usefixtures("diary")
def test_every_table_and_column_is_listed_and_accounts_are_in_a_file_of_their_own() -> None:
    assert columns("accounts") == listed_tables.ACCOUNTS
    assert columns("default") == listed_tables.DIARY


@pytest.mark.parametrize(
    ("sql", "hidden"),
    [
        ("CREATE TABLE a (key bigint NOT NULL PRIMARY KEY, text text)", True),
        ("CREATE TABLE a (key varchar(9) NOT NULL PRIMARY KEY)", True),
        ("CREATE TABLE a (one integer, two integer, PRIMARY KEY (one, two))", True),
        ("CREATE TABLE a (one integer, two integer, PRIMARY KEY (one, two)) WITHOUT ROWID", False),
        ('CREATE TABLE "a" ("key" integer NOT NULL PRIMARY KEY)', False),
    ],
)
def test_a_hidden_rowid_would_be_found(sql: str, hidden: bool) -> None:
    assert has_hidden_rowid(sql) is hidden


@pytest.mark.usefixtures("diary")
def test_the_search_index_keeps_no_text() -> None:
    sql = tables()["nanashi_bigrams"]
    assert "content=''" in sql
    assert "detail=none" in sql
    assert "nanashi_bigrams_content" not in tables()


def drafts() -> list[Draft]:
    """Entries of two quarters of an hour that answer and name one another."""
    ids = [f"20240606-aaaaa{n}" for n in range(2, 10)]
    return [
        Draft(
            body=f"雨の日 {n}。{'長い一日。' * n * 40} >>{ids[n - 3]}",
            day=datetime.date(2024, 6, 6),
            quarter=n % 2,
            public_id=public_id,
            reply_to=(ids[n - 1],) if n else (),
        )
        for n, public_id in enumerate(ids)
    ]


@pytest.fixture
def reproducible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random keys that depend on what is written, not on when."""
    monkeypatch.setattr(keys.secrets, "randbits", random.Random("keywords").getrandbits)


def image(file: Path, order: list[Draft], monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The bytes of a diary in which these entries were published in this order."""
    list(define_many([KeywordDraft("雨"), KeywordDraft("一日")]))
    with renderer(1) as rendering:
        for draft in order:
            monkeypatch.setattr(keys.secrets, "randbits", random.Random(draft.public_id).getrandbits)
            list(publish_many([draft], rendering))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO nanashi_bigrams(nanashi_bigrams) VALUES ('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


@pytest.mark.usefixtures("reproducible")
def test_two_orders_of_publishing_leave_the_same_file(
    diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = diary / "nanashi.sqlite3"
    empty = file.read_bytes()
    first = image(file, drafts(), monkeypatch)
    connection.close()
    file.write_bytes(empty)
    monkeypatch.setattr(keys.secrets, "randbits", random.Random("keywords").getrandbits)
    second = image(file, list(reversed(drafts())), monkeypatch)
    assert first == second
