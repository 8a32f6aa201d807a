"""Which words are linked most, and how much of all linking they make."""

from itertools import accumulate
from typing import NamedTuple

from django.db import connection

from nanashi.lexicons.weighing import common_words
from nanashi.text.normal import normalise

MOST_LINKED = """
SELECT word.word, often.entries
FROM (
  SELECT keyword_id, count(*) AS entries FROM nanashi_occurrence
  GROUP BY keyword_id ORDER BY entries DESC, keyword_id LIMIT %s
) often
JOIN nanashi_keyword word ON word.key = often.keyword_id
ORDER BY often.entries DESC, word.word
"""


class LinkedWord(NamedTuple):
    """A keyword and its part of all occurrences: pairs of a keyword and an entry that contains it."""

    word: str
    entries: int
    """Entries that contain it."""
    share: float
    """Its part of all occurrences, 0 to 1."""
    together: float
    """The part of this word and all before it."""
    is_common: bool
    """Whether it is on the stop list: linked, never notable."""


class Linking(NamedTuple):
    """What the occurrences of a diary come to."""

    occurrences: int
    keywords: int
    """Keywords that occur at all."""
    words: list[LinkedWord]
    """The most linked ones, most first."""


def most_linked(top: int) -> Linking:
    """The `top` most linked words; goes through all occurrences once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT keyword_id) FROM nanashi_occurrence")
        occurrences, keywords = cursor.fetchone()
        cursor.execute(MOST_LINKED, [top])
        rows = cursor.fetchall()
    common = common_words()
    words = [
        LinkedWord(word, entries, entries / occurrences, sofar / occurrences, normalise(word) in common)
        for (word, entries), sofar in zip(rows, accumulate(entries for _, entries in rows), strict=True)
    ]
    return Linking(occurrences, keywords, words)
