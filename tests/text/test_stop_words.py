"""The lists of words too common to be links."""

from pathlib import Path

import pytest

from nanashi.text import normalise
from nanashi.text.stop_words import (
    LANGUAGES,
    amended_stop_words,
    load_stop_words,
    parse_stop_words,
    stop_words,
)


@pytest.mark.parametrize(
    ("language", "word"), [("ja", "こと"), ("ja", "という"), ("en", "the"), ("en", "no one")]
)
def test_common_words_are_listed(language: str, word: str) -> None:
    assert word in stop_words(language)
    assert word in stop_words()


@pytest.mark.parametrize("word", ["研究", "東京", "データ", "python", "# pronouns and pointing words", ""])
def test_other_words_are_not(word: str) -> None:
    assert word not in stop_words()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_in_the_form_that_is_matched(language: str) -> None:
    assert len(stop_words(language)) > 200
    assert {normalise(word) for word in stop_words(language)} == stop_words(language)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="'fr': there are ja, en"):
        stop_words("fr")


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("\ufeff# mine\nＡＩ\n\n  ブログ \r\n", encoding="utf-8")
    assert load_stop_words(path) == {"ai", "ブログ"}
    assert parse_stop_words(["#a", " b "]) == {"b"}


def test_an_operators_own_file_adds_and_takes_away(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("# mine\nブログ\n-こと\n- ＴＨＥ\n", encoding="utf-8")
    amended = amended_stop_words(path)
    assert amended - stop_words() == {"ブログ"}
    assert stop_words() - amended == {"こと", "the"}
