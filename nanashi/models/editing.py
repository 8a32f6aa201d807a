"""The history of keywords, and proposals to retire or merge them. Editors are pseudonyms within one keyword."""

from django.db import models

from nanashi.models.keys import KeyField, random_key
from nanashi.models.keyword import Keyword

MARK_LENGTH = 16


class Revision(models.Model):
    """A keyword as somebody left it."""

    key = KeyField(primary_key=True, default=random_key)
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    """1 for the first of this keyword; an edit names the one it began from."""
    day = models.DateField()
    editor = models.CharField(max_length=MARK_LENGTH)
    """The same hand within this keyword, and unlinkable between keywords; "" for the operator."""
    content = models.JSONField()
    """word, reading, aliases, definition, explicit, see_also."""
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyword", "number"], name="revision_number")]


class Proposal(models.Model):
    """To retire a keyword, or to merge it into another; it stands after a time without objection."""

    RETIRE, MERGE = "retire", "merge"

    key = KeyField(primary_key=True, default=random_key)
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=6, choices=[(RETIRE, RETIRE), (MERGE, MERGE)])
    into = models.ForeignKey(Keyword, models.CASCADE, null=True, related_name="merges_into")
    day = models.DateField()
    quarter = models.SmallIntegerField()
    """When it was made, to the quarter of an hour: it stands NANASHI_PROPOSAL_HOURS later."""
    editor = models.CharField(max_length=MARK_LENGTH)
    reason = models.CharField(max_length=500, blank=True)
    objection = models.CharField(max_length=500, blank=True)
    objector = models.CharField(max_length=MARK_LENGTH, blank=True)
