"""`nanashi backup` and `nanashi restore`: the same diary again, or a reason and nothing at all."""

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connections

from nanashi.models import Account, Entry
from nanashi.sealing import backup, restoring
from nanashi.sealing.disk import MADE, PARTIAL
from nanashi.sealing.errors import SealError
from nanashi.sealing.restoring import restore
from tests.conftest import databases_in
from tests.sealing.conftest import found, post

Run = Callable[..., Result]
NAMES = ["accounts.sqlite3", "nanashi.sqlite3"]


@pytest.fixture
def file(nanashi: Run, diary: Path, tmp_path: Path) -> Path:
    """A backup of a diary with one entry and one account."""
    post("雨の日の記録。")
    fields = dict.fromkeys(("password_salt", "password_proof", "code_salt", "code_proof"), b"1" * 16)
    Account.objects.create(
        name="ame", name_norm="ame", password_lock=b"2" * 60, code_lock=b"3" * 60, **fields
    )
    result = nanashi("backup", tmp_path / "backup.tar")
    assert (result.exit_code, result.stdout) == (0, f"written to {tmp_path / 'backup.tar'}\n")
    return tmp_path / "backup.tar"


def members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]


def packed(file: Path, contents: dict[str, bytes]) -> Path:
    """A tar of these members, with the hashes that they have."""
    manifest = json.loads(contents["manifest.json"])
    manifest["sha256"] = {name: hashlib.sha256(contents[name]).hexdigest() for name in NAMES}
    with tarfile.open(file, "w") as tar:
        for name, content in {**contents, "manifest.json": json.dumps(manifest).encode()}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


def test_a_restored_diary_is_the_same(
    nanashi: Run,
    file: Path,
    diary: Path,
    tmp_path: Path,
    settings,  # noqa: ANN001
) -> None:
    public_id = Entry.objects.get().public_id
    again = tmp_path / "again"
    (again / "lexicon").mkdir(parents=True)
    (again / "lexicon" / "7").write_bytes(b"words of another diary")
    settings.NANASHI_DATA = again
    with databases_in(again):
        result = nanashi("restore", file)
        assert (result.exit_code, result.stdout) == (0, f"Restored into {again}\n")
        assert found("雨の日") == [public_id]
        assert Account.objects.get().name == "ame"
        assert not (again / "lexicon").exists()
        assert nanashi("backup", tmp_path / "second.tar").exit_code == 0
    assert (tmp_path / "second.tar").read_bytes() == file.read_bytes()
    assert sorted(one.name for one in again.glob("*.sqlite3")) == NAMES


def test_a_backup_says_no_moment_and_no_owner_and_is_its_owners_alone(file: Path) -> None:
    with tarfile.open(file) as tar:
        assert {(one.mtime, one.uid, one.gid, one.uname, one.gname) for one in tar} == {(0, 0, 0, "", "")}
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(file.parent.glob(f"{MADE}*"))
    contents = members(file)
    manifest = json.loads(contents["manifest.json"])
    assert manifest["sha256"] == {name: hashlib.sha256(contents[name]).hexdigest() for name in NAMES}


@pytest.mark.parametrize("name", ["nanashi.sqlite3", "accounts.sqlite3", "nanashi.sqlite3-wal"])
def test_nothing_of_a_diary_that_is_there_is_overwritten(file: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / name).write_bytes(b"here before")
    with pytest.raises(SealError, match="has a diary already"):
        restore(file, folder)
    assert [one.name for one in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == b"here before"


def test_the_command_says_so(nanashi: Run, file: Path) -> None:
    result = nanashi("restore", file)
    assert result.exit_code == 1
    assert "has a diary already" in result.stderr
    assert "NANASHI_DATA" in result.stderr


def spoilt(name: str, contents: dict[str, bytes], file: Path) -> tuple[bytes, str]:
    """A backup with one fault, and what is said of it."""
    if name == "cut":
        return file.read_bytes()[:-20_000], "no whole backup"
    if name == "a bit":
        content = bytearray(file.read_bytes())
        content[content.index("雨の日の記録".encode())] ^= 1
        return bytes(content), "no whole backup"
    if name == "no tar":
        return b"this is no backup" * 1_000, "no whole backup"
    if name == "another format":
        contents["manifest.json"] = json.dumps({"format": 99}).encode()
        return packed(file, contents).read_bytes(), "made by another version"
    if name == "a member is missing":
        del contents["nanashi.sqlite3"]
        with tarfile.open(file, "w") as tar:
            for one, content in contents.items():
                member = tarfile.TarInfo(one)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        return file.read_bytes(), "no whole backup"
    contents["nanashi.sqlite3"] = contents["nanashi.sqlite3"][:8_192] + b"x" * 40_000
    return packed(file, contents).read_bytes(), "damaged"


@pytest.mark.parametrize(
    "name", ["cut", "a bit", "no tar", "another format", "a member is missing", "damaged before"]
)
def test_a_backup_that_is_not_whole_is_refused(file: Path, tmp_path: Path, name: str) -> None:
    content, said = spoilt(name, members(file), file)
    file.write_bytes(content)
    with pytest.raises(SealError, match=said):
        restore(file, tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_moved(file: Path, tmp_path: Path) -> None:
    contents = members(file)
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(contents["nanashi.sqlite3"])
    with closing(sqlite3.connect(newer)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('nanashi', '9999_later', '2030-01-01')"
        )
    packed(file, {**contents, "nanashi.sqlite3": newer.read_bytes()})
    with pytest.raises(SealError, match=r"newer version \(9999_later\)"):
        restore(file, tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []


def test_accounts_come_before_the_diary(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(path: Path) -> None:
        if path.name == "nanashi.sqlite3":
            raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "settle", cut)
    with pytest.raises(KeyboardInterrupt):
        restore(file, tmp_path / "again")
    assert [one.name for one in (tmp_path / "again").iterdir()] == ["accounts.sqlite3"]


def test_too_little_room_is_said(nanashi: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(backup, "ROOM", 10**12)
    result = nanashi("backup", file)
    assert result.exit_code == 1
    assert "free some disk" in result.stderr
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(nanashi: Run, tmp_path: Path) -> None:
    result = nanashi("backup", tmp_path / "nowhere" / "backup.tar")
    assert result.exit_code == 1
    assert "there is no folder" in result.stderr
    connections.close_all()


def test_what_a_backup_that_was_killed_has_left_goes_with_the_next(nanashi: Run, file: Path) -> None:
    left = file.parent / f"{MADE}left{PARTIAL}"
    left.mkdir()
    assert nanashi("backup", file).exit_code == 0
    assert not left.exists()
