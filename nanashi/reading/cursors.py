"""The `?before=` of pages: the key of the last entry shown, which says no more than its day and chance."""

import re

from django.http import Http404, HttpRequest
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext as _

FORM = re.compile(r"[0-9a-z]{1,12}")
"""A 62-bit key in base 36; whatever is written so still fits into a column."""


def before_of(request: HttpRequest) -> int | None:
    """The cursor in a request's query.

    Raises Http404 where it is not one that a page gave out.
    """
    text = request.GET.get("before")
    if not text:
        return None
    try:
        return key_of(text)
    except ValueError as error:
        raise Http404(_("There is no such page. Start again from the newest entry.")) from error


def key_of(text: str) -> int:
    """The key that `cursor` wrote. Raises ValueError for any other text."""
    if not FORM.fullmatch(text):
        raise ValueError(text)
    return base36_to_int(text)


def cursor(key: int) -> str:
    """A key as it stands in an address."""
    return int_to_base36(key)
