"""Fields of a JSON record, each checked, with a message that says what to write instead."""

import datetime
import difflib
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from nanashi.models import keys
from nanashi.models.entry import LANGUAGE_LENGTH
from nanashi.text.characters import is_one_line, replace_forbidden
from nanashi.text.language import LANGUAGE_TAG

LINE = "line"
"""Stands in the place of a field's name where the whole line is at fault."""
SHAPE_OF_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHAPE_OF_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?")
SHOWN = 40
"""Characters of a wrong value that a message repeats."""
SURROGATE = re.compile("[\ud800-\udfff]")

Record = dict[str, Any]


class BadFieldError(Exception):
    """A field cannot be taken; the message says why and what to write instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def record_of(line: str) -> Record:
    """The JSON object that a line holds.

    Raises BadFieldError when it is no JSON or another kind of value.
    """
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        message = _("no JSON at character %d (%s); write one JSON object a line")
        raise BadFieldError(LINE, message % (error.pos + 1, error.msg)) from error
    except (RecursionError, ValueError) as error:
        raise BadFieldError(LINE, _("no JSON that can be read; write one JSON object a line")) from error
    if not isinstance(record, dict):
        raise BadFieldError(LINE, _("%s; write one JSON object a line") % kind_of(record))
    return record


def kind_of(value: object) -> str:
    """What a value is, in the words of JSON."""
    kinds = {
        "NoneType": "null",
        "bool": _("a truth value"),
        "int": _("a number"),
        "float": _("a number"),
        "str": _("a text"),
        "list": _("a list"),
        "dict": _("an object"),
    }
    return kinds[type(value).__name__]


def shown(value: object) -> str:
    """A wrong value as a message repeats it, on one line and short."""
    if isinstance(value, (dict, list)):
        return kind_of(value)
    text = json.dumps(value, ensure_ascii=False)
    text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return replace_forbidden(text)


def unknown_fields(record: Record, known: Collection[str], within: str = "") -> Iterator[tuple[str, str]]:
    """Each field whose name is not known, with a message that names the nearest one that is."""
    for name in record:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        remedy = _("did you mean %s?") % near[0] if near else _("the fields are %s") % ", ".join(known)
        shown_name = name if SHAPE_OF_NAME.fullmatch(name) else shown(name)
        yield within + shown_name, _("unknown field, left out; %s") % remedy


SHAPE_OF_NAME = re.compile(r"[\w.-]{1,40}")


def given(record: Record, field: str) -> bool:
    """Whether a field is there with a value: null and "" are the same as leaving it out."""
    return record.get(field) not in (None, "")


def text_of(value: object, field: str, longest: int) -> str:
    """A text as typed, of at most `longest` characters."""
    if not isinstance(value, str):
        raise BadFieldError(field, _("%s; write a text in quotation marks") % kind_of(value))
    if len(value) > longest:
        message = _("%d characters; write at most %d")
        raise BadFieldError(field, message % (len(value), longest))
    if "\0" in value or SURROGATE.search(value):
        message = _("holds a character that cannot be stored (U+0000 or half a surrogate pair); remove it")
        raise BadFieldError(field, message)
    return value


def line_of(value: object, field: str, longest: int) -> str:
    """A text that stands on one line on pages and in feeds: without controls."""
    text = text_of(value, field, longest)
    if not is_one_line(text):
        raise BadFieldError(field, _("holds a control character or a line break; write one line of text"))
    return text


def day_of(value: object, field: str, latest: datetime.date) -> datetime.date:
    """A day of the calendar, not later than `latest`."""
    if not isinstance(value, str) or not SHAPE_OF_DAY.fullmatch(value):
        raise BadFieldError(field, _("%s is no day; write it as YYYY-MM-DD") % shown(value))
    if value.startswith("0000"):
        raise BadFieldError(field, _("there is no year 0; write a year from 0001 on"))
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError as error:
        raise BadFieldError(field, _("%s is not in the calendar; write a real day") % shown(value)) from error
    if day > latest:
        message = _("%s has not come yet; write a day up to %s")
        raise BadFieldError(field, message % (shown(value), latest.isoformat()))
    return day


def quarter_of(value: object, field: str) -> int:
    """The quarter of an hour, 0 to 95, in which a time of the day falls."""
    found = SHAPE_OF_TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise BadFieldError(field, _("%s is no time of the day; write it as HH:MM") % shown(value))
    return keys.quarter_of(int(found[1]), int(found[2]))


def number_of(value: object, field: str, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        message = _("%s; write a whole number from %d to %d")
        raise BadFieldError(field, message % (shown(value), least, most))
    return value


def language_tag_of(value: object, field: str) -> str:
    """A language tag such as ja, en or zh-Hant."""
    text = line_of(value, field, LANGUAGE_LENGTH)
    if not LANGUAGE_TAG.fullmatch(text):
        raise BadFieldError(field, _("%s is no language tag; write one such as ja or en") % shown(text))
    return text


def object_of(value: object, field: str) -> Record:
    """An object within a record."""
    if not isinstance(value, dict):
        raise BadFieldError(field, _("%s; write an object in braces") % kind_of(value))
    return value


def list_of(value: object, field: str, most: int) -> list[Any]:
    """A list of at most `most` values."""
    if not isinstance(value, list):
        raise BadFieldError(field, _("%s; write a list in square brackets") % kind_of(value))
    if len(value) > most:
        raise BadFieldError(field, _("%d values; write at most %d") % (len(value), most))
    return value
