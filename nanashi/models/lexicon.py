"""How far the lexicon has come: what changed since it was compiled, and what is still to be linked."""

from django.db import models

from nanashi.models.keys import KeyField, random_key


class LexiconChange(models.Model):
    """One keyword's spellings changed, or (without a keyword) so many that the lexicon is to be compiled anew.

    The newest version is the lexicon's. Rows are deleted when a compiled generation holds them, all but the
    newest; entries have no column that points here.
    """

    version = KeyField(primary_key=True)
    keyword_key = KeyField(null=True)


class Backfill(models.Model):
    """Old entries that are still to be linked after a change; deleted when it is done."""

    key = KeyField(primary_key=True, default=random_key)
    keyword_key = KeyField(null=True)
    """The keyword whose page shows the progress; None for all words at once."""
    spellings = models.JSONField(default=list)
    """Normalised forms to look for; empty for every entry, or for those of `entries`."""
    entries = models.JSONField(default=list)
    """Keys of the entries to be rendered again, newest first, where they are known: what named or was based on one that
    changed. No word and no definition is looked for then."""
    before = KeyField(null=True)
    """Entries from this key on are done; newest first."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    """Entries to look at, once they are counted."""


class LexiconState(models.Model):
    """One row: what the last seal counted, for the weights of links."""

    key = KeyField(primary_key=True)
    entries = models.PositiveIntegerField(default=0)
    """Entries in the diary at the last seal."""
    sealed_on = models.DateField(null=True)
    """Day of the last seal."""
