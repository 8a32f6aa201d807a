"""Short marks by which one hand can be seen in one place, and in no other.

Each is an HMAC under the master secret: the same for one keyword, or for one thread, and unlinkable between two.
"""

import hmac

from nanashi.identity.letters import PLAIN

MARK_LETTERS = 8
"""40 bits: two editors of one keyword share a mark once in a million pairs of a million."""


def editor_mark(master: bytes, keyword_key: int) -> str:
    """The mark of an editor within one keyword."""
    return _mark(master, b"editor" + keyword_key.to_bytes(8, "big"))


def thread_mark(master: bytes, root_public_id: str) -> str:
    """The mark of a writer within the tree under one entry."""
    return _mark(master, b"thread" + root_public_id.encode())


def _mark(master: bytes, place: bytes) -> str:
    number = int.from_bytes(hmac.digest(master, place, "sha256")[:8], "big")
    return "".join(PLAIN[number >> 5 * at & 31] for at in range(MARK_LETTERS))
