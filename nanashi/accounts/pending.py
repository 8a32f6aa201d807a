"""What a form carries from one step to the next without being readable, and without a row: sealed by the day's key."""

import base64
import binascii
import json
import secrets
import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nanashi.accounts import volatile

NONCE_BYTES = 12
SECONDS = 3_600
"""How long somebody may take to write a recovery code down."""
SIZE = 4_096
"""Bytes of what is sealed, filled up with spaces: it says nothing about what is in it."""


class StaleError(Exception):
    """It was altered, is of another form, or is more than an hour old."""


def sealed(purpose: str, content: dict[str, str]) -> str:
    """Seal this content for forms of one purpose."""
    plain = json.dumps([time.time(), content], ensure_ascii=False).encode("utf-8", "replace").ljust(SIZE)
    nonce = secrets.token_bytes(NONCE_BYTES)
    whole = nonce + AESGCM(volatile.day_key()).encrypt(nonce, plain, purpose.encode())
    return base64.urlsafe_b64encode(whole).decode("ascii")


def opened(purpose: str, text: str) -> dict[str, str]:
    """What was sealed for this purpose within the last hour. Raises StaleError."""
    try:
        whole = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        raise StaleError from None
    for key in (volatile.day_key(), *volatile.earlier_keys()):
        try:
            plain = AESGCM(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
        made, content = json.loads(plain)
        if time.time() - made > SECONDS:
            raise StaleError
        return {str(name): str(value) for name, value in content.items()}
    raise StaleError
