"""What two texts have in common, found in a bounded number of steps: difflib alone is cubic at worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher


@dataclass(slots=True)
class Steps:
    """How many comparisons may still be made, by one search or by several together; one takes some 70 ns."""

    left: int


class BoundedMatcher(SequenceMatcher[str]):
    """difflib's search; where its steps are used up, what it has not looked at yet counts as replaced.

    >>> BoundedMatcher("abc", "abd", Steps(100)).get_opcodes()
    [('equal', 0, 2, 0, 2), ('replace', 2, 3, 2, 3)]
    >>> BoundedMatcher("abc", "abd", Steps(0)).get_opcodes()
    [('replace', 0, 3, 0, 3)]
    """

    a: Sequence[str]
    b2j: dict[str, list[int]]
    """Where in the second text each element is, in order."""

    def __init__(self, before: Sequence[str], after: Sequence[str], steps: Steps) -> None:
        super().__init__(None, before, after, autojunk=False)
        self._steps = steps

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest stretch in common; an empty one where that takes more steps than are left."""
        end = len(self.a) if ahi is None else ahi
        steps = sum(1 + len(self.b2j.get(self.a[place], ())) for place in range(alo, end))
        if steps > self._steps.left:
            return Match(alo, blo, 0)
        self._steps.left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)
