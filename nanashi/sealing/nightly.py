"""When the seal is due: each night at the operator's hour, and after missed nights as soon as there is a worker."""

import datetime
import time

from django.conf import settings
from django.utils import timezone

from nanashi.lexicons.weighing import last_seal
from nanashi.models import Entry
from nanashi.models.keys import first_key
from nanashi.sealing.one_at_a_time import was_cut_off
from nanashi.sealing.seal import seal

SECONDS_AFTER_FAILURE = 600.0
"""How long the worker rests after a seal that could not be done: each try pauses writing."""
OLDEST = datetime.timedelta(days=2)
"""How long ago the last seal may be before something is wrong."""

_not_before = 0.0


def run_if_due() -> None:
    """Seal where it is time; the worker asks all the time, so this is two short queries."""
    global _not_before  # noqa: PLW0603 - the one worker's rest
    if time.monotonic() < _not_before or not is_due():
        return
    _not_before = time.monotonic() + SECONDS_AFTER_FAILURE
    seal()
    _not_before = 0.0


def is_due() -> bool:
    """Whether a seal was cut off, or the last night, or one before it, has had none and there is anything to seal."""
    if was_cut_off():
        return True
    night = last_night()
    sealed_on = last_seal()
    if sealed_on is not None:
        return sealed_on < night
    return Entry.objects.filter(key__lt=first_key(night)).exists()


def is_overdue() -> bool:
    """Whether there are entries and no seal, or none for longer than a night that was missed explains."""
    sealed_on = last_seal()
    if sealed_on is not None and timezone.localdate() - sealed_on <= OLDEST:
        return False
    return Entry.objects.exists()


def last_night() -> datetime.date:
    """The day whose sealing hour has come last."""
    now = timezone.localtime()
    return now.date() if now.hour >= settings.SEAL_HOUR else now.date() - datetime.timedelta(days=1)
