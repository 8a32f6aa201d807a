"""A form that is sent twice makes one entry: its token stands, in memory alone, for what it made."""

import time
from collections.abc import Callable

from nanashi.accounts.volatile import claim_token, forget_token, remember_token, token_value
from nanashi.models.turns import BusyError

MAKING_SECONDS = 30.0
"""How long a request may take; after that a claim without a result counts for nothing."""
KEPT_SECONDS = 24 * 3600.0
"""How long a result is kept."""
WAIT_SECONDS = 10.0
"""How long the second of two clicks waits for the result of the first."""
POLL_SECONDS = 0.02
TOKEN_LENGTH = 64
"""Characters of a token that count."""


def once(token: str, make: Callable[[], str]) -> str:
    """What `make` gave for this token, now or the first time; "" as a token makes it every time.

    Of two requests at the same time, in whichever process, one makes it and the other gets the same. Where `make`
    fails, the next one with this token tries again. Raises BusyError where the first one takes too long.
    """
    if not token:
        return make()
    name = token[:TOKEN_LENGTH]
    deadline = time.monotonic() + WAIT_SECONDS
    while not claim_token(name, MAKING_SECONDS):
        if value := token_value(name):
            return value
        if time.monotonic() >= deadline:
            raise BusyError(round(WAIT_SECONDS))
        time.sleep(POLL_SECONDS)
    try:
        value = make()
    except BaseException:
        forget_token(name)
        raise
    remember_token(name, value, KEPT_SECONDS)
    return value
