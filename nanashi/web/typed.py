"""What people type in the diary's forms: whatever becomes of a request, it comes back from this one list."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

TYPED = {
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Text"),
    "source_url": gettext_lazy("Address of the source"),
    "source_title": gettext_lazy("Title of the source"),
    "source_lang": gettext_lazy("Language of the source"),
    "source_by": gettext_lazy("Translated by (a person or a program)"),
    "also": gettext_lazy("Answers"),
    "word": gettext_lazy("Word"),
    "reading": gettext_lazy("Reading (kana)"),
    "aliases": gettext_lazy("Aliases"),
    "definition": gettext_lazy("Definition"),
    "see_also": gettext_lazy("See also"),
    "note": gettext_lazy("Note to this change"),
    "into": gettext_lazy("The other keyword, for a merger"),
    "reason": gettext_lazy("Reason"),
    "objection": gettext_lazy("Why not"),
    "name": gettext_lazy("Name"),
}
"""Every field of the diary's forms in which people type, but for SECRET ones, with what it is called; in this order it
comes back to be copied."""
SECRET = frozenset({"password", "new_password", "new_password_again", "code", "entry_key"})
"""Fields that are typed and never put back on a page."""


class Typed(NamedTuple):
    """What somebody typed into one field."""

    label: str
    text: str


def typed_in(request: HttpRequest) -> list[Typed]:
    """What somebody typed in the form that was sent, field by field."""
    sent = request.POST
    return [
        Typed(str(label), text)
        for field, label in TYPED.items()
        for text in sent.getlist(field)
        if text.strip()
    ]


def written_in(request: HttpRequest) -> list[str]:
    """The texts alone of what somebody typed in the form that was sent."""
    return [typed.text for typed in typed_in(request)]
