"""A form that is sent twice makes one entry: its token stands, in memory alone, for what it made.

A server can be killed between the commit and the answer. So whoever makes something announces it before the commit,
and a token whose maker is gone stands for what was announced if that is there.
"""

import contextlib
import os
import time
from collections.abc import Callable

from nanashi.accounts.volatile import claim_token, forget_token, remember_token, token_value
from nanashi.models.turns import BusyError
from nanashi.writing.ids import in_use

MAKING_SECONDS = 30.0
"""How long a request may take; after that its claim counts for nothing."""
KEPT_SECONDS = 24 * 3600.0
"""How long a result, or what was announced, is kept."""
WAIT_SECONDS = 10.0
"""How long the second of two clicks waits for the result of the first."""
POLL_SECONDS = 0.02
TOKEN_LENGTH = 64
"""Characters of a token that count."""
CLAIM = "?"
"""What the value of a token begins with that is only claimed: "?<process> <until> <what was announced>"."""

Announce = Callable[[str], None]
"""To be called with the value to come, whose first word is a public id, before that entry is committed."""


def once(token: str, make: Callable[[Announce], str]) -> str:
    """What `make` gave for this token, now or the first time; "" as a token makes it every time.

    Of two requests at the same time, in whichever process, one makes it and the other gets the same. Where `make`
    fails, or its process was killed before the commit, the next one with this token tries again. Raises BusyError
    where the first one takes too long.
    """
    if not token:
        return make(lambda _value: None)
    name = token[:TOKEN_LENGTH]
    if made := _made_before(name):
        return made
    try:
        value = make(lambda announced: remember_token(name, _claim(announced), KEPT_SECONDS))
    except BaseException:
        forget_token(name)
        raise
    remember_token(name, value, KEPT_SECONDS)
    return value


def _made_before(name: str) -> str:
    """What this token stands for, after waiting for whoever is making it; "" once it is claimed for this request."""
    deadline = time.monotonic() + WAIT_SECONDS
    found: str | None = None
    while not claim_token(name, KEPT_SECONDS, _claim(), instead_of=found):
        found = None
        value = token_value(name) or ""
        if not value.startswith(CLAIM):
            if value:
                return value
            continue
        alive, announced = _read(value)
        if announced and in_use([announced.split(" ", 1)[0]]):
            remember_token(name, announced, KEPT_SECONDS)
            return announced
        if not alive:
            found = value
            continue
        if time.monotonic() >= deadline:
            raise BusyError(round(WAIT_SECONDS))
        time.sleep(POLL_SECONDS)
    return ""


def _claim(announced: str = "") -> str:
    return f"{CLAIM}{os.getpid()} {time.time() + MAKING_SECONDS:.0f} {announced}"


def _read(claim: str) -> tuple[bool, str]:
    """Whether the maker is alive, looked up before anybody asks for what it has committed; what it announced."""
    process, until, announced = claim.removeprefix(CLAIM).split(" ", 2)
    if time.time() >= float(until):
        return False, announced
    with contextlib.suppress(PermissionError):
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return False, announced
    return True, announced
