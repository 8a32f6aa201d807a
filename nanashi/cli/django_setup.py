"""Django for the commands that work on the diary; those that do not never import this."""

import os

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from nanashi.cli.language import language


class DiaryError(click.ClickException):
    """Something that the user can mend; printed without a traceback, exit status 1."""


def set_up_django() -> None:
    """Read the settings; raises DiaryError, naming the setting and the remedy, when one is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nanashi.web.settings")
    try:
        django.setup()
        _check_stop_words()
    except (ImproperlyConfigured, ValueError, OSError) as error:
        raise DiaryError(str(error)) from error
    translation.activate(language())


def _check_stop_words() -> None:
    """Raise ImproperlyConfigured now where each post would do so later."""
    from nanashi.lexicons.weighing import common_words  # noqa: PLC0415 - only when Django is set up

    common_words()
