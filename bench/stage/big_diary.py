"""A diary of any size to measure: the sample diary's entries, many times over, on as many days as it takes.

Run as `python -m bench.stage.big_diary FOLDER ENTRIES WITH_WORD`: WITH_WORD of the entries, evenly spread, contain
the keyword 目印. Every day has the same number of entries. The search index stays empty: no page measured
here uses it.
"""

import datetime
import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nanashi.models import Entry

MARK = "目印"
PER_DAY = 100
LAST_DAY = datetime.date(2026, 6, 7)
BATCH = 5_000


def make(folder: Path, entries: int, with_word: int) -> None:
    """Fill a new data folder."""
    os.environ["NANASHI_DATA"] = str(folder)
    from nanashi.cli.django_setup import set_up_django

    set_up_django()
    from nanashi.archive.reports import Report
    from nanashi.archive.sample import load_sample
    from nanashi.cli.database import open_database

    with open_database():
        load_sample(Report())
    _multiply(entries, with_word)


def _multiply(entries: int, with_word: int) -> None:
    from django.db import connection, transaction

    from nanashi.models import Entry, Keyword, Occurrence

    mark = Keyword.objects.create(word=MARK, norm=MARK, shelf="ま", sort_key=MARK, definition_html="<p>…</p>")
    originals = [entry for entry in Entry.objects.all() if 400 <= len(entry.source_text) <= 1_500]
    words = {entry.key: list(entry.occurrences.values_list("keyword_id", flat=True)) for entry in originals}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    numbers, every = iter(range(entries)), max(1, entries // with_word)
    while batch := list(islice(numbers, BATCH)):
        found: list[tuple[int, int]] = []
        copies: list[Entry] = []
        for number in batch:
            original = originals[number % len(originals)]
            copies.append(_copy(original, number, marked=number % every == 0))
            marks = [mark.key] if number % every == 0 else []
            found += [(keyword, copies[-1].key) for keyword in [*words[original.key], *marks]]
        with transaction.atomic():
            Entry.objects.bulk_create(copies)
            Occurrence.objects.bulk_create(Occurrence(keyword_id=k, entry_id=e) for k, e in sorted(found))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(original: "Entry", number: int, *, marked: bool) -> "Entry":
    """A copy under an id and on a day of its own, with the word in front when it is marked."""
    from nanashi.models import Entry
    from nanashi.models.keys import entry_key

    day = LAST_DAY - datetime.timedelta(number // PER_DAY)
    quarter = 95 - number % PER_DAY * 95 // PER_DAY
    public_id = f"{day:%Y%m%d}-{number % 1_000_000:06}"
    before = f'<p><a class="k" href="/keyword/{MARK}">{MARK}</a></p>\n' if marked else ""
    return Entry(
        key=entry_key(day, quarter, public_id),
        public_id=public_id,
        day=day,
        quarter=quarter,
        title=original.title,
        source_text=f"{MARK}\n\n{original.source_text}" if marked else original.source_text,
        body=before + original.body,
        excerpt=original.excerpt,
        lang=original.lang,
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
