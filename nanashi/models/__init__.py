"""The tables, and nothing else: what is stored, never what is done with it."""

from nanashi.models.account import Account
from nanashi.models.editing import Proposal, Revision
from nanashi.models.entry import Entry, Reference
from nanashi.models.estimates import Estimate
from nanashi.models.keyword import Alias, Keyword
from nanashi.models.lexicon import Backfill, LexiconChange, LexiconState
from nanashi.models.occurrence import Occurrence
from nanashi.models.withdrawn import Stump, Tombstone

__all__ = [
    "Account",
    "Alias",
    "Backfill",
    "Entry",
    "Estimate",
    "Keyword",
    "LexiconChange",
    "LexiconState",
    "Occurrence",
    "Proposal",
    "Reference",
    "Revision",
    "Stump",
    "Tombstone",
]
