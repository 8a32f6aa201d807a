"""The history of keywords, and proposals to retire or merge them. Editors are pseudonyms within one keyword."""

from django.db import models

from nanashi.models.keys import KeyField, random_key
from nanashi.models.keyword import WORD_LENGTH, Keyword

MARK_LENGTH = 16
ACT_LENGTH = 8


class Revision(models.Model):
    """A keyword as somebody left it."""

    RESTORED, RETIRED, MERGED = "restored", "retired", "merged"

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
    """What somebody wrote of it: the editor, or whoever proposed what was carried out."""
    act = models.CharField(max_length=ACT_LENGTH, blank=True, default="", db_default="")
    """What the program did, told in each reader's language; "" for an edit."""
    act_on = models.CharField(max_length=WORD_LENGTH, blank=True, default="", db_default="")
    """Number of the revision that was restored, or the word that was merged into this one."""

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
    """Why it was stopped; "" while it is open. Without an objector, the field by which the program refused it."""
    objector = models.CharField(max_length=MARK_LENGTH, blank=True)

    class Meta:
        indexes = [models.Index(fields=["day"], condition=models.Q(objection=""), name="proposal_open")]
