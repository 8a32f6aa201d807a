"""Lexicons: looking words up, adding and taking away, the compiled file."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text import Lexicon, LexiconFileError, Spelling, link, normalise

WORDS = [
    "東京",
    "東京都",
    "京都",
    "データ",
    "ベース",
    "データベース",
    "art",
    "ART",
    "ＡＲＴ",
    "C++",
    "keyword",
    "平成",
]
TEXT = "東京都の京都で㍻のデータベースとデータ、art keywords C++は東京。"

spellings = st.builds(
    Spelling,
    text=st.sampled_from(WORDS),
    word=st.sampled_from(["見出し", "word"]),
    key=st.integers(0, 2**62),
    explicit=st.booleans(),
    inflects=st.booleans(),
)


def distinct(listed: list[Spelling]) -> list[Spelling]:
    """The first of each normalised form, and each key for one word only."""
    return list({normalise(one.text): one for one in reversed(listed)}.values())


def test_find_knows_width_and_case_and_nothing_else() -> None:
    lexicon = Lexicon.from_words(["Node.js", "東京"])
    assert lexicon.find("ｎｏｄｅ．ＪＳ") == Spelling("Node.js", "Node.js", 0)
    assert lexicon.find("東") is None
    assert lexicon.find("東京都") is None
    assert lexicon.find("") is None


def test_of_the_same_form_the_first_counts() -> None:
    lexicon = Lexicon.from_words(["ART", "art", "ａｒｔ"])
    assert len(lexicon) == 1
    assert [found.word for found in link("art", lexicon)] == ["ART"]


@pytest.mark.parametrize(
    ("spelling", "says"),
    [
        (Spelling("", "", 3), "spelling 3: empty"),
        (Spelling("a\0b", "a", 3), "NUL"),
        (Spelling("a", "a", -1), "key -1"),
        (Spelling("a", "a", 2**63), "not between 0 and"),
    ],
)
def test_spellings_that_cannot_be(spelling: Spelling, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Lexicon.from_spellings([spelling])


@given(st.lists(spellings, max_size=8))
def test_a_lexicon_gives_back_its_spellings(listed: list[Spelling]) -> None:
    lexicon = Lexicon.from_spellings(listed)
    expected = {}
    for one in listed:
        expected.setdefault(normalise(one.text), one)
    assert list(lexicon) == list(expected.values())
    assert len(lexicon) == len(expected)
    assert [lexicon.find(one.text) for one in lexicon] == list(lexicon)


@given(
    st.lists(spellings, max_size=6),
    st.lists(spellings, max_size=6),
    st.sets(st.integers(0, 11)),
    st.booleans(),
)
def test_added_and_taken_away_equals_compiled_again(
    first: list[Spelling], then: list[Spelling], gone: set[int], boundaries: bool
) -> None:
    first = distinct(first)
    keys = {one.key for number, one in enumerate([*first, *then]) if number in gone}
    changed = Lexicon.from_spellings(first).with_added(then).without(keys).with_added(then[:2])
    again = Lexicon.from_spellings(list(changed))
    kept = [one for one in first if one.key not in keys]
    assert [one for one in changed if one in kept] == [one for one in again if one in kept]
    assert link(TEXT, changed, boundaries=boundaries) == link(TEXT, again, boundaries=boundaries)
    assert len(changed) == len(again)
    for word in WORDS:
        assert changed.find(word) == again.find(word)


def test_adding_what_is_there_changes_nothing() -> None:
    lexicon = Lexicon.from_words(["東京"])
    assert lexicon.with_added([Spelling("東京", "別", 9)]).find("東京") == Spelling("東京", "東京", 0)


def test_a_keyword_can_be_put_in_the_place_of_itself() -> None:
    lexicon = Lexicon.from_spellings([Spelling("東京", "東京", 7)])
    changed = lexicon.without([7]).with_added([Spelling("東京", "東京", 7, explicit=True)])
    assert link("東京", changed) == []
    assert link("東京", lexicon) != []


@given(listed=st.lists(spellings, max_size=8))
def test_what_was_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, listed: list[Spelling]) -> None:
    path = tmp_path_factory.mktemp("lexicon") / "lexicon"
    lexicon = Lexicon.from_spellings(listed)
    lexicon.save(path)
    loaded = Lexicon.load(path)
    assert list(loaded) == list(lexicon)
    assert link(TEXT, loaded) == link(TEXT, lexicon)
    assert link(TEXT, loaded, boundaries=False) == link(TEXT, lexicon, boundaries=False)


def test_saving_compiles_in_what_was_added_and_taken_away(tmp_path: Path) -> None:
    changed = Lexicon.from_words(["東京", "京都"]).without([0]).with_added([Spelling("art", "美術", 5)])
    changed.save(tmp_path / "lexicon")
    assert list(Lexicon.load(tmp_path / "lexicon")) == [
        Spelling("京都", "京都", 1),
        Spelling("art", "美術", 5),
    ]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "lexicon"
    Lexicon.from_words(WORDS).save(path)
    return path


def test_a_torn_file_is_refused_at_any_length(saved: Path) -> None:
    whole = saved.read_bytes()
    for length in (*random.Random(1).sample(range(len(whole)), 60), len(whole) - 1):
        saved.write_bytes(whole[:length])
        with pytest.raises(LexiconFileError, match=r"lexicon: (torn|not a compiled)"):
            Lexicon.load(saved)


def test_a_changed_byte_is_noticed_anywhere(saved: Path) -> None:
    whole = saved.read_bytes()
    for at in range(0, len(whole), 7):
        saved.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
        try:
            loaded = Lexicon.load(saved)
        except LexiconFileError:
            continue
        assert list(loaded) == list(Lexicon.from_words(WORDS)), at


@pytest.mark.parametrize("content", [b"", b"\xe6\x9d\xb1\xe4\xba\xac\n", b"PK\x03\x04" * 100, b"nanashi"])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(content)
    with pytest.raises(LexiconFileError, match=r"words\.txt: not a compiled lexicon"):
        Lexicon.load(path)


def test_another_version_is_refused(saved: Path) -> None:
    whole = bytearray(saved.read_bytes())
    whole[8] += 1
    saved.write_bytes(whole)
    with pytest.raises(LexiconFileError, match="another version"):
        Lexicon.load(saved)


def test_no_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Lexicon.load(tmp_path / "none")


def test_saving_over_a_loaded_file_leaves_the_loaded_lexicon_whole(saved: Path) -> None:
    loaded = Lexicon.load(saved)
    Lexicon.from_words(["別"]).save(saved)
    assert [one.text for one in loaded] == [one.text for one in Lexicon.from_words(WORDS)]
    assert [one.text for one in Lexicon.load(saved)] == ["別"]


def test_saving_that_fails_leaves_the_old_file_and_no_other(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = saved.read_bytes()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        Lexicon.from_words(["別"]).save(saved)
    assert saved.read_bytes() == before
    assert os.listdir(saved.parent) == [saved.name]


def test_the_room_imports_no_django() -> None:
    code = "import sys, nanashi.text, nanashi.text.streaming; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
