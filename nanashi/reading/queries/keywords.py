"""Keywords: by word, by shelf, and the entries that contain one."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection

from nanashi.models import Alias, Keyword, Occurrence
from nanashi.reading.queries.entries import BEYOND_ALL, EntryPage, page_of
from nanashi.text import normalise

SHELVES = """
WITH RECURSIVE found (shelf) AS (
    SELECT MIN(shelf) FROM nanashi_keyword
    UNION ALL
    SELECT (SELECT MIN(shelf) FROM nanashi_keyword WHERE shelf > found.shelf)
    FROM found WHERE found.shelf IS NOT NULL
)
SELECT shelf FROM found WHERE shelf IS NOT NULL"""

INDEX_PAGE = """
SELECT word, reading, shelf, (
    SELECT COUNT(*) FROM (SELECT 1 FROM nanashi_occurrence o WHERE o.keyword_id = k.key LIMIT %s) AS counted
)
FROM nanashi_keyword k
WHERE (shelf, sort_key, key) > (%s, %s, %s)
ORDER BY shelf, sort_key, key LIMIT %s"""


WITH_KEYWORD = """
nanashi_occurrence o JOIN nanashi_entry e ON e.key = o.entry_id
WHERE o.keyword_id = %s AND o.entry_id < %s ORDER BY o.entry_id DESC LIMIT %s"""


class KeywordView(NamedTuple):
    """A keyword as its page shows it."""

    key: int
    word: str
    reading: str
    definition_html: str
    aliases: tuple[str, ...]
    entries: int
    """How many entries contain it; one more than settings.COUNT_LIMIT where there are more than that."""


class IndexedWord(NamedTuple):
    """A keyword as the index shows it; `entries` as in KeywordView."""

    word: str
    reading: str
    shelf: str
    entries: int


class IndexPage(NamedTuple):
    """A page of the keyword index, and whether more words follow."""

    words: tuple[IndexedWord, ...]
    more: bool


def headword_of(text: str) -> str | None:
    """The registered word that this text means: itself, its other case or width, or its alias."""
    if Keyword.objects.filter(word=text).exists():
        return text
    norm = normalise(text)
    word = Keyword.objects.filter(norm=norm).values_list("word", flat=True).first()
    return word or Alias.objects.filter(norm=norm).values_list("keyword__word", flat=True).first()


def keyword_view(word: str) -> KeywordView | None:
    """The keyword that is registered as exactly this word."""
    row = Keyword.objects.filter(word=word).values_list("key", "word", "reading", "definition_html").first()
    if row is None:
        return None
    aliases = Alias.objects.filter(keyword=row[0]).order_by("norm").values_list("text", flat=True)
    return KeywordView(*row, aliases=tuple(aliases), entries=_count(row[0]))


def entries_with(key: int, before: int | None = None, size: int | None = None) -> EntryPage:
    """A page of the entries that contain a keyword, newest first, below the cursor `before`."""
    return page_of(WITH_KEYWORD, [key, BEYOND_ALL if before is None else before], size)


def shelves() -> tuple[str, ...]:
    """The shelves that hold a word, in order: digits, letters, kana rows, the rest."""
    with connection.cursor() as cursor:
        cursor.execute(SHELVES)
        return tuple(shelf for (shelf,) in cursor.fetchall())


def index_page(shelf: str = "", after: str = "") -> IndexPage:
    """Words in the order of the index, from a shelf on or behind a word."""
    start: tuple[str, str, int] | None = None
    if after:
        start = Keyword.objects.filter(word=after).values_list("shelf", "sort_key", "key").first()
    size = settings.KEYWORD_PAGE_SIZE
    with connection.cursor() as cursor:
        cursor.execute(INDEX_PAGE, [settings.COUNT_LIMIT + 1, *(start or (shelf, "", 0)), size + 1])
        rows = [IndexedWord(*row) for row in cursor.fetchall()]
    return IndexPage(tuple(rows[:size]), len(rows) > size)


def _count(key: int) -> int:
    rows = Occurrence.objects.filter(keyword=key).order_by()
    return len(rows.values_list("entry_id")[: settings.COUNT_LIMIT + 1])
