"""Generations: the lexicon compiled into one file, whose name is the version that it holds.

At any moment there is one valid generation, however the one that compiles is ended: a file gets its name when it
is whole, older ones are removed after that.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from nanashi.lexicons.versions import changes_since, lexicon_version, note_bulk
from nanashi.models import Keyword, LexiconChange
from nanashi.models.file_times import blur_time
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text import Lexicon
from nanashi.text.lexicon_file import LexiconFileError

FOLDER_MODE = 0o700
MOST_CHANGES = 200
"""Changed keywords that a process puts on top of a generation before it is compiled anew."""

_torn: set[tuple[object, ...]] = set()
"""States of files in which they could not be loaded."""


def folder() -> Path:
    """Where the generations are."""
    return Path(settings.NANASHI_DATA) / "lexicon"


def files() -> list[tuple[int, Path]]:
    """The generations that are there with their versions, newest first; not whether they are whole."""
    try:
        found = [(int(file.name), file) for file in folder().iterdir() if file.name.isdecimal()]
    except FileNotFoundError:
        return []
    return sorted(found, reverse=True)


def newest_usable(newest: int) -> tuple[int, Lexicon] | None:
    """The latest generation of this diary that is whole, and no older than the changes that are remembered."""
    for version, file in _usable(newest):
        try:
            return version, Lexicon.load(file)
        except (LexiconFileError, OSError):
            _torn.add(_state_of(file))
    return None


def latest(newest: int) -> int | None:
    """The version of the latest usable generation; one that is torn is found out when it is loaded."""
    return next((version for version, _file in _usable(newest)), None)


def is_due() -> bool:
    """Whether the lexicon has changed since the latest generation, or that one cannot be used."""
    newest = lexicon_version()
    return latest(newest) != newest if newest else Keyword.objects.exists()


def is_needed() -> bool:
    """Whether a change of many keywords is in no generation: until it is, no entry is linked by it."""
    newest = lexicon_version()
    if not newest:
        return Keyword.objects.exists()
    version = latest(newest)
    changes = None if version is None else changes_since(version, newest)
    return changes is None or changes.of_many


def is_pressing() -> bool:
    """Whether a new generation should not wait until nobody edits: too much lies on top of the latest one."""
    newest = lexicon_version()
    version = latest(newest)
    return version is None or newest - version > MOST_CHANGES


def compile_generation() -> int:
    """Compile the keywords as they are; returns the version. About 8 s and 370 MB for 865,000 words.

    What changes meanwhile may be in it or not: its row says so, and processes put the keyword on top as it then is.
    """
    from nanashi.lexicons.current import current_lexicon  # noqa: PLC0415 - that one reads the generations

    if not lexicon_version() and Keyword.objects.exists():
        with turn(UNHURRIED):
            note_bulk()
    version = lexicon_version()
    folder().mkdir(FOLDER_MODE, exist_ok=True)
    file = folder() / str(version)
    current_lexicon().save(file)
    _remove_others(file)
    for one in (file, file.parent):
        blur_time(one)  # its time would say when somebody edited a keyword
    _forget_changes(version)
    return version


def _usable(newest: int) -> Iterator[tuple[int, Path]]:
    """Generations of this diary that are not known to be torn, newest first."""
    for version, file in files():
        if version <= newest and _is_remembered(version, newest) and _state_of(file) not in _torn:
            yield version, file


def _is_remembered(version: int, newest: int) -> bool:
    rows = LexiconChange.objects.filter(version__gt=version, version__lte=newest).count()
    return rows == newest - version


def _state_of(file: Path) -> tuple[object, ...]:
    """What tells one state of a file from the next."""
    try:
        found = file.stat()
    except OSError:
        return (file,)
    return file, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _remove_others(kept: Path) -> None:
    """Remove older generations and what a run that was cut off has left; those who read one keep it."""
    for file in folder().iterdir():
        if file != kept:
            file.unlink(missing_ok=True)


def _forget_changes(version: int) -> None:
    with turn(UNHURRIED):
        held = LexiconChange.objects.filter(version__lte=version)
        held.exclude(version=lexicon_version()).delete()
