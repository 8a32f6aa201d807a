"""Differences between two revisions: by line, with the words that changed marked inside."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from nanashi.editing.content import Content

WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
"""Latin words whole; Japanese by the character."""
LONGEST_LINE = 2_000
"""Characters of a line in which single words are still looked for: the search is quadratic."""
CONTEXT = 2
"""Lines shown around a change."""


class Stretch(NamedTuple):
    """A piece of a line; `marked` where it is what changed."""

    text: str
    marked: bool


class Line(NamedTuple):
    """A line of a difference: "same", "gone", "new", or "skipped" for lines left out."""

    kind: str
    stretches: tuple[Stretch, ...]


class FieldDifference(NamedTuple):
    """What changed in one field."""

    field: str
    lines: tuple[Line, ...]


def differences(before: Content, after: Content) -> tuple[FieldDifference, ...]:
    """Every field that differs, in the order of the form."""
    one, two = _as_lines(before), _as_lines(after)
    return tuple(
        FieldDifference(name, tuple(line_differences(one[name], two[name])))
        for name in one
        if one[name] != two[name]
    )


def line_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Lines gone and new, with a little of what is around them."""
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT))
    for number, group in enumerate(groups):
        if number:
            yield Line("skipped", ())
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from (Line("same", (Stretch(text, False),)) for text in before[i:j])
            else:
                yield from _changed(before[i:j], after[k:m])


def _changed(gone: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    paired = min(len(gone), len(new))
    pairs = [_words(one, two) for one, two in zip(gone, new, strict=False)]
    yield from (Line("gone", pair[0]) for pair in pairs)
    yield from (Line("gone", (Stretch(text, False),)) for text in gone[paired:])
    yield from (Line("new", pair[1]) for pair in pairs)
    yield from (Line("new", (Stretch(text, False),)) for text in new[paired:])


def _words(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both lines, with the words marked that the other has not."""
    if max(len(before), len(after)) > LONGEST_LINE:
        return (Stretch(before, False),), (Stretch(after, False),)
    one, two = WORDS.findall(before), WORDS.findall(after)
    gone: list[Stretch] = []
    new: list[Stretch] = []
    for kind, i, j, k, m in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        gone += [Stretch("".join(one[i:j]), kind != "equal")] if i < j else []
        new += [Stretch("".join(two[k:m]), kind != "equal")] if k < m else []
    return tuple(gone), tuple(new)


def _as_lines(content: Content) -> dict[str, list[str]]:
    return {
        "word": [content.word],
        "reading": [content.reading] if content.reading else [],
        "aliases": list(content.aliases),
        "definition": content.definition.splitlines(),
        "explicit": ["✓"] if content.explicit else [],
        "see_also": list(content.see_also),
    }
