"""Where a drill or a bench works: a folder that goes in the end, with what its diaries kept in memory."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from nanashi.accounts.volatile_store import forget_diary


@contextmanager
def workplace(name: str, keep: Path | None = None, within: str | None = None) -> Iterator[Path]:
    """A new folder, `keep` where that is to stay; the processes in it have to end before it does.

    Each diary on this machine has a folder on tmpfs, which outlives it: those of all folders in here are removed.
    """
    with ExitStack() as resources:
        if keep is None:
            folder = Path(resources.enter_context(TemporaryDirectory(prefix=f"nanashi-{name}-", dir=within)))
        else:
            folder = keep
            folder.mkdir(parents=True)
        try:
            yield folder.resolve()
        finally:
            for one in (folder.resolve(), *folder.resolve().rglob("*")):
                if one.is_dir():
                    forget_diary(one)
