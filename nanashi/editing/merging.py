"""Two people changed one keyword at once: what they wrote is put together, field by field and line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nanashi.editing.content import Content
from nanashi.editing.differences import LINE_STEPS
from nanashi.editing.matching import BoundedMatcher, Steps

WHOLE = ("word", "reading", "explicit")
"""Fields of one value: two different ones cannot both stand."""
LISTS = ("aliases", "see_also")


@dataclass(frozen=True, slots=True)
class Merged:
    """Both texts together; where they contradict, the own one, and the field's name."""

    content: Content
    conflicts: tuple[str, ...]


def merge(base: Content, mine: Content, theirs: Content) -> Merged:
    """Both changes to `base`, as far as they do not contradict each other."""
    conflicts: list[str] = []
    values: dict[str, Any] = {}
    for name in WHOLE:
        values[name], clash = _value(*(getattr(one, name) for one in (base, mine, theirs)))
        conflicts += [name] if clash else []
    for name in LISTS:
        values[name] = _union(*(getattr(one, name) for one in (base, mine, theirs)))
    texts = [one.definition.splitlines() for one in (base, mine, theirs)]
    lines = merge_lines(*texts)
    values["definition"] = mine.definition if lines is None else "\n".join(lines)
    conflicts += ["definition"] if lines is None else []
    return Merged(replace(mine, **values), tuple(conflicts))


def merge_lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """Both changes to these lines; None where two different ones overlap or touch.

    >>> merge_lines(["a", "b", "c"], ["A", "b", "c"], ["a", "b", "C"])
    ['A', 'b', 'C']
    >>> merge_lines(["a"], ["b"], ["c"]) is None
    True
    """
    own, other = _edits(base, mine), _edits(base, theirs)
    for one in own:
        for two in other:
            if one != two and one[0] <= two[1] and two[0] <= one[1]:
                return None
    lines = list(base)
    for start, end, new in sorted({*own, *other}, reverse=True):
        lines[start:end] = new
    return lines


def _edits(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """(from, to, new lines) of each stretch of `base` that is otherwise."""
    opcodes = BoundedMatcher(base, other, Steps(LINE_STEPS)).get_opcodes()
    return [(i, j, tuple(other[k:m])) for kind, i, j, k, m in opcodes if kind != "equal"]


def _value(base: object, mine: object, theirs: object) -> tuple[object, bool]:
    """Whichever was changed, and whether both were, each otherwise."""
    if mine == base:
        return theirs, False
    return mine, theirs not in (base, mine)


def _union(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """What either has, without what one of them took away."""
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    return tuple(one for one in dict.fromkeys([*theirs, *mine]) if one not in gone)
