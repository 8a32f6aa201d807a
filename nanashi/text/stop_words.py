"""Words too common to be links worth reading: lists for both languages, which an operator can replace or add to."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from nanashi.text.normal import normalise

LANGUAGES = ("ja", "en")


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


def parse_stop_words(lines: Iterable[str]) -> frozenset[str]:
    """The normalised words of a list: one a line; empty lines and lines that begin with # are passed over."""
    words = (line.strip() for line in lines)
    return frozenset(normalise(word) for word in words if word and not word.startswith("#"))
