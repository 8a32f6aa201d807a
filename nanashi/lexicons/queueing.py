"""What stands in the queue of links for everything at once."""

from nanashi.models import Backfill


def queue_everything() -> None:
    """Queue all entries and definitions to be rendered again, inside a turn; one row stands for all such.

    What it has done before may be of another lexicon, so it begins anew. Rows that name entries are none of these.
    """
    if not Backfill.objects.filter(spellings=[], entries=[]).update(before=None, done=0, total=None):
        Backfill.objects.create()
