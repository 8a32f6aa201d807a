"""What may be a keyword: a text that can be written, found and linked, and that has an address."""

import unicodedata

from django.utils.translation import gettext as _

from nanashi.models.keyword import WORD_LENGTH
from nanashi.text.characters import is_one_line
from nanashi.text.normal import normalise

NO_ADDRESS = (".", "..")
TAKEN_ENDINGS = ("/edit", "/history")
"""Pages of a keyword that its address would be mistaken for."""
NORM_LENGTH = WORD_LENGTH * 4
"""Characters of a word's normalised form, where some become many."""
NEVER_LINKED = ("Z", "C", "P", "M")
"""Unicode categories of which a word cannot wholly consist: space, controls, punctuation, marks."""


class RefusedError(Exception):
    """A keyword cannot be registered so; the message says why and what to write instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class SameWordError(RefusedError):
    """A word is matched as another keyword is: its case or width alone differ."""


def registrable(text: str, field: str) -> tuple[str, str]:
    """A word or alias without white space around it, and its normalised form.

    Raises RefusedError, naming the field, for a text that cannot be a keyword.
    """
    word = text.strip()
    if not word:
        raise RefusedError(field, _("empty; write a word"))
    if len(word) > WORD_LENGTH:
        raise RefusedError(field, _("%d characters; write at most %d") % (len(word), WORD_LENGTH))
    check_one_line(word, field)
    if word in NO_ADDRESS or word.endswith(TAKEN_ENDINGS):
        message = _('"%s" would have the address of another page; write another word')
        raise RefusedError(field, message % word)
    norm = normalise(word)
    if not any(map(str.isalnum, norm)) and all(unicodedata.category(c)[0] in NEVER_LINKED for c in norm):
        raise RefusedError(field, _('"%s" is nothing but punctuation; write a word') % word)
    if len(norm) > NORM_LENGTH:
        raise RefusedError(field, _('"%s" is too long when it is matched; write a shorter word') % word)
    return word, norm


def check_one_line(text: str, field: str) -> None:
    """Raise RefusedError for a text that cannot stand on one line of a page."""
    if not is_one_line(text):
        raise RefusedError(field, _("holds a control character or a line break; write one line of text"))
