"""The form that is matched, and the way back from it."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text.normal import PLAIN, normal, normalise

TRICKY = [
    "ｶ",
    "ﾞ",
    "ﾟ",
    "か",
    "が",
    "\u3099",
    "㍻",
    "ﬁ",
    "…",
    "ß",
    "İ",
    "é",
    "\u0301",
    "〜",
    "～",
    "Ａ",
    "ー",
    "々",
]
EMOJI = ["👨", "\u200d", "👩", "👍", "\U0001f3fd", "🇯", "🇵", "\ufe0f", "\U000e0100", "𠮷", "각", "ᄀ", "ᅡ", "ᆨ"]
texts = st.text(st.one_of(st.sampled_from(TRICKY + EMOJI), st.characters()), max_size=30)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("ﾊﾞﾅﾅ", "バナナ"),
        ("か\u3099", "が"),
        ("㍻", "平成"),
        ("ﬁn", "fin"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("カレー〜", "カレー~"),
        ("カレー～", "カレー~"),
        ("人々", "人々"),
        ("\ud83d壊", "\ufffd壊"),
    ],
)
def test_the_form_of(text: str, form: str) -> None:
    assert normalise(text) == form


@given(texts)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_the_mapped_form_is_the_form(text: str) -> None:
    assert normal(text).text == normalise(text)


@given(texts)
def test_cuts_lead_to_offsets_whose_parts_have_the_form_between(text: str) -> None:
    form, cuts = normal(text)
    places = range(len(form) + 1) if cuts is None else cuts
    assert len(places) == len(form) + 1
    whole = [(place, offset) for place, offset in enumerate(places) if offset >= 0]
    assert whole[-1] == (len(form), len(text))
    for (place, offset), (next_place, next_offset) in pairwise(whole):
        assert normalise(text[offset:next_offset]) == form[place:next_place]


def test_every_plain_character_is_one_character_that_joins_nothing() -> None:
    plain = re.compile(f"[{PLAIN}]")
    for code in range(0x110000):
        character = chr(code)
        if plain.match(character):
            form = normalise(character)
            assert len(form) == 1, hex(code)
            assert unicodedata.category(form)[0] != "M", hex(code)
            assert unicodedata.combining(form) == 0, hex(code)


@pytest.mark.parametrize(
    "together",
    [
        "👨\u200d👩\u200d👧",
        "👍\U0001f3fd",
        "🇯🇵",
        "か\u3099",
        "ｶﾞ",
        "㍻",
        "❤\ufe0f",
        "葛\U000e0100",
        "x\u0301\u0323",
    ],
)
def test_no_cut_inside(together: str) -> None:
    form, cuts = normal(f"a{together}b")
    assert cuts is not None
    inside = [offset for offset in cuts if 1 < offset < 1 + len(together)]
    assert inside == []
    assert form.startswith("a")


def test_two_flags_can_be_cut_apart() -> None:
    _, cuts = normal("🇯🇵🇺🇸")
    assert cuts is not None
    assert [offset for offset in cuts if offset >= 0] == [0, 2, 4]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2212", "\uff0d", "\ufe63"])
def test_one_form_for_all_that_keyboards_give_as_a_hyphen(hyphen: str) -> None:
    assert normalise(f"e{hyphen}mail") == "e-mail"


@pytest.mark.parametrize("other", ["–", "—", "ー", "―"])
def test_dashes_and_the_long_vowel_are_no_hyphens(other: str) -> None:
    assert "-" not in normalise(f"a{other}b")
