"""The diary that comes with the package, for the first start."""

from pathlib import Path

from nanashi.archive.importing import import_entries
from nanashi.archive.keyword_files import import_keywords
from nanashi.archive.reports import Report
from nanashi.lexicons.backfill import relink_everything
from nanashi.lexicons.weighing import count_first

FOLDER = Path(__file__).parent / "sample"
ENTRIES = FOLDER / "entries.jsonl"
KEYWORDS = FOLDER / "keywords.jsonl"


def load_sample(report: Report) -> None:
    """Add the sample diary by the same ways as any archive, then weigh its links.

    The few entries are rendered in this process: a pool takes longer to start than they do.
    """
    import_keywords(str(KEYWORDS), report)
    import_entries([str(ENTRIES)], report, processes=1)
    count_first()
    relink_everything(lambda _done, _total: None, processes=1)
