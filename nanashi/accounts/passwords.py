"""Which passwords are taken: long ones that are on no list and are not the name."""

import re
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nanashi.accounts.records import normal_name

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 500
FEWEST_LETTERS = 3
ADDED = "0123456789!?.*#-_"
REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)


def weakness(password: str, name: str) -> str:
    """What is wrong with a password for somebody of this name, in the reader's language; "" where nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return ngettext(
            "A password has at least %(least)d character; four words that do not belong together are good.",
            "A password has at least %(least)d characters; four words that do not belong together are good.",
            SHORTEST_PASSWORD,
        ) % {"least": SHORTEST_PASSWORD}
    if _is_common(password):
        return _("This password is on lists of common ones, and would be tried first.")
    known_as = normal_name(name)
    if known_as and len(normal_name(password).replace(known_as, "")) < SHORTEST_PASSWORD / 2:
        return _("The password is too much like the name.")
    return ""


def _is_common(password: str) -> bool:
    """Whether it is a common one, perhaps with figures and signs after it, or a common or short one over and over."""
    typed = password.strip().lower()
    repeated = REPEATED.fullmatch(typed)
    part = repeated[1] if repeated else typed
    return len(set(typed)) <= FEWEST_LETTERS or not {typed, part, typed.rstrip(ADDED)}.isdisjoint(_common())


@cache
def _common() -> frozenset[str]:
    """The 20,000 most common passwords, a list that Django carries."""
    return frozenset(CommonPasswordValidator().passwords)
