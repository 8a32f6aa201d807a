"""Keywords and their other spellings."""

from django.db import models

from nanashi.models.keys import KeyField, random_key

WORD_LENGTH = 100


class Keyword(models.Model):
    """A registered word or phrase with its definition."""

    key = KeyField(primary_key=True, default=random_key)
    word = models.CharField(max_length=WORD_LENGTH, unique=True)
    norm = models.CharField(max_length=WORD_LENGTH * 4, unique=True)
    """The form that is matched; longer than the word where characters expand (㍿)."""
    reading = models.CharField(max_length=WORD_LENGTH * 2, blank=True)
    shelf = models.CharField(max_length=2)
    """Where the index keeps it: a row of the kana table, a letter, a digit sign or the rest."""
    sort_key = models.CharField(max_length=WORD_LENGTH * 4)
    definition = models.TextField(blank=True)
    definition_html = models.TextField(blank=True)
    explicit = models.BooleanField(default=False)
    """Links only where a writer says so, by [[ ]]."""
    see_also = models.JSONField(default=list)
    """Other words that a reader may look up."""
    retired = models.BooleanField(default=False, db_default=False)
    """No longer linked; the page says so and keeps the history."""
    counted = models.PositiveIntegerField(default=0, db_default=0)
    """Entries that contained it at the last seal: what weights are made of."""
    counted_defined = models.BooleanField(default=False, db_default=False)
    """Whether it had a definition at the last seal."""

    class Meta:
        indexes = [models.Index(fields=["shelf", "sort_key", "key"], name="keyword_index")]


class Alias(models.Model):
    """Another spelling of a keyword."""

    key = KeyField(primary_key=True, default=random_key)
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=WORD_LENGTH)
    norm = models.CharField(max_length=WORD_LENGTH * 4, unique=True)
