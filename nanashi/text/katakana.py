"""Where a run of katakana falls into words, and whether words begin and end where it does.

The tokenizer splits compounds well (セキュリティ|ホール), but a word that it does not know it splits into
pieces that are words elsewhere: ミ|トライ, クリー|サップ. And it takes a compound with an unknown part for one
unknown word: メビューム|シュート. Each rule's gain is in docs/linking.md.
"""

from collections.abc import Iterator
from functools import lru_cache

from nanashi.text.scripts import CLINGING, LONG_VOWEL, Verdict, kind, verdicts
from nanashi.text.states import BOUNDARY, INSIDE
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


_WORDS_IN_SMALL_TSU = ("って", "っぽ")  # アニメって, アニメっぽい; but ハマった, アニメっちゃ
_ANY_KATAKANA = "ア"
_NOT_DECIDED = 0
_DECIDED = {Verdict.BOUNDARY: BOUNDARY, Verdict.INSIDE: INSIDE}


def judged(before: str, run: str, after: str) -> bytes:
    """The states of the places from the start of a run of katakana to its end, 0 where the run does not decide.

    `before` and `after` are the two characters beside it, fewer where the text begins or ends.
    """
    return _known(before, run, after) if len(run) <= _LONGEST_RUN else _judged(before, run, after)


def _judged(before: str, run: str, after: str) -> bytes:
    states = bytearray([INSIDE]) * (len(run) + 1)
    head = len(run) - len(run.lstrip(LONG_VOWEL))  # behind the long vowel of a hiragana word
    if 0 < head < len(run):
        states[head] = BOUNDARY
    inside = parts(run[head:])
    if inside and not _is_in_name(run[:head] or before, after):
        for place in inside:
            states[head + place] = BOUNDARY
    states[0] = _DECIDED.get(verdicts[before[-1] + run[0]], _NOT_DECIDED) if before else _NOT_DECIDED
    states[-1] = _state_of_end(run, after, vowel_of_its_own=head < len(run)) if after else _NOT_DECIDED
    return bytes(states)


_known = lru_cache(maxsize=16384)(_judged)


def _state_of_end(run: str, after: str, *, vowel_of_its_own: bool) -> int:
    """The place after a run."""
    if after[0] == "っ":
        return _NOT_DECIDED if after.startswith(_WORDS_IN_SMALL_TSU) else INSIDE
    last = _ANY_KATAKANA if run[-1] == LONG_VOWEL and vowel_of_its_own else run[-1]
    return _DECIDED.get(verdicts[last + after[0]], _NOT_DECIDED)


def _is_in_name(before: str, after: str) -> bool:
    """Whether a run between these characters is a part of a foreign name: ジェイ・ジグムンド."""
    return _is_dot_and_part(before[:-3:-1]) or _is_dot_and_part(after)


def _is_dot_and_part(beside: str) -> bool:
    return len(beside) > 1 and beside[0] in _NAME_DOTS and kind(beside[1]) == "K"


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
