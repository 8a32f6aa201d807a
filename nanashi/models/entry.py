"""Entries and what they refer to. No column says who wrote one, nor when to the second."""

from django.db import models

from nanashi.models.keys import KeyField, random_key

TITLE_LENGTH = 300
SERIES_LENGTH = 64
LANGUAGE_LENGTH = 35
LOCATOR_BYTES = 32
HAND_LENGTH = 16


class Entry(models.Model):
    """One post, with its source as typed and its body as rendered when it was saved or re-linked."""

    key = KeyField(primary_key=True)
    public_id = models.CharField(max_length=15, unique=True)
    old_id = models.CharField(max_length=14, unique=True, null=True)
    """The second-precise id of an imported entry: the one place where seconds are kept."""
    identity = models.BinaryField(max_length=16, unique=True, null=True)
    """For an imported entry without an id: the hash that lets the same file come twice."""
    day = models.DateField()
    quarter = models.SmallIntegerField(null=True)
    """Quarter of an hour within the day, 0 to 95; None when the time is not known."""
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source_text = models.TextField()
    body = models.TextField()
    """Sanitised HTML with its keyword links."""
    excerpt = models.CharField(max_length=200, blank=True)
    lang = models.CharField(max_length=LANGUAGE_LENGTH, blank=True)
    edited_on = models.DateField(null=True)
    series = models.CharField(max_length=SERIES_LENGTH, null=True)
    part = models.PositiveIntegerField(null=True)
    quoted_from = models.JSONField(null=True)
    """Source of a translation or quotation: url, title, lang, by."""
    unlinked = models.JSONField(default=list)
    """Links that the writer switched off: [keyword, ordinal or null]."""
    locator = models.BinaryField(max_length=LOCATOR_BYTES, unique=True, null=True)
    """SHA-256 of the entry key; None where nobody holds one (imports)."""
    hand = models.CharField(max_length=HAND_LENGTH, blank=True)
    """The writer's mark in this tree, where the writer chose to show one."""

    class Meta:
        indexes = [models.Index(fields=["series", "part"], name="series_parts")]


class Reference(models.Model):
    """One entry names another, as the entry that it answers or in its text; the other may not be here.

    Without constraints in the database: either end may be the key of a stump, so that a tree keeps its shape.
    """

    key = KeyField(primary_key=True, default=random_key)
    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="references", db_constraint=False)
    written_id = models.CharField(max_length=15, db_index=True)
    """The id as it was written: a public id or 14 digits."""
    target = models.ForeignKey(
        Entry, models.DO_NOTHING, null=True, related_name="referred_by", db_constraint=False
    )
    is_reply = models.BooleanField()
