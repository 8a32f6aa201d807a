"""What is known about each place of one text: whether a match may start there, or end there.

Scripts decide what they can (`scripts`, `letters`). The tokenizer is asked only about what they leave open, and what
it says about words that it does not know is mended (`katakana`, `unknown_kanji`).
"""

import re
from bisect import bisect_right

from nanashi.text import tokenizer
from nanashi.text.katakana import judged
from nanashi.text.letters import chains
from nanashi.text.scripts import KATAKANA, Verdict, kind, verdicts
from nanashi.text.states import BOUNDARY, ENDS, INSIDE, KNOWN, STARTS, STEM
from nanashi.text.unknown_kanji import doubts

# MeCab's model is of pairs: between two marks, each a unit by itself, a chunk reads the same whatever is around it.
# So it makes no difference whether chunks are read one by one or many at once.
_MARKS = "、。「」『』"
_WHITE = "".join(
    filter(str.isspace, map(chr, range(0x3001)))
)  # each by itself: twice as fast as \\s in a class
_STOP = f"{_WHITE}\0{_MARKS}"
_CHUNK = re.compile(f"[^{_STOP}]{{0,1000}}+[{_STOP}]++|[^{_STOP}]{{1,1000}}+")
_CHUNKS = re.compile(f"(?:[^{_STOP}]{{0,200}}+[{_STOP}]++){{1,48}}+|{_CHUNK.pattern}")
_BREAK = re.compile(f"[{_WHITE}\0]")
_FULL_STOP = "。"

_RUN = re.compile(f"[{KATAKANA}]+")
_KNOWN = re.compile(rb"[^\0]+")
_INSIDE = bytes((INSIDE,))
_AS_STATES = bytes(code if code == ord(" ") else INSIDE for code in range(256))
_SPACE_AND_INSIDE = b" " + _INSIDE
_BOUNDARY = bytes((BOUNDARY,))


class Places:
    """The places of one normalised text, found out as far as they are asked for, or all at once.

    `states[p]` holds the bits of place `p`, 0 as long as nobody asked; `wholes[p]` the end of the inflected word
    whose stem ends at `p`.
    """

    def __init__(self, text: str, *, all_at_once: bool = False) -> None:
        self._text = text
        self._chunks: list[tuple[int, int]] | None = None
        self.states = bytearray(len(text) + 1)
        self.wholes: dict[int, int] = {}
        if all_at_once:
            self._read_everything()
        self._read_letters()
        self.states[0] = self.states[-1] = BOUNDARY

    def find_out(self, place: int) -> int:
        """The bits of a place, found out now."""
        verdict = verdicts[self._text[place - 1 : place + 1]]
        if verdict is Verdict.ASK_KATAKANA:
            self._judge_run(*_run_around(self._text, place))
        elif verdict is Verdict.ASK:
            self._read_around(place)
        else:
            self.states[place] = BOUNDARY if verdict is Verdict.BOUNDARY else INSIDE
        return self.states[place]

    def may_start(self, place: int) -> bool:
        """Whether a match may start at a place."""
        return bool((self.states[place] or self.find_out(place)) & STARTS)

    def may_end(self, place: int) -> bool:
        """Whether a match may end at a place, which may lie beyond the text."""
        return place < len(self.states) and bool((self.states[place] or self.find_out(place)) & ENDS)

    def _read_letters(self) -> None:
        states = self.states
        for start, end, (boundaries, stems) in chains(self._text):
            states[start:end] = _INSIDE * (end - start)
            states[start] = states[end] = BOUNDARY
            for place in boundaries:
                states[start + place] = BOUNDARY
            for place, whole in stems:
                states[start + place] |= STEM
                self.wholes[start + place] = start + whole

    def _read_everything(self) -> None:
        for found in _CHUNKS.finditer(self._text):
            start, end = found.span()
            units = self._units(start, end)
            self.states[start:end] = _states_of(units)
            self._doubt(start, units)
        for found in _RUN.finditer(self._text):
            self._judge_run(*found.span())

    def _read_around(self, place: int) -> None:
        """Ask the tokenizer about the chunk around a place. What is known already stays."""
        if self._chunks is None:
            self._chunks = [found.span() for found in _CHUNK.finditer(self._text)]
        start, end = self._chunks[bisect_right(self._chunks, (place, len(self._text))) - 1]
        units = self._units(start, end)
        earlier = bytes(self.states[start:end])
        self.states[start:end] = _states_of(units)
        self._doubt(start, units)
        for found in _RUN.finditer(self._text, start, end):
            self._judge_run(*_run_around(self._text, found.end()))
        for known in _KNOWN.finditer(earlier):
            self.states[start + known.start() : start + known.end()] = known.group()

    def _units(self, start: int, end: int) -> str:
        """The units of a part of the text, with a space before each. The mark before it is its context."""
        mark = self._text[start - 1 : start]
        mark = mark if mark and mark in _MARKS else _FULL_STOP
        part = _BREAK.sub(_FULL_STOP, self._text[start:end])
        if end == len(self._text) and part[-1:] not in _MARKS:
            # The end of a text is the end of a line; MeCab alone reads 東京東京都立 otherwise there.
            return self._surfaces(mark, part + _FULL_STOP).removesuffix(f" {_FULL_STOP}")
        return self._surfaces(mark, part)

    def _surfaces(self, mark: str, part: str) -> str:
        for each in _MARKS:  # no unit may run over one
            part = part.replace(each, f" {each} ")
        return tokenizer.surfaces(f"{mark} {part}")[1:]

    def _doubt(self, start: int, units: str) -> None:
        for place, starts, ends in doubts(units):
            self.states[start + place] = KNOWN | STARTS * starts | ENDS * ends

    def _judge_run(self, start: int, end: int) -> None:
        """A run of katakana: its inside by its parts, its ends by the change of script where that decides."""
        text, states = self._text, self.states
        first, last = states[start], states[end]
        states[start : end + 1] = judged(
            text[max(0, start - 2) : start], text[start:end], text[end : end + 2]
        )
        states[start] = states[start] or first
        states[end] = states[end] or last


def _states_of(units: str) -> bytes:
    """The states of the places before each character: a boundary where a unit begins, none inside."""
    return units.encode("ascii", "replace").translate(_AS_STATES).replace(_SPACE_AND_INSIDE, _BOUNDARY)


def _run_around(text: str, place: int) -> tuple[int, int]:
    """The run of katakana that the place before or after which a katakana stands is in."""
    start = end = place
    while start and kind(text[start - 1]) == "K":
        start -= 1
    while end < len(text) and kind(text[end]) == "K":
        end += 1
    return start, end
