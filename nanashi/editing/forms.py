"""What people type on the pages of keywords."""

import dataclasses
import math
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import ngettext

from nanashi.editing.checking import is_too_common
from nanashi.editing.content import Content
from nanashi.lexicons.defining import MOST_ALIASES, READING_LENGTH
from nanashi.models.keyword import WORD_LENGTH
from nanashi.text.characters import with_unix_line_ends

NOTE_LENGTH = 200
LINES = MOST_ALIASES * (WORD_LENGTH + 2)
"""Characters of a list of words, one a line."""


class KeywordForm(forms.Form):
    """A keyword as somebody writes it; `base` is the number of the revision that they began from."""

    word = forms.CharField(max_length=WORD_LENGTH)
    reading = forms.CharField(max_length=READING_LENGTH, required=False)
    aliases = forms.CharField(max_length=LINES, required=False)
    definition = forms.CharField(required=False, strip=False)
    explicit = forms.BooleanField(required=False)
    see_also = forms.CharField(max_length=LINES, required=False)
    note = forms.CharField(max_length=NOTE_LENGTH, required=False)
    asked = forms.CharField(required=False)
    """The word for which somebody could choose already whether it is to be explicit, as the form proposed it."""
    base = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        definition = forms.CharField(max_length=settings.MAX_DEFINITION, required=False, strip=False)
        self.fields["definition"] = definition

    def ask_explicit(self) -> bool:
        """Propose "only explicit" for a word that stands nearly everywhere, unless it was proposed for it before.

        Gives whether it has to be asked now: then the box is ticked, and whoever registers the word decides.
        """
        word = self.cleaned_data["word"].strip()
        if "asked" not in self.data or self.data["asked"] == word or self.cleaned_data["explicit"]:
            return False
        if not is_too_common(word):
            return False
        self.data = self.data.copy()
        self.data["asked"], self.data["explicit"] = word, "1"
        return True

    def content(self) -> Content:
        """What was typed, where it is valid; line ends are line feeds, as everywhere in the diary."""
        given = self.cleaned_data
        return Content(
            word=given["word"].strip(),
            reading=given["reading"].strip(),
            aliases=_lines(given["aliases"]),
            definition=with_unix_line_ends(given["definition"]),
            explicit=given["explicit"],
            see_also=_lines(given["see_also"]),
        )


def typed(content: Content) -> dict[str, Any]:
    """A keyword's content as the fields of the form hold it."""
    fields = dataclasses.asdict(content)
    return {name: "\n".join(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def say_wait(form: forms.Form, field: str | None, seconds: float) -> None:
    """Say how long to wait before it may be sent again."""
    wait = math.ceil(seconds)
    message = ngettext(
        "Too many edits at once. Send it again in %(seconds)d second; nothing is lost.",
        "Too many edits at once. Send it again in %(seconds)d seconds; nothing is lost.",
        wait,
    )
    form.add_error(field, message % {"seconds": wait})


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
