"""Which entry contains which keyword: the table behind every keyword page."""

from django.db import models

from nanashi.models.entry import Entry
from nanashi.models.keyword import Keyword


class Occurrence(models.Model):
    """This entry contains this keyword.

    The table is its own index: keyed by (keyword, entry), and since an entry's key begins with its day, a
    keyword's entries stand in the order in which they are shown. On SQLite it is WITHOUT ROWID (see the first
    migration), so no hidden rowid keeps the order of publishing.
    """

    pk = models.CompositePrimaryKey("keyword_id", "entry_id")
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="occurrences", db_index=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="occurrences")
