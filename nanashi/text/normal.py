"""The form of a text that is matched, and the way back from it to the text as typed.

The form is NFKC, case-folded, with two more foldings. The wave dash (U+301C) is a tilde: one system's keyboard
gives U+301C where another's gives U+FF5E, which NFKC makes a tilde. The hyphens U+2010 and (by NFKC) U+2011 and the
minus sign U+2212, which another system gives for the full-width U+FF0D, are hyphen-minus, as U+FF0D is.
"""

import re
import unicodedata
from typing import NamedTuple

# Characters of which each becomes exactly one character and joins no neighbour: almost all of Japanese and
# English text. Fewer than there are, never more; a test holds every one of them to that promise.
PLAIN = (
    r"\t\n\r\x20-\x7e\xa0-\xa7\xa9-\xac\xae\xb0-\xb3\xb5-\xb7\xb9-\xbb\xbf-\xde\xe0-\xff"
    r"\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0401\u0410-\u044f\u0451"
    r"\u2010-\u2016\u2018-\u2022\u2030\u203b\u2190-\u2199\u2212\u2460-\u2468\u2500-\u27bf"
    r"\u3000-\u3029\u3030\u3041-\u3096\u309d-\u309e\u30a0-\u30fe"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
_NOT_PLAIN = re.compile(f"[^{PLAIN}]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_WAVE_DASH = "\u301c"
_HYPHENS = "\u2010", "\u2212"
_ZERO_WIDTH_JOINER = "\u200d"


class Normal(NamedTuple):
    """A text in the form that is matched."""

    text: str
    cuts: list[int] | None
    """`cuts[p]` is the offset in the original of position `p`, or -1 where a cut would fall inside an original
    character or before a mark that belongs to the character before it. None: every offset is the position."""


def normalise(text: str) -> str:
    """The form of `text` that is matched; normalising it again changes nothing. Lone surrogates become U+FFFD."""
    return _fold(_LONE_SURROGATE.sub(_REPLACEMENT, text))


def normal(text: str) -> Normal:
    """The form of `text` that is matched, with the way back to its offsets."""
    if _NOT_PLAIN.search(text) is None:
        return Normal(_fold(text), None)
    return _mapped(text)


def _fold(text: str) -> str:
    form = unicodedata.normalize("NFKC", text).casefold()
    if not unicodedata.is_normalized("NFKC", form):
        form = unicodedata.normalize("NFKC", form)
    for hyphen in _HYPHENS:
        form = form.replace(hyphen, "-")
    return form.replace(_WAVE_DASH, "~")


def _mapped(text: str) -> Normal:
    """Normalise group by group, so that each group's place is known."""
    parts: list[str] = []
    cuts: list[int] = []
    at = 0
    for start, end in _groups(text):
        parts.append(normalise(text[at:start]))
        cuts.extend(range(at, start))
        group = normalise(text[start:end])
        if group:
            parts.append(group)
            cuts.append(start)
            cuts.extend([-1] * (len(group) - 1))
        at = end
    parts.append(normalise(text[at:]))
    cuts.extend(range(at, len(text) + 1))
    return Normal("".join(parts), cuts)


def _groups(text: str) -> list[tuple[int, int]]:
    """The spans that do not map character by character, each with the marks that belong to it."""
    groups: list[tuple[int, int]] = []
    for found in _NOT_PLAIN.finditer(text):
        at = found.start()
        end = min(at + 1 + (text[at] == _ZERO_WIDTH_JOINER), len(text))
        last = groups[-1] if groups else (0, 0)
        if at < last[1] or (at and _joins(text, at, last)):
            start = groups.pop()[0] if last[1] >= at and groups else at - 1
            groups.append((start, max(end, last[1])))
        else:
            groups.append((at, end))
    return groups


def _joins(text: str, at: int, last: tuple[int, int]) -> bool:
    """Whether the character at `at` belongs to the one before it; `last` is the last group before it."""
    if _is_regional(text[at]):  # two of them make one flag
        return last == (at - 1, at) and _is_regional(text[at - 1])
    first = unicodedata.normalize("NFKC", text[at])[0]
    return unicodedata.category(first)[0] == "M" or _is_tail(ord(first))


def _is_tail(code: int) -> bool:
    """Joiners, jamo vowels and finals, skin tones, letters of flag tags: they follow and never stand alone."""
    return (
        code in (0x200C, 0x200D)
        or 0x1160 <= code <= 0x11FF
        or 0xD7B0 <= code <= 0xD7FF
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
