"""Entry keys: derived by number from a ring's master secret, or made for a guest; and how people write one.

The database keeps a key's locator alone. Whoever has the master secret finds their entries by trying the locators
of one number after another, with a gap limit, as wallets find their coins (BIP 44).
"""

import hashlib
import hmac
import secrets

from nanashi.identity.letters import CROCKFORD, as_crockford

KEY_BYTES = 32
GAP = 64
"""Numbers in a row without an entry after which no more are tried."""
GROUP = 5
CHECK_BYTES = 3
WRITTEN_LENGTH = (KEY_BYTES + CHECK_BYTES) * 8 // 5


class BadKeyError(Exception):
    """What was typed is no entry key: a letter is wrong or missing."""


def derived_key(master: bytes, number: int) -> bytes:
    """The key of a ring's entry by its number, from 0: HMAC-SHA256 under the master secret."""
    return hmac.digest(master, b"entry" + number.to_bytes(8, "big"), "sha256")


def new_guest_key() -> bytes:
    """A key that belongs to no ring."""
    return secrets.token_bytes(KEY_BYTES)


def locator_of(key: bytes) -> bytes:
    """What an entry's row keeps of its key: SHA-256."""
    return hashlib.sha256(key).digest()


def key_words(key: bytes) -> str:
    """A key as people copy it by hand: twelve words of letters and digits, the last few of which check the rest."""
    letters = key_text(key)
    return " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def key_text(key: bytes) -> str:
    """A key in one word, for the fragment of an address."""
    number = int.from_bytes(key + _check(key), "big")
    return "".join(CROCKFORD[number >> 5 * at & 31] for at in reversed(range(WRITTEN_LENGTH)))


def read_key(text: str) -> bytes:
    """A key from what `key_words` or `key_text` gave, in any case and width, however it is spaced.

    Raises BadKeyError where a letter is wrong, missing or too many.
    """
    letters = [letter for letter in as_crockford(text) if letter.isalnum()]
    if len(letters) != WRITTEN_LENGTH or any(letter not in CROCKFORD for letter in letters):
        raise BadKeyError
    number = 0
    for letter in letters:
        number = number << 5 | CROCKFORD.index(letter)
    whole = number.to_bytes(KEY_BYTES + CHECK_BYTES, "big")
    key, check = whole[:KEY_BYTES], whole[KEY_BYTES:]
    if check != _check(key):
        raise BadKeyError
    return key


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"nanashi entry key" + key).digest()[:CHECK_BYTES]
