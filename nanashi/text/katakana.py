"""Where a run of katakana falls into words.

The tokenizer splits compounds well (セキュリティ|ホール), but a word that it does not know it splits into
pieces that are words elsewhere: ミ|トライ, クリー|サップ. And it takes a compound with an unknown part for one
unknown word: メビューム|シュート. Each rule's gain is in docs/linking.md.
"""

from collections.abc import Iterator
from functools import lru_cache

from nanashi.text.scripts import CLINGING, kind
from nanashi.text.tokenizer import Token, tokens

_NEVER_FIRST = frozenset(CLINGING + "ッン")
_LONGEST_RUN = 64  # a longer run is no compound but a cry
_SHORTEST_KNOWN_PART = 4
_SHORTEST_PLACE = 3
_SHORTEST_REST = 3
# The surroundings in which a run is read: as a noun in the middle of a sentence.
_BEFORE = "は"
_AFTER = "の"
_NAME_DOTS = "・="


def is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the run of katakana from `start` to `end` is a part of a foreign name: ジェイ・ジグムンド."""
    return _is_part_beyond(text, start - 1, start - 2) or _is_part_beyond(text, end, end + 1)


def _is_part_beyond(text: str, dot: int, beyond: int) -> bool:
    inside = min(dot, beyond) >= 0 and max(dot, beyond) < len(text)
    return inside and text[dot] in _NAME_DOTS and kind(text[beyond]) == "K"


def parts(run: str) -> tuple[int, ...]:
    """The offsets inside a run of katakana where one part of a compound ends and the next begins."""
    return _parts(run) if 1 < len(run) <= _LONGEST_RUN else ()


@lru_cache(maxsize=16384)
def _parts(run: str) -> tuple[int, ...]:
    found: list[int] = []
    place = 0
    before: Token | None = None
    for token in tokens(f"{_BEFORE}{run}{_AFTER}")[1:-1]:
        if before is not None and _are_parts(before, token, place):
            found.append(place)
        found.extend(place + part for part in _known_parts(token))
        place += len(token.surface)
        before = token
    return tuple(place for place in found if run[place] not in _NEVER_FIRST)


def _are_parts(before: Token, after: Token, place: int) -> bool:
    """Whether two units are parts of a compound: no lone kana at the start, no pieces of a name."""
    return place > 1 and not before.is_proper_name() and not after.is_proper_name()


def _known_parts(token: Token) -> Iterator[int]:
    """Where an unknown word falls into a known word and a rest."""
    word = token.surface
    if token.unknown:
        for place in range(_SHORTEST_REST, len(word) - _SHORTEST_REST + 1):
            if _is_known(word[:place]) or _is_known(word[place:]):
                yield place


@lru_cache(maxsize=16384)
def _is_known(piece: str) -> bool:
    """Whether a piece alone is one known word, long enough to be no accident."""
    found = tokens(piece)
    if len(found) > 1 or not found[0].is_common():
        return False
    return len(piece) >= (_SHORTEST_PLACE if found[0].is_place() else _SHORTEST_KNOWN_PART)
