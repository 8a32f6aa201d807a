"""Where the index keeps a word, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.lexicons.shelving import DIGITS, REST, ROWS, SORT_KEY_LENGTH, shelf_and_sort_key

SHELVES = {*ROWS, *"abcdefghijklmnopqrstuvwxyz", DIGITS, REST}


@pytest.mark.parametrize(
    ("word", "reading", "shelf"),
    [
        ("研究", "けんきゅう", "か"),
        ("学校", "ガッコウ", "か"),
        ("学校", "ｶﾞｯｺｳ", "か"),
        ("パン", "", "は"),
        ("ヴァイオリン", "", "あ"),
        ("ぁ", "", "あ"),
        ("ヲタク", "", "わ"),
        ("ンジャメナ", "", "わ"),
        ("ゐなか", "", "わ"),
        ("Ａｐｐｌｅ", "", "a"),
        ("École", "", "e"),
        ("3D", "", DIGITS),
        ("３Ｄ", "", DIGITS),
        ("研究", "", REST),
        ("ーの", "", REST),
        ("Ωメガ", "", REST),
        ("☕", "", REST),
        ("TCP/IP", "ティーシーピーアイピー", "た"),
    ],
)
def test_a_word_stands_on_the_shelf_of_its_reading(word: str, reading: str, shelf: str) -> None:
    assert shelf_and_sort_key(word, reading)[0] == shelf


def test_words_stand_as_in_a_japanese_dictionary() -> None:
    words = ["かい", "がい", "かう", "カード", "かた", "かっこ", "がっこう", "かつどう", "かん", "カンー"]
    right = ["カード", "かい", "がい", "かう", "かた", "かっこ", "がっこう", "かつどう", "かん", "カンー"]
    assert sorted(words, key=lambda word: shelf_and_sort_key(word)[1]) == right


def test_latin_words_stand_by_their_letters() -> None:
    words = ["zebra", "Éclair", "echo", "ECU", "éclairs"]
    assert sorted(words, key=lambda word: shelf_and_sort_key(word)[1]) == [
        "echo",
        "Éclair",
        "éclairs",
        "ECU",
        "zebra",
    ]


@given(st.text(min_size=1, max_size=100), st.text(max_size=200))
def test_every_word_has_a_shelf_and_a_place_that_fits_its_column(word: str, reading: str) -> None:
    shelf, sort_key = shelf_and_sort_key(word, reading)
    assert shelf in SHELVES
    assert 0 < len(sort_key) <= SORT_KEY_LENGTH
