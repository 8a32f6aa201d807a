"""Nearly the same text is recognised, and another text about the same things is not."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text.duplicates import SHORT, SKETCH, fingerprint, nearly_the_same, own_share, similarity

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "data" / "kenkyu" / "entries.jsonl"
SAMPLE = Path(__file__).resolve().parents[2] / "nanashi" / "archive" / "sample" / "entries.jsonl"


HEADS = {
    "ja": "みなさん、おはようございます。今日も一日、どうぞよろしくお願いいたします。毎朝の記録として書いています。",
    "en": "Good morning, everybody, and welcome back to my morning pages, which I write before anything else.",
}
FEET = {
    "ja": "\n\n以上、本日の記録でした。読んでくださってありがとうございます。また明日お会いしましょう。",
    "en": "\n\nThat is all for today. Thank you for reading, take good care of yourselves, and see you tomorrow.",
}
MIDDLES = {
    "ja": ["昨日は駅前の本屋で古い地図を買った。", "眠れなかったので、夜中に窓を磨いていた。"],
    "en": ["Yesterday I bought an old map at the station.", "I could not sleep and cleaned the windows."],
}
LANGUAGES = ("ja", "en")


def near(one: str, other: str) -> float:
    return similarity(fingerprint(one), fingerprint(other))


def same(one: str, other: str) -> bool:
    found = nearly_the_same(fingerprint(one), fingerprint(other))
    assert nearly_the_same(fingerprint(other), fingerprint(one)) == found
    return found


def framed(language: str, middle: str) -> str:
    return HEADS[language] + middle + FEET[language]


def pairs_of(file: Path) -> list[tuple[int, int]]:
    """Pairs of entries that are called nearly the same."""
    entries = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    prints = [fingerprint(entry["body"]) for entry in entries]
    return [
        (one, other)
        for one, other in combinations(range(len(prints)), 2)
        if nearly_the_same(prints[one], prints[other])
    ]


def test_the_archive_has_one_text_that_was_posted_again() -> None:
    if ARCHIVE.exists():
        assert pairs_of(ARCHIVE) == [(5, 6)]
    assert pairs_of(SAMPLE) == []


def test_width_case_and_white_space_do_not_count() -> None:
    assert near("ＡＢＣ ｶﾅ 日記を書く", "abc カナ日記を\n書く") == 1.0
    assert same("ＡＢＣ ｶﾅ 日記を書く", "abc カナ日記を\n書く")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("今日は一日じゅう本を読んで、夕方に雨が降った。", "今日は一日じゅう文を書いて、夕方に雨が降った。"),
        ("おやすみなさい。また明日。", "おやすみなさい。またあした。"),
        ("Wrote all day, then it rained.", "Read all day, then it rained."),
        ("Good night, everybody!", "Good night, everybody."),
        ("研究がつらい。", "研究がつらい。" + "とても、" * 12 + "つらい。"),
    ],
)
def test_short_texts_count_only_when_they_are_the_same(one: str, other: str) -> None:
    assert not same(one, other)
    assert same(one, one.upper())


def test_what_is_short_is_known_to_the_character() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(SHORT + 1))
    assert same(text[:-1], text)
    assert not same(text[:-2], text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [1, 3])
def test_texts_in_one_frame_are_not_the_same(language: str, times: int) -> None:
    one, other = (framed(language, middle * times) for middle in MIDDLES[language])
    assert near(one, other) > 0.3
    assert not same(one, other)


def test_a_form_that_is_filled_in_anew_is_not_the_same() -> None:
    form = (
        "## 今日の体調と一日の記録\n\n- 起きた時刻: {}\n- 朝に測った体重: {}\n- 夜に飲んだ薬の名前: {}\n"
        "- 一日の気分をひとことで: {}\n\n食べたもの、歩いた距離、会った人は、別の帳面に書いてあります。\n"
    )
    one = form.format("六時半", "五十八キロ", "なし", "朝からずっと眠かった")
    assert not same(one, form.format("九時", "五十九キロ", "胃薬", "まあまあ楽しかった"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_with_a_correction_or_an_addition_is_nearly_the_same(language: str) -> None:
    text = framed(language, "".join(MIDDLES[language]) * 2)
    corrected = text.replace("毎朝", "朝").replace("everybody", "everyone")
    assert corrected != text
    assert same(text, corrected)
    assert same(text, text + "\n\n追記: " + MIDDLES[language][0])
    assert same(text, "PS first.\n\n" + corrected + "\n\n" + MIDDLES[language][1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_quoted_from_a_text_does_not_make_the_answer_the_same(language: str) -> None:
    text = framed(language, MIDDLES[language][0])
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    assert near(text, quoted) > 0.8
    assert not same(text, quoted + "\n" + MIDDLES[language][1])
    assert same(quoted, quoted)
    assert same(f">>20260611-k7m2xq {text}", f">>20260611-k7m2xq {text}。")


@given(st.text(max_size=2_000))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert near(text, text) == 1.0
    assert same(text, text)
    assert own_share(fingerprint(text), fingerprint(text)) == 0.0


@given(st.integers(0, 900), st.text(max_size=20))
def test_a_small_edit_leaves_it_nearly_the_same(at: int, inserted: str) -> None:
    text = "".join(chr(0x4E00 + n * 7919 % 8000) for n in range(1_000))
    edited = text[:at] + inserted + text[at + 10 :]
    assert same(text, edited)
    assert near(text, edited) == near(edited, text)


def test_the_estimate_is_near_the_true_similarity() -> None:
    letters = [chr(0x4E00 + n) for n in range(12_000)]
    one, other = "".join(letters[:8_000]), "".join(letters[4_000:])
    assert abs(near(one, other) - 1 / 3) < 4 / (2 * SKETCH**0.5)


def test_what_is_own_are_the_characters_of_no_shared_run() -> None:
    letters = "".join(chr(0x4E00 + n) for n in range(100))
    one, other = fingerprint(letters), fingerprint(letters[:40] + "ab" + letters[42:])
    assert (own_share(one, other), own_share(other, one)) == (0.02, 0.02)


def test_empty_texts_are_like_nothing_else() -> None:
    assert (near("", " \n"), near("", "日記")) == (1.0, 0.0)
