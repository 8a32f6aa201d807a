"""What a writer's form holds, checked field by field; whatever is wrong, the text stays in the form."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from nanashi.lexicons.current import own_sites
from nanashi.models.entry import LANGUAGE_LENGTH, SERIES_LENGTH, TITLE_LENGTH
from nanashi.models.keyword import WORD_LENGTH
from nanashi.text.anchors import OLD_ID, PUBLIC_ID
from nanashi.text.characters import is_one_line, is_visible, with_unix_line_ends
from nanashi.text.language import LANGUAGE_TAG
from nanashi.writing.drafts import QuotedSource
from nanashi.writing.limits import ADDRESS_LENGTH, MOST_ANSWERED, MOST_OFF, is_place, is_web_address
from nanashi.writing.tokens import TOKEN_LENGTH

Places = tuple[tuple[str, int | None], ...]

KEY_LENGTH = 400
"""Characters in which somebody writes an entry key."""
MOST_CUTS = 1_000
"""Headings at which one text is cut."""
ALSO_LENGTH = 1_000
DIGEST_LENGTH = 64
"""Letters of a SHA-256 as it is written."""
RING, GUEST = "ring", "guest"
_ID = re.compile(rf"(?<![0-9A-Za-z-])(?:{PUBLIC_ID}|{OLD_ID})(?![0-9A-Za-z_-])")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s,、，<>]+", re.IGNORECASE)
_PLACE = re.compile(r"(?P<word>.+)\|(?P<ordinal>[1-9][0-9]{0,5})", re.DOTALL)


class EntryForm(forms.Form):
    """The form of an entry: a title that may be missing, and a text."""

    use_required_attribute = False

    title = forms.CharField(required=False)
    body = forms.CharField(required=False, strip=False)
    hand = forms.BooleanField(required=False)
    source_url = forms.CharField(required=False)
    source_title = forms.CharField(required=False)
    source_lang = forms.CharField(required=False)
    source_by = forms.CharField(required=False)
    also = forms.CharField(required=False)
    series = forms.CharField(required=False, strip=False, max_length=SERIES_LENGTH)
    token = forms.CharField(required=False, max_length=TOKEN_LENGTH)
    entry_key = forms.CharField(required=False, max_length=KEY_LENGTH)
    began = forms.CharField(required=False, max_length=DIGEST_LENGTH)
    """Digest of what the entry held when the form was opened, where one is edited."""
    opened = forms.CharField(required=False, max_length=max(len(RING), len(GUEST)))
    """RING or GUEST: whether somebody was signed in when the form was opened; never who."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data.copy())
        self.typed_body = with_unix_line_ends(data.get("body", ""))
        """The text as it was typed: browsers send each line feed as two characters."""
        self.off = places_of(data.getlist("off"))
        self.cuts = data.getlist("cut")[:MOST_CUTS] if "cuts" in data else None
        """Headings at which parts are to begin (splitting.Heading.value); None where nothing was chosen yet."""

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if title and not is_visible(title):
            raise ValidationError(
                _("The title has only characters that cannot be seen. Write one, or leave it empty.")
            )
        return _line(title)

    def clean_body(self) -> str:
        if not is_visible(self.typed_body):
            hidden = _("The text has only characters that cannot be seen. Write something here.")
            empty = _("An entry needs a text. Write something here.")
            raise ValidationError(hidden if self.typed_body.strip() else empty)
        return _bounded(self.typed_body, settings.MAX_BODY)

    def clean_source_url(self) -> str:
        address: str = self.cleaned_data["source_url"].strip()
        if address and not is_web_address(address):
            raise ValidationError(
                _(
                    "This is no web address. Write one that begins with http:// or https://, or leave it empty."
                )
            )
        return _bounded(address, ADDRESS_LENGTH)

    def clean_source_title(self) -> str:
        return _line(self.cleaned_data["source_title"])

    def clean_source_lang(self) -> str:
        tag: str = self.cleaned_data["source_lang"]
        if tag and (len(tag) > LANGUAGE_LENGTH or not LANGUAGE_TAG.fullmatch(tag)):
            raise ValidationError(_("This is no language tag. Write one such as en, de or zh-Hant."))
        return tag

    def clean_source_by(self) -> str:
        return _line(self.cleaned_data["source_by"])

    def clean_also(self) -> tuple[str, ...]:
        """Ids of further entries that are answered, however they are written: ids, addresses, with >>."""
        text = _bounded(self.cleaned_data["also"], ALSO_LENGTH)
        if foreign := _foreign_address(text):
            raise ValidationError(
                _("%s is of another site: only entries of this diary are answered. Write their ids alone.")
                % foreign
            )
        ids = tuple(dict.fromkeys(_ID.findall(text)))
        if text and not ids:
            raise ValidationError(
                _("No entry is named here. Write ids such as 20260611-k7m2xq, or addresses.")
            )
        if len(ids) > MOST_ANSWERED:
            raise ValidationError(_("An entry answers at most %d others.") % MOST_ANSWERED)
        return ids

    def clean(self) -> dict[str, Any]:
        if len(self.off) > MOST_OFF:
            self.add_error(
                "body",
                _("At most %d links can be switched off one by one; switch whole words off instead.")
                % MOST_OFF,
            )
        return self.cleaned_data

    def value(self, name: str) -> str:
        """A field as it was typed, for the page that shows the form again."""
        return self.typed_body if name == "body" else str(self.data.get(name, ""))

    def quoted_from(self) -> QuotedSource | None:
        """The source that the text translates or quotes, of a form that is valid."""
        source = QuotedSource()
        for name in ("url", "title", "lang", "by"):
            if written := self.cleaned_data[f"source_{name}"]:
                source[name] = written  # type: ignore[literal-required]
        return source or None


def places_of(values: list[str]) -> Places:
    """Links that are switched off, from "word" (everywhere) and "word|2" (its second place)."""
    found = (_place(value) for value in values if len(value) <= WORD_LENGTH + 7)
    return tuple(dict.fromkeys(place for place in found if is_place(*place)))


def place_value(word: str, ordinal: int | None) -> str:
    """A place as a form sends it."""
    return word if ordinal is None else f"{word}|{ordinal}"


def _place(value: str) -> tuple[str, int | None]:
    found = _PLACE.fullmatch(value)
    return (value, None) if found is None else (found["word"], int(found["ordinal"]))


def _foreign_address(text: str) -> str:
    """The first web address in a text that is none of this diary's; "" where there is none."""
    own = tuple(f"{site}/".casefold() for site in own_sites())
    addresses = _ADDRESS.findall(text)
    return next((one for one in addresses if not f"{one}/".casefold().startswith(own)), "")


def _line(text: str) -> str:
    if not is_one_line(text):
        raise ValidationError(_("holds a control character or a line break; write one line of text"))
    return _bounded(text, TITLE_LENGTH)


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise ValidationError(
            _("%(count)s characters are too many: at most %(most)s are taken, so take out %(over)s.")
            % {"count": f"{len(text):,}", "most": f"{most:,}", "over": f"{len(text) - most:,}"}
        )
    return text
