"""What templates can use, beside what a view gives them."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from nanashi.lexicons.estimate_figures import source_link
from nanashi.lexicons.estimate_words import shape_name
from nanashi.lexicons.shelving import DIGITS, REST
from nanashi.reading.cursors import cursor
from nanashi.reading.dates import clock, long_date, machine_time, short_date
from nanashi.reading.site import site_name
from nanashi.text.language import language_of
from nanashi.text.markup import keyword_path
from nanashi.text.stripping import mark_keyword


def environment(**options: Any) -> Environment:
    """The Jinja2 environment of all pages and feeds: autoescaped, strict about names, both languages."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options.pop("autoescape", None)
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], **options)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters.update(
        long_date=long_date,
        short_date=short_date,
        clock=clock,
        cursor=cursor,
        keyword_path=keyword_path,
        mark_keyword=mark_keyword,
        language_of=language_of,
        query=lambda text: quote(text, safe=""),
        shelf_name=shelf_name,
    )
    made.globals.update(
        machine_time=machine_time,
        language=get_language,
        languages=settings.LANGUAGES,
        site_name=site_name,
        shape_name=shape_name,
        source_link=source_link,
        count_limit=settings.COUNT_LIMIT,
    )
    return made


def shelf_name(shelf: str) -> str:
    """A shelf of the keyword index as it is labelled."""
    if shelf == DIGITS:
        return "0–9"
    return gettext("Other") if shelf == REST else shelf.upper()
