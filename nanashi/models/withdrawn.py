"""What is left of an entry that was withdrawn or struck: nothing of its text, title, links or day."""

from django.db import models

from nanashi.models.entry import LOCATOR_BYTES
from nanashi.models.keys import KeyField, random_key


class Stump(models.Model):
    """The place in a tree where a withdrawn entry stood, kept as long as replies hang on it."""

    key = KeyField(primary_key=True)
    """The entry's key, by which the references of its neighbours still find the place."""
    public_id = models.CharField(max_length=15, unique=True)


class Tombstone(models.Model):
    """A name that does not come back: the locator of a withdrawn entry, or the hash of its id or identity.

    Each stands in a row of its own, without a day, so that no row joins a locator to an id.
    """

    key = KeyField(primary_key=True, default=random_key)
    digest = models.BinaryField(max_length=LOCATOR_BYTES, unique=True)
    struck = models.BooleanField(default=False)
    """Withdrawn by the operator, not by its holder: a locator then counts as a strike, and what the operator did to a
    name may be taken back (moderating/striking.py), unlike what its writer did."""
