"""The key ring: a master secret that opens with the password or the recovery code, and with nothing else.

Of one Argon2id run over a secret, HKDF makes two halves: one proves that the secret was right, the other encrypts
the master secret (AES-256-GCM). There is no second, cheaper hash to guess against. All parts of a lock have one
size, whatever the secret and whoever the owner.
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nanashi.identity.letters import CROCKFORD, as_crockford

MASTER_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
HALF_BYTES = 32
PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
"""RFC 9106, section 4, second recommended option: for machines with little memory."""
CODE_LENGTH = 28
"""140 bits: a recovery code needs no stretching, and gets the same all the same."""
CODE_GROUP = 4


class WrongSecretError(Exception):
    """The password or recovery code does not open this ring."""


@dataclass(frozen=True, slots=True)
class Ring:
    """An open key ring."""

    master: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """The master secret, locked under one secret; what is stored of it."""

    salt: bytes
    proof: bytes
    wrapped: bytes
    """Nonce, ciphertext and tag: 60 bytes."""


def new_master() -> bytes:
    """A new master secret: 32 random bytes."""
    return secrets.token_bytes(MASTER_BYTES)


def lock(master: bytes, secret: str) -> Lock:
    """Lock the master secret under a password or recovery code; takes some 0.1 s and 64 MiB."""
    salt = secrets.token_bytes(SALT_BYTES)
    proof, key = _halves(secret, salt)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Lock(salt, proof, nonce + AESGCM(key).encrypt(nonce, master, salt))


def unlock(locked: Lock, secret: str) -> bytes:
    """The master secret. Raises WrongSecretError when the secret is another one, or the lock is damaged."""
    proof, key = _halves(secret, locked.salt)
    if not hmac.compare_digest(proof, locked.proof):
        raise WrongSecretError
    nonce, sealed = locked.wrapped[:NONCE_BYTES], locked.wrapped[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, sealed, locked.salt)
    except InvalidTag:
        raise WrongSecretError from None


def spend_as_long(secret: str) -> None:
    """Do the work of `unlock` for nobody, so that a name that does not exist answers no sooner."""
    _halves(secret, bytes(SALT_BYTES))


def new_recovery_code() -> str:
    """A code such as 7K2M-…, of 28 letters in groups of four."""
    return _in_groups("".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH)))


def normal_code(text: str) -> str:
    """A recovery code as it was made, from how somebody typed it: any case, width, spaces or hyphens."""
    return _in_groups("".join(letter for letter in as_crockford(text) if letter in CROCKFORD))


def _in_groups(letters: str) -> str:
    return "-".join(letters[at : at + CODE_GROUP] for at in range(0, len(letters), CODE_GROUP))


def _halves(secret: str, salt: bytes) -> tuple[bytes, bytes]:
    """Proof and encryption key, from one Argon2id run."""
    typed = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    stretched = hash_secret_raw(typed, salt, PASSES, MEMORY_KIB, LANES, HALF_BYTES, Type.ID)
    return _half(stretched, b"nanashi proof"), _half(stretched, b"nanashi lock")


def _half(stretched: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), HALF_BYTES, salt=None, info=purpose).derive(stretched)
