"""The `?before=` of pages: the key of the last entry shown, which says no more than its day and chance."""

import re

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

BASE = 36
FORM = re.compile(r"[0-9a-z]{1,12}")
"""A 62-bit key in base 36; whatever is written so still fits into a column."""


def before_of(request: HttpRequest) -> int | None:
    """The cursor in a request's query.

    Raises Http404 where it is not one that a page gave out.
    """
    text = request.GET.get("before")
    if not text:
        return None
    if not FORM.fullmatch(text):
        raise Http404(_("There is no such page. Start again from the newest entry."))
    return int(text, BASE)


def cursor(key: int) -> str:
    """A key as it stands in an address."""
    digits = ""
    while key:
        key, digit = divmod(key, BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
