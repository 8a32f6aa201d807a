"""When the seal is due: each night at the operator's hour, and after missed nights as soon as there is a worker."""

import datetime

from django.conf import settings
from django.utils import timezone

from nanashi.lexicons.weighing import STATE_KEY
from nanashi.models import Entry, LexiconState
from nanashi.models.keys import first_key
from nanashi.sealing.seal import seal


def run_if_due() -> None:
    """Seal where it is time; the worker asks all the time, so this is two short queries."""
    if is_due():
        seal()


def is_due() -> bool:
    """Whether the last night, or one before it, has had no seal and there is anything of another day to seal."""
    night = last_night()
    sealed_on = last_seal()
    if sealed_on is not None:
        return sealed_on < night
    return Entry.objects.filter(key__lt=first_key(night)).exists()


def last_seal() -> datetime.date | None:
    """The day of the last seal."""
    state = LexiconState.objects.filter(key=STATE_KEY).first()
    return None if state is None else state.sealed_on


def last_night() -> datetime.date:
    """The day whose sealing hour has come last."""
    now = timezone.localtime()
    return now.date() if now.hour >= settings.SEAL_HOUR else now.date() - datetime.timedelta(days=1)
