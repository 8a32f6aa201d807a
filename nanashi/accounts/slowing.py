"""Guessing is slowed down; nobody is locked out of their own account by others.

Who tries from one address waits there. An account that is tried from many addresses makes each of them wait longer, and
still lets each try: its owner, who comes from one of their own, gets in.
"""

from django.http import HttpRequest

from nanashi.accounts import volatile
from nanashi.accounts.rates import address_of
from nanashi.accounts.records import normal_name

DEARER = 3.0
"""What an attempt costs while an account is tried from everywhere."""


def wait_to_sign_in(request: HttpRequest, name: str) -> float:
    """Seconds to wait before this name may be tried from here; 0 where it may."""
    place, known_as = address_of(request), normal_name(name)
    wait = volatile.spend("sign-in from", place)
    if wait > 0:
        return wait
    pressed = volatile.spend("sign-ins to", f"name {known_as}") > 0
    return volatile.spend("sign-in to", f"{place} {known_as}", DEARER if pressed else 1.0)


def wait_to_recover(request: HttpRequest) -> float:
    """Seconds to wait before a recovery code may be tried from here.

    The account does not count: a code of 140 bits cannot be guessed, and is the way in that nobody can make longer.
    """
    return volatile.spend("recovery from", address_of(request))


def wait_to_sign_up(request: HttpRequest) -> float:
    """Seconds to wait before another account may be made from here."""
    return volatile.spend("sign-up from", address_of(request))


def wait_to_revise(request: HttpRequest) -> float:
    """Seconds to wait before entries may be edited or withdrawn from here."""
    return volatile.spend("revise from", address_of(request))


def wait_to_preview(request: HttpRequest) -> float:
    """Seconds to wait before another preview may be made for somebody here, on whatever page."""
    return volatile.spend("preview from", address_of(request))


def wait_for_password(account_key: int) -> float:
    """Seconds to wait before whoever has this session may try the password again."""
    return volatile.spend("password of", str(account_key))
