"""The shapes of words in addresses."""

import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from nanashi.estimates.chart_themes import THEMES


class DayConverter:
    """A day, as 2026-06-11."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise Http404(_("The calendar has no such day.")) from None

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


class EntryIdConverter:
    """An entry's public id, as 20260611-k7m2xq."""

    regex = r"\d{8}-[a-z0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class OldIdConverter(EntryIdConverter):
    """The fourteen digits of an imported entry."""

    regex = r"\d{14}"


class FeedConverter(EntryIdConverter):
    """A feed's format."""

    regex = r"atom|rss|json"


class DigestConverter(EntryIdConverter):
    """The digest of an estimate."""

    regex = r"[0-9a-f]{32}"


class ThemeConverter(EntryIdConverter):
    """The colours and width of a chart."""

    regex = "|".join(THEMES)


class MonthConverter(EntryIdConverter):
    """A month, as 2026-06."""

    regex = r"\d{4}-\d{2}"
