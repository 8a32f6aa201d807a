"""From one line of a JSON Lines archive to a draft; docs/import.md describes the fields for people."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.archive.fields import (
    BadFieldError,
    Record,
    day_of,
    given,
    kind_of,
    language_tag_of,
    line_of,
    list_of,
    number_of,
    object_of,
    quarter_of,
    record_of,
    shown,
    text_of,
    unknown_fields,
)
from nanashi.models.entry import HAND_LENGTH, SERIES_LENGTH, TITLE_LENGTH
from nanashi.models.keyword import WORD_LENGTH
from nanashi.text.anchors import OLD_ID, PUBLIC_ID
from nanashi.writing.drafts import Draft, QuotedSource
from nanashi.writing.limits import ADDRESS_LENGTH, MOST_ANSWERED, MOST_OFF, MOST_PLACES, is_web_address

FIELDS = (
    "id",
    "old_id",
    "identity",
    "date",
    "time",
    "title",
    "body",
    "lang",
    "reply_to",
    "series",
    "source",
    "unlinked",
    "edited",
    "hand",
)
SERIES_FIELDS = ("id", "part")
SOURCE_FIELDS = ("url", "title", "lang", "by")
MOST_PARTS = 100_000
"""The highest number of a part of a series."""
IDENTITY = re.compile("[0-9a-f]{32}")
SHAPE_OF_OLD_ID = re.compile(OLD_ID)
SHAPE_OF_PUBLIC_ID = re.compile(PUBLIC_ID)


@dataclass(slots=True)
class EntryLine:
    """A draft as a line gives it, with what was odd about the line."""

    draft: Draft
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """(field, message) of what was left out."""


def latest_day() -> datetime.date:
    """Tomorrow in the diary's time zone: in some zone it has begun."""
    return timezone.localdate() + datetime.timedelta(days=1)


def entry_line(text: str, latest: datetime.date, origin: str) -> EntryLine:
    """Read one line.

    Raises BadFieldError, naming the field and the remedy, for a line that cannot be an entry.
    """
    record = record_of(text)
    warnings = list(unknown_fields(record, FIELDS))
    day = _day(record, latest)
    public_id, old_id = _ids(record, day)
    series, part = _series(record, warnings)
    draft = Draft(
        body=_body(record),
        day=day,
        title=line_of(record["title"], "title", TITLE_LENGTH) if given(record, "title") else "",
        quarter=_quarter(record, day),
        lang=language_tag_of(record["lang"], "lang") if given(record, "lang") else "",
        reply_to=_reply_to(record, {public_id, old_id}, warnings),
        series=series,
        part=part,
        quoted_from=_source(record, warnings),
        unlinked=_unlinked(record),
        edited_on=_edited(record, day, latest),
        public_id=public_id,
        old_id=old_id,
        identity=_identity(record),
        hand=line_of(record["hand"], "hand", HAND_LENGTH) if given(record, "hand") else "",
        origin=origin,
    )
    return EntryLine(draft, warnings)


def _day(record: Record, latest: datetime.date) -> datetime.date:
    if not given(record, "date"):
        raise BadFieldError("date", _("missing; write the entry's day as YYYY-MM-DD"))
    return day_of(record["date"], "date", latest)


def _body(record: Record) -> str:
    if not given(record, "body"):
        raise BadFieldError("body", _("missing or empty; write the entry's text"))
    body = text_of(record["body"], "body", settings.MAX_BODY)
    if not body.strip():
        raise BadFieldError("body", _("nothing but white space; write the entry's text"))
    return body


def _ids(record: Record, day: datetime.date) -> tuple[str | None, str | None]:
    """The id of our own form and the 14-digit one, each as far as the line has one."""
    written = record.get("id")
    old = _old_id(record["old_id"], "old_id") if given(record, "old_id") else None
    if not given(record, "id"):
        return None, old
    if isinstance(written, str) and SHAPE_OF_OLD_ID.fullmatch(written):
        if old not in (None, written):
            raise BadFieldError("old_id", _("the id is another 14-digit one; leave one of them out"))
        return None, written
    if isinstance(written, str) and SHAPE_OF_PUBLIC_ID.fullmatch(written):
        if not written.startswith(day.isoformat().replace("-", "")):
            message = _("%s is the id of another day than the date; make them the same or leave the id out")
            raise BadFieldError("id", message % shown(written))
        return written, old
    raise BadFieldError("id", _not_an_id(written))


def _not_an_id(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _("a number; write the id in quotation marks")
    message = _("%s is no id of an entry; write one such as 20260611-k7m2xq, or 14 digits")
    return message % shown(value)


def _old_id(value: object, name: str) -> str:
    if not isinstance(value, str) or not SHAPE_OF_OLD_ID.fullmatch(value):
        raise BadFieldError(
            name, _("%s is no 14-digit id; write 14 digits in quotation marks") % shown(value)
        )
    return value


def _identity(record: Record) -> bytes | None:
    """The hash that an export keeps of an entry that came without an id."""
    if not given(record, "identity"):
        return None
    value = record["identity"]
    if not isinstance(value, str) or not IDENTITY.fullmatch(value):
        message = _("%s is not what an export writes here; leave this field out")
        raise BadFieldError("identity", message % shown(value))
    return bytes.fromhex(value)


def _quarter(record: Record, day: datetime.date) -> int | None:
    """From the time, or from a 14-digit id of the same day."""
    if given(record, "time"):
        return quarter_of(record["time"], "time")
    written = record.get("id")
    if not isinstance(written, str) or not SHAPE_OF_OLD_ID.fullmatch(written):
        return None
    try:
        moment = datetime.datetime.strptime(written, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the diary's own clock
    except ValueError:
        return None
    return quarter_of(f"{moment:%H:%M}", "id") if moment.date() == day else None


def _reply_to(record: Record, own: set[str | None], warnings: list[tuple[str, str]]) -> tuple[str, ...]:
    if not given(record, "reply_to"):
        return ()
    value = record["reply_to"]
    targets = list_of(value if isinstance(value, list) else [value], "reply_to", MOST_ANSWERED)
    answered: dict[str, None] = {}
    for target in targets:
        if not isinstance(target, str) or not (
            SHAPE_OF_OLD_ID.fullmatch(target) or SHAPE_OF_PUBLIC_ID.fullmatch(target)
        ):
            raise BadFieldError("reply_to", _not_an_id(target))
        if target in own:
            warnings.append(
                ("reply_to", _("a reply to itself, taken as no reply; write the other entry's id"))
            )
        else:
            answered[target] = None
    return tuple(answered)


def _series(record: Record, warnings: list[tuple[str, str]]) -> tuple[str | None, int | None]:
    if not given(record, "series"):
        return None, None
    series = object_of(record["series"], "series")
    warnings.extend(unknown_fields(series, SERIES_FIELDS, "series."))
    for name in SERIES_FIELDS:
        if not given(series, name):
            raise BadFieldError(f"series.{name}", _('missing; write {"id": "a name", "part": 1}'))
    name = line_of(series["id"], "series.id", SERIES_LENGTH)
    return name, number_of(series["part"], "series.part", 1, MOST_PARTS)


def _source(record: Record, warnings: list[tuple[str, str]]) -> QuotedSource | None:
    if not given(record, "source"):
        return None
    source = object_of(record["source"], "source")
    warnings.extend(unknown_fields(source, SOURCE_FIELDS, "source."))
    quoted = QuotedSource()
    if given(source, "url"):
        quoted["url"] = _web_address(source["url"])
    if given(source, "title"):
        quoted["title"] = line_of(source["title"], "source.title", TITLE_LENGTH)
    if given(source, "lang"):
        quoted["lang"] = language_tag_of(source["lang"], "source.lang")
    if given(source, "by"):
        quoted["by"] = line_of(source["by"], "source.by", TITLE_LENGTH)
    return quoted or None


def _web_address(value: object) -> str:
    address = line_of(value, "source.url", ADDRESS_LENGTH)
    if not is_web_address(address):
        message = _("%s is no web address; write one that begins with http:// or https://")
        raise BadFieldError("source.url", message % shown(address))
    return address


def _unlinked(record: Record) -> tuple[tuple[str, int | None], ...]:
    if not given(record, "unlinked"):
        return ()
    places = list_of(record["unlinked"], "unlinked", MOST_OFF)
    return tuple(dict.fromkeys(_place(value) for value in places))


def _place(value: Any) -> tuple[str, int | None]:
    """A word, or a word and the ordinal of one place where it could be linked."""
    pair = [value, None] if isinstance(value, str) else value
    if not isinstance(pair, list) or len(pair) != 2:
        message = _('%s; write a word, or ["word", 1] for its first place')
        raise BadFieldError("unlinked", message % kind_of(value))
    word, ordinal = pair
    place = None if ordinal is None else number_of(ordinal, "unlinked", 1, MOST_PLACES)
    return line_of(word, "unlinked", WORD_LENGTH), place


def _edited(record: Record, day: datetime.date, latest: datetime.date) -> datetime.date | None:
    if not given(record, "edited"):
        return None
    edited = day_of(record["edited"], "edited", latest)
    if edited < day:
        raise BadFieldError("edited", _("before the entry's own day; write a day from then on"))
    return edited
