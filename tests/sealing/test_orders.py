"""Two orders of writing, through the services that writers use, leave the same files and the same backups."""

import hashlib
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from nanashi.lexicons.backfill import run_pending
from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import KeywordDraft, define_many
from nanashi.models import Backfill, Entry, Stump, Tombstone, keys
from nanashi.sealing.backup import back_up
from nanashi.sealing.seal import seal
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish_many
from tests.conftest import DATABASES
from tests.sealing.conftest import DAY, found, key_of, other_diary, post, revise, withdraw

Step = tuple[str, Callable[[], Any]]
IDS = {name: f"20240606-{name:a<6}" for name in ("root", "reply", "deep", "other", "answer", "last", "gone")}


def _publishing(name: str, answered: str = "") -> Step:
    text = f"雨の日の{name}。{'長い一日。' * 60 * len(name)} >>{IDS['root']}"
    reply_to = (IDS[answered],) if answered else ()
    quarter = len(name) % 2
    return f"publish {name}", lambda: post(
        text, name, quarter=quarter, public_id=IDS[name], reply_to=reply_to
    )


def _revising(name: str, body: str) -> Step:
    return f"revise {name}", lambda: revise(IDS[name], name, body)


def _withdrawing(name: str) -> Step:
    return f"withdraw {name}", lambda: withdraw(IDS[name], name)


ONE = [
    _publishing("root"),
    _publishing("reply", "root"),
    _revising("root", f"直した雨。{'直す。' * 300}"),
    _publishing("deep", "reply"),
    _withdrawing("reply"),
    _publishing("gone", "root"),
    _withdrawing("gone"),
    _publishing("other"),
    _publishing("answer", "other"),
    _publishing("last"),
]
"""Trees one after another; an entry with a reply is withdrawn, so that a stump keeps its place, and a leaf is."""
OTHER = [ONE[at] for at in (9, 7, 8, 0, 5, 1, 3, 6, 4, 2)]
"""The same steps; only what must come before another one still does."""


def diary_of(steps: Iterable[Step], folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Hashes of the sealed databases and of the backup of a diary that was written in these steps.

    Random keys depend on what is done, not on when.
    """

    def reproducible(seed: str) -> None:
        monkeypatch.setattr(keys.secrets, "randbits", random.Random(seed).getrandbits)

    reproducible("keywords")
    list(define_many([KeywordDraft("雨"), KeywordDraft("一日")]))
    for name, act in steps:
        reproducible(name)
        act()
    for night in ("first", "second"):
        reproducible(night)
        seal()
        run_pending(lambda _done, _total: None, 1)
    reproducible("third")
    seal()
    back_up(folder / "backup.tar")
    files = [*DATABASES.values(), "backup.tar"]
    assert [(folder / name).stat().st_size for name in ("nanashi.sqlite3-wal",)] == [0]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}


def test_two_orders_of_writing_leave_the_same_files(
    empty: Path,
    tmp_path: Path,
    settings,  # noqa: ANN001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sorted(name for name, _ in OTHER) == sorted(name for name, _ in ONE)
    with other_diary(tmp_path / "one", empty, settings) as folder:
        one = diary_of(ONE, folder, monkeypatch)
        assert (Entry.objects.count(), Stump.objects.count(), Tombstone.objects.count()) == (5, 1, 4)
        assert found("直した雨") == [IDS["root"]]
    with other_diary(tmp_path / "two", empty, settings) as folder:
        assert diary_of(OTHER, folder, monkeypatch) == one


def test_two_orders_of_an_archive_leave_the_same_files(
    empty: Path,
    tmp_path: Path,
    settings,  # noqa: ANN001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drafts = [
        Draft(
            body=f"雨の日 {n}。{'長い一日。' * n * 9}",
            day=DAY,
            quarter=n % 3,
            public_id=f"20240606-bbbb{n:02}",
            reply_to=(f"20240606-bbbb{n - 1:02}",) if n % 4 else (),
            locator=hashlib.sha256(key_of(str(n))).digest(),
        )
        for n in range(30)
    ]

    def importing(draft: Draft) -> Step:
        def act() -> None:
            with renderer(1) as rendering:
                list(publish_many([draft], rendering))

        return f"import {draft.public_id}", act

    steps = [importing(draft) for draft in drafts]
    with other_diary(tmp_path / "one", empty, settings) as folder:
        one = diary_of(steps, folder, monkeypatch)
    random.Random(5).shuffle(steps)
    with other_diary(tmp_path / "two", empty, settings) as folder:
        assert diary_of(steps, folder, monkeypatch) == one


def test_the_first_seal_alone_has_everything_linked_again(diary: Path) -> None:
    post("雨の日。")
    seal()
    assert Backfill.objects.count() == 1
    run_pending(lambda _done, _total: None, 1)
    seal()
    assert not Backfill.objects.exists()


def test_one_turn_or_many_leave_the_same_files(
    empty: Path,
    tmp_path: Path,
    settings,  # noqa: ANN001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drafts = [
        Draft(f"雨の日 {n}。{'長い一日。' * n}", DAY, quarter=n % 3, public_id=f"20240606-cccc{n:02}")
        for n in range(40)
    ]

    def importing(some: list[Draft]) -> Step:
        def act() -> None:
            with renderer(1) as rendering:
                list(publish_many(some, rendering))

        return "import", act

    with other_diary(tmp_path / "one", empty, settings) as folder:
        one = diary_of([importing(drafts)], folder, monkeypatch)
    with other_diary(tmp_path / "two", empty, settings) as folder:
        assert diary_of([importing([draft]) for draft in reversed(drafts)], folder, monkeypatch) == one
