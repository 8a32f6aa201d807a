"""What goes to a browser and comes back unread and unaltered: encrypted under the key of the day (AES-256-GCM)."""

import base64
import binascii
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nanashi.accounts import volatile

NONCE_BYTES = 12


class Opened(NamedTuple):
    """What was sealed."""

    plain: bytes
    today: bool
    """Whether it is under the key of today, and not of an earlier day that still counts."""


def seal(purpose: str, plain: bytes) -> str:
    """Seal bytes for one purpose, in letters that a cookie and a form may carry."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    whole = nonce + AESGCM(volatile.day_key()).encrypt(nonce, plain, purpose.encode())
    return base64.urlsafe_b64encode(whole).decode("ascii")


def opened(purpose: str, sealed: str) -> Opened | None:
    """What was sealed for this purpose; None where it was altered, is for another, or of a day too long ago."""
    try:
        whole = base64.b64decode(sealed.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    plain = _decrypted(whole, volatile.day_key(), purpose)
    if plain is not None:
        return Opened(plain, today=True)
    earlier = (_decrypted(whole, key, purpose) for key in volatile.earlier_keys())
    plain = next((one for one in earlier if one is not None), None)
    return None if plain is None else Opened(plain, today=False)


def _decrypted(whole: bytes, key: bytes, purpose: str) -> bytes | None:
    try:
        return AESGCM(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError):
        return None
