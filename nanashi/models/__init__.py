"""The tables, and nothing else: what is stored, never what is done with it."""

from nanashi.models.entry import Entry, Reference
from nanashi.models.keyword import Alias, Keyword
from nanashi.models.occurrence import Occurrence

__all__ = ["Alias", "Entry", "Keyword", "Occurrence", "Reference"]
