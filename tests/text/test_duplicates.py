"""Nearly the same text is recognised, and another text about the same things is not."""

import json
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nanashi.text.duplicates import NEARLY_THE_SAME, SKETCH, fingerprint, similarity

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "data" / "kenkyu" / "entries.jsonl"
SAMPLE = Path(__file__).resolve().parents[2] / "nanashi" / "archive" / "sample" / "entries.jsonl"


def near(one: str, other: str) -> float:
    return similarity(fingerprint(one), fingerprint(other))


def pairs_of(file: Path) -> list[tuple[int, int]]:
    """Pairs of entries that are called nearly the same."""
    entries = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    prints = [fingerprint(entry["body"]) for entry in entries]
    return [
        (one, other)
        for one, other in combinations(range(len(prints)), 2)
        if similarity(prints[one], prints[other]) >= NEARLY_THE_SAME
    ]


def test_the_archive_has_one_text_that_was_posted_again() -> None:
    if ARCHIVE.exists():
        assert pairs_of(ARCHIVE) == [(5, 6)]
    assert pairs_of(SAMPLE) == []


def test_width_case_and_white_space_do_not_count() -> None:
    assert near("ＡＢＣ ｶﾅ 日記を書く", "abc カナ日記を\n書く") == 1.0


@given(st.text(min_size=200, max_size=2_000))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert near(text, text) == 1.0


@given(st.integers(0, 900), st.text(max_size=20))
def test_a_small_edit_leaves_it_nearly_the_same(at: int, inserted: str) -> None:
    text = "".join(chr(0x4E00 + n * 7919 % 8000) for n in range(1_000))
    edited = text[:at] + inserted + text[at + 10 :]
    assert near(text, edited) >= NEARLY_THE_SAME
    assert near(text, edited) == near(edited, text)


def test_the_estimate_is_near_the_true_similarity() -> None:
    letters = [chr(0x4E00 + n) for n in range(12_000)]
    one, other = "".join(letters[:8_000]), "".join(letters[4_000:])
    assert abs(near(one, other) - 1 / 3) < 4 / (2 * SKETCH**0.5)


def test_empty_texts_are_like_nothing_else() -> None:
    assert (near("", " \n"), near("", "日記")) == (1.0, 0.0)
