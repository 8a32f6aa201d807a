"""Words too common to be links worth reading: lists for both languages, which an operator can replace or add to."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from nanashi.text.normal import normalise

LANGUAGES = ("ja", "en")
TAKEN_AWAY = "-"
"""Before a word in an operator's own file: it is none of the stop words."""


@cache
def stop_words(language: str | None = None) -> frozenset[str]:
    """The normalised words of the list for "ja" or "en", or of both. Raises ValueError for another language."""
    if language is None:
        return frozenset().union(*map(stop_words, LANGUAGES))
    if language not in LANGUAGES:
        raise ValueError(f"no stop list for language {language!r}: there are {', '.join(LANGUAGES)}")
    listed = files(__package__).joinpath(f"stop_words_{language}.txt")
    return parse_stop_words(listed.read_text(encoding="utf-8").splitlines())


def load_stop_words(path: str | Path) -> frozenset[str]:
    """The normalised words of a list in a file of one's own, in UTF-8. Raises OSError and UnicodeDecodeError."""
    return parse_stop_words(Path(path).read_text(encoding="utf-8-sig").splitlines())


def amended_stop_words(path: str | Path) -> frozenset[str]:
    """Both lists with what a file says, in UTF-8: its words are added, those behind a "-" are taken away.

    Raises OSError and UnicodeDecodeError.
    """
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8-sig").splitlines()]
    added = parse_stop_words(line for line in lines if not line.startswith(TAKEN_AWAY))
    gone = parse_stop_words(line.removeprefix(TAKEN_AWAY) for line in lines if line.startswith(TAKEN_AWAY))
    return (stop_words() | added) - gone


def parse_stop_words(lines: Iterable[str]) -> frozenset[str]:
    """The normalised words of a list: one a line; empty lines and lines that begin with # are passed over."""
    words = (line.strip() for line in lines)
    return frozenset(normalise(word) for word in words if word and not word.startswith("#"))
