"""Entries that their writers can edit and withdraw, and what search finds of them."""

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DAY = datetime.date(2024, 6, 6)


def key_of(name: str) -> bytes:
    """The entry key that belongs to this name."""
    return hashlib.sha256(name.encode()).digest()


def post(body: str, name: str = "", **fields: object) -> str:
    """Publish as a writer does; `name` is what the entry's key is made of."""
    from nanashi.identity.entry_keys import locator_of  # noqa: PLC0415 - needs Django set up
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.writing.drafts import Draft  # noqa: PLC0415
    from nanashi.writing.publish import publish  # noqa: PLC0415

    locator = locator_of(key_of(name)) if name else None
    with renderer(1) as rendering:
        return publish(
            Draft(body=body, day=DAY, **{"quarter": 3, "locator": locator, **fields}),  # type: ignore[arg-type]
            rendering,
        )


def revise(public_id: str, name: str, body: str) -> None:
    """Edit as the holder of the key does."""
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.writing import revising  # noqa: PLC0415

    with renderer(1) as rendering:
        revising.revise(public_id, key_of(name), revising.Changes(body), rendering)


def withdraw(public_id: str, name: str) -> None:
    """Withdraw as the holder of the key does."""
    from nanashi.writing import withdrawing  # noqa: PLC0415

    withdrawing.withdraw(public_id, key_of(name))


def found(term: str) -> list[str]:
    """Public ids of the entries that the search index proposes for a term and that have it."""
    from nanashi.models import Entry, bigram_index  # noqa: PLC0415
    from nanashi.text.grams import terms_of  # noqa: PLC0415

    keys = list(bigram_index.candidates(terms_of(term)))
    entries = Entry.objects.filter(key__in=keys, source_text__contains=term)
    return sorted(entries.values_list("public_id", flat=True))


@contextmanager
def other_diary(folder: Path, empty: Path, settings) -> Iterator[Path]:  # noqa: ANN001
    """Work on a diary of its own in this folder, which begins as a copy of an empty one."""
    import shutil  # noqa: PLC0415

    from tests.conftest import DATABASES, databases_in  # noqa: PLC0415

    folder.mkdir(mode=0o700)
    for name in DATABASES.values():
        shutil.copy(empty / name, folder / name)
    before = settings.NANASHI_DATA, settings.BACKUPS
    settings.NANASHI_DATA, settings.BACKUPS = folder, folder / "backups"
    try:
        with databases_in(folder):
            yield folder
    finally:
        settings.NANASHI_DATA, settings.BACKUPS = before


@pytest.fixture
def empty(diary: Path, _empty_database: Path) -> Path:
    """The folder of both databases without a row; to copy from."""
    return _empty_database
