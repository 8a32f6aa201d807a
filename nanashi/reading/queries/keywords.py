"""Keywords: by word, by shelf, by the letters that they begin with, and the entries that contain one."""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from nanashi.lexicons.shelving import REST, shelf_and_sort_key
from nanashi.models import Alias, Keyword, Occurrence, Proposal
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

COUNTED = """(
    SELECT COUNT(*) FROM (SELECT 1 FROM nanashi_occurrence o WHERE o.keyword_id = k.key LIMIT %s) AS counted
)"""
STRETCH = """
SELECT * FROM (
    SELECT {place} AS place, word, reading, shelf, sort_key, key FROM nanashi_keyword
    WHERE (shelf, sort_key, key) > (%s, %s, %s) AND shelf < %s AND NOT retired
    ORDER BY shelf, sort_key, key LIMIT %s
)"""
INDEX_PAGE = """
SELECT k.word, k.reading, k.shelf, {counted} FROM ({stretches}) AS k
ORDER BY place, shelf, sort_key, key LIMIT %s"""
FIRST_KANA, TOP = "あ", "\U0010ffff"
ORDERS = {
    "ja": ((FIRST_KANA, REST), ("", FIRST_KANA), (REST, TOP)),
    "en": (("", TOP),),
}
"""By language: the stretches of shelves that the index goes through in turn; Japanese begins with kana."""

STARTING_WITH = """
WITH found (key) AS (
    SELECT * FROM (SELECT key FROM nanashi_keyword WHERE norm >= %s AND norm < %s LIMIT %s)
    UNION
    SELECT * FROM (SELECT keyword_id FROM nanashi_alias WHERE norm >= %s AND norm < %s LIMIT %s)
    UNION
    SELECT * FROM (
        SELECT key FROM nanashi_keyword WHERE shelf = %s AND sort_key >= %s AND sort_key < %s LIMIT %s
    )
)
SELECT k.word, k.reading, k.shelf, {counted} FROM found JOIN nanashi_keyword k ON k.key = found.key
WHERE NOT k.retired ORDER BY k.norm <> %s, LENGTH(k.norm), k.sort_key, k.key LIMIT %s"""


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
    see_also: tuple[str, ...] = ()
    retired: bool = False
    explicit: bool = False


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
    columns = ("key", "word", "reading", "definition_html", "see_also", "retired", "explicit")
    row = Keyword.objects.filter(word=word).values_list(*columns).first()
    if row is None:
        return None
    key, see_also = row[0], row[4]
    aliases = Alias.objects.filter(keyword=key).order_by("norm").values_list("text", flat=True)
    return KeywordView(
        *row[:4],
        aliases=tuple(aliases),
        entries=_count(key),
        see_also=tuple(see_also),
        retired=row[5],
        explicit=row[6],
    )


def is_proposed(key: int) -> bool:
    """Whether somebody proposes to retire a keyword or to merge it, and nobody objected."""
    return Proposal.objects.filter(keyword=key, objection="").exists()


def entries_with(key: int, before: int | None = None, size: int | None = None) -> EntryPage:
    """A page of the entries that contain a keyword, newest first, below the cursor `before`."""
    return page_of(WITH_KEYWORD, [key, BEYOND_ALL if before is None else before], size)


def shelves(language: str = "en") -> tuple[str, ...]:
    """The shelves that hold a word, in the order of the index: digits, letters, kana rows, the rest."""
    with connection.cursor() as cursor:
        cursor.execute(SHELVES)
        found = [shelf for (shelf,) in cursor.fetchall()]
    order = ORDERS.get(language, ORDERS["en"])
    return tuple(shelf for low, high in order for shelf in found if low <= shelf < high)


def index_page(shelf: str = "", after: str = "", language: str = "en") -> IndexPage:
    """Words in the order of the index, from a shelf on or behind a word; kana come first for readers of Japanese."""
    start: tuple[str, str, int] | None = None
    if after:
        start = Keyword.objects.filter(word=after).values_list("shelf", "sort_key", "key").first()
    size = settings.KEYWORD_PAGE_SIZE
    parts, values = [], []
    for place, (low, high) in enumerate(_stretches(start[0] if start else shelf, language)):
        begin = (start or (shelf or low, "", 0)) if place == 0 else (low, "", 0)
        parts.append(STRETCH.format(place=place))
        values += [*begin, high, size + 1]
    query = INDEX_PAGE.format(counted=COUNTED, stretches=" UNION ALL ".join(parts))
    return _page(query, [settings.COUNT_LIMIT + 1, *values, size + 1])


def words_starting_with(text: str) -> IndexPage:
    """Keywords of which the word, an alias or the reading begins so, the shortest first; one page at most.

    Each is a range of an index, so the costs do not grow with the lexicon; words that merely contain the text are not
    looked for, which would read all of them. Retired words are left out.
    """
    norm = normalise(text.strip())
    if not norm:
        return IndexPage((), False)
    shelf, sort_key = shelf_and_sort_key(text.strip())
    said = sort_key.partition(" ")[0]
    size = settings.KEYWORD_PAGE_SIZE + 1
    ranges = [norm, norm + TOP, size, norm, norm + TOP, size, shelf, said, said + TOP, size]
    query = STARTING_WITH.format(counted=COUNTED)
    return _page(query, [*ranges, settings.COUNT_LIMIT + 1, norm, size])


def _stretches(shelf: str, language: str) -> Sequence[tuple[str, str]]:
    """The stretches of the index from that on which holds a shelf; all of them where none is given."""
    order = ORDERS.get(language, ORDERS["en"])
    if not shelf:
        return order
    at = next((number for number, (low, high) in enumerate(order) if low <= shelf < high), len(order) - 1)
    return order[at:]


def _page(query: str, values: Sequence[object]) -> IndexPage:
    size = settings.KEYWORD_PAGE_SIZE
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = [IndexedWord(*row) for row in cursor.fetchall()]
    return IndexPage(tuple(rows[:size]), len(rows) > size)


def _count(key: int) -> int:
    rows = Occurrence.objects.filter(keyword=key).order_by()
    return len(rows.values_list("entry_id")[: settings.COUNT_LIMIT + 1])
