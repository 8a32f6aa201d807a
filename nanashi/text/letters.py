"""Whole words in scripts that write letters: Latin, digits, Greek, Cyrillic and the like.

A chain is a run of letters and digits with what may hold such runs together: `Node.js`, `AT&T`, `C++`, `don't`,
`state-of-the-art`, `user@host`. Which of the places inside it are word boundaries is decided here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from nanashi.text.scripts import JAPANESE

_LETTER = f"[^\\W{JAPANESE}]"
_MARK = "\u0300-\u036f"
_HYPHENS = "-"
_APOSTROPHES = "'\u2019"
_CHAIN = re.compile(f"{_LETTER}+(?:[{_HYPHENS}{_APOSTROPHES}.&@+#{_MARK}]+{_LETTER}+)*[+#{_MARK}]*")
_PARTS = re.compile(r"\w+|[^\w]+")
_RUNS = re.compile(r"[\d_]+|[^\d_]+")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{0,30}://[!-~]+")
_ORDINALS = frozenset(("st", "nd", "rd", "th", "s"))
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_NAMING_LETTERS = 3  # fewer letters before digits are part of a model's name: PS3, MP3, M7
_HYPHENS_OF_AN_IDIOM = 2
_LONGEST_KEPT = 64


Inner = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]
"""The places inside a chain, as offsets in it; one that is not named is inside a word.

First those where a word may begin or end. Then the ends of words whose plural or possessive goes on, each with
the end of the whole: for a plural the end of the ending, for a possessive the end of the word itself.
"""


def chains(text: str) -> Iterator[tuple[int, int, Inner]]:
    """The chains of a normalised text: start, end, inner places. An address (`https://…`) is one, with none."""
    return _with_addresses(text) if "://" in text else _chains(text, 0, len(text))


def _with_addresses(text: str) -> Iterator[tuple[int, int, Inner]]:
    at = 0
    for address in _ADDRESS.finditer(text):
        yield from _chains(text, at, address.start())
        at = address.end()
        yield address.start(), at, ((), ())
    yield from _chains(text, at, len(text))


def _chains(text: str, start: int, end: int) -> Iterator[tuple[int, int, Inner]]:
    for found in _CHAIN.finditer(text, start, end):
        first, last = found.span()
        if first and text[first - 1] == "." and _begins_a_name(text, first - 1):
            first -= 1
        yield first, last, inner(text[first:last])


def _begins_a_name(text: str, dot: int) -> bool:
    """Whether a dot is the first character of a name as in `.NET`, and no full stop or ellipsis."""
    before = text[dot - 1 : dot]
    return not (before.isalnum() or before in ("_", "."))


def inner(chain: str) -> Inner:
    """The places inside a chain."""
    return _known_inner(chain) if len(chain) <= _LONGEST_KEPT else _inner(chain)


def _inner(chain: str) -> Inner:
    runs = [(found.group(), found.start()) for found in _PARTS.finditer(chain)]
    idiom = sum(run in _HYPHENS for run, _ in runs) >= _HYPHENS_OF_AN_IDIOM
    boundaries: list[int] = []
    stems: list[tuple[int, int]] = []
    for index, (run, start) in enumerate(runs):
        if run[0].isalnum() or run[0] == "_":
            boundaries.extend(start + offset for offset in _inside_run(run))
            continue
        before = runs[index - 1][0] if index else ""
        after = runs[index + 1][0] if index + 1 < len(runs) else ""
        opens, closes = _around(run, before, after, idiom)
        boundaries.extend([start] * opens + [start + len(run)] * closes)
        if run in _APOSTROPHES and after == "s" and before:
            stems.append((start, start))
    ends = {*boundaries, len(chain)}
    for run, start in runs:
        if start + len(run) in ends:
            stems.extend((start + stem, start + len(run)) for stem in _plural_stems(run))
    return tuple(boundaries), tuple(stems)


_known_inner = lru_cache(maxsize=16384)(_inner)


def _inside_run(run: str) -> Iterator[int]:
    """Boundaries between letters and digits: 30|cm and python|3, but PS3, M2M and 21st are whole."""
    pieces = _RUNS.findall(run)
    if len(pieces) == 2:
        first, second = pieces
        if first.isdigit():
            whole = second in _ORDINALS
        else:
            whole = len(first) < _NAMING_LETTERS
        if not whole and "_" not in run:
            yield len(first)


def _around(joiner: str, before: str, after: str, idiom: bool) -> tuple[bool, bool]:
    """Whether there is a boundary before, and one after, what stands between two runs."""
    if not after:
        return before.isdigit(), False
    if joiner in _HYPHENS:
        lone = any(len(run) == 1 and run.isalpha() for run in (before, after))
        return (False, False) if lone or idiom else (True, True)
    if joiner == "&":
        apart = len(before) > 1 and len(after) > 1
        return apart, apart
    if joiner[0] in "+#" and joiner != "+":
        return before.isdigit(), True
    joined = joiner in (".", "@", *_APOSTROPHES) or not joiner.strip("\u0300-\u036f") or not before
    return (False, False) if joined else (True, True)


def _plural_stems(run: str) -> Iterator[int]:
    """Where the singular ends in what may be a plain plural."""
    if len(run) > 1 and run.endswith("s") and run.isalpha():
        yield len(run) - 1
        if run.endswith("es") and run[:-2].endswith(_SIBILANTS):
            yield len(run) - 2
