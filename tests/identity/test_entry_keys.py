"""Entry keys: found again from the master secret alone, and copied by hand without a slip going unseen."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.identity import entry_keys
from nanashi.identity.entry_keys import (
    BadKeyError,
    derived_key,
    key_text,
    key_words,
    locator_of,
    new_guest_key,
    read_key,
)
from nanashi.identity.letters import CROCKFORD

KEYS = st.binary(min_size=32, max_size=32)


def test_the_derivation_is_the_one_that_is_written_down() -> None:
    """It must never change: keys of entries would be lost."""
    master = bytes(range(32))
    key = hmac.new(master, b"entry" + (5).to_bytes(8, "big"), hashlib.sha256).digest()
    assert derived_key(master, 5) == key
    assert locator_of(key) == hashlib.sha256(key).digest()
    assert entry_keys.GAP == 64


@given(master=KEYS, other=KEYS, start=st.integers(0, 2**40))
def test_locators_never_repeat(master: bytes, other: bytes, start: int) -> None:
    rings = {master, other}
    locators = [locator_of(derived_key(one, start + n)) for one in rings for n in range(100)]
    assert len(set(locators)) == len(locators)


@given(key=KEYS)
def test_words_and_text_are_read_back(key: bytes) -> None:
    for written in (key_words(key), key_text(key), key_words(key).lower().replace(" ", "-\n")):
        assert read_key(written) == key
    assert key_text(key).isalnum()
    assert key_text(key).isascii()


@given(key=KEYS, data=st.data())
def test_a_wrong_letter_is_caught(key: bytes, data: st.DataObject) -> None:
    words = key_text(key)
    at = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.sampled_from([one for one in CROCKFORD if one != words[at]]))
    with pytest.raises(BadKeyError):
        read_key(words[:at] + letter + words[at + 1 :])


@given(key=KEYS, data=st.data())
def test_two_letters_in_the_wrong_order_are_caught(key: bytes, data: st.DataObject) -> None:
    words = key_text(key)
    at = data.draw(st.integers(0, len(words) - 2))
    swapped = words[:at] + words[at + 1] + words[at] + words[at + 2 :]
    if swapped != words:
        with pytest.raises(BadKeyError):
            read_key(swapped)


@given(text=st.text(max_size=80))
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(BadKeyError):
        read_key(text)


def test_a_letter_too_few_or_too_many_is_caught() -> None:
    words = key_text(new_guest_key())
    for wrong in (words[:-1], words + "0", words[1:], ""):
        with pytest.raises(BadKeyError):
            read_key(wrong)


def test_letters_that_look_alike_are_the_same() -> None:
    key = bytes(32)
    assert "0" in key_text(key)
    assert read_key(key_text(key).replace("0", "O").replace("1", "l")) == key
