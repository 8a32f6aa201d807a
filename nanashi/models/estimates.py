"""The estimates of entries, as they were evaluated when their entry was saved or linked again."""

from django.db import models

from nanashi.models.entry import Entry
from nanashi.models.keys import KeyField, random_key

DIGEST_LENGTH = 32


class Estimate(models.Model):
    """One block of an entry with its result. Nothing of another entry's text is kept beyond the record."""

    OPEN, SETTLED, UNLISTED = 0, 1, 2

    key = KeyField(primary_key=True, default=random_key)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="estimates")
    ordinal = models.PositiveSmallIntegerField()
    """1 for the entry's first block."""
    text = models.TextField()
    """The block as written, without its fences."""
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    """Of all that the record depends on; the addresses of its charts begin with it."""
    record = models.JSONField()
    """What `lexicons.estimate_records` describes."""
    base_written = models.CharField(max_length=15, blank=True, db_index=True)
    """The id, as written, of the entry whose block this one is based on."""
    base_block = models.PositiveSmallIntegerField(default=1)
    state = models.PositiveSmallIntegerField()
    """Open, settled (it has an outcome), or unlisted (it could not be evaluated)."""
    rank = models.BigIntegerField()
    """Where its list has it: the year in which an open one settles, the score of a settled one in millionths."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "ordinal"], name="estimate_of_entry")]
        indexes = [models.Index(fields=["state", "rank", "entry", "ordinal"], name="estimate_list")]
