"""Run a block rule on a copy of the text in which some characters are hidden from it.

The library's rules for tables and quotations look at single characters, `|` and `>`. Where such a character
means something else here, a stand-in of the same length takes its place while the rule runs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]


@dataclass(frozen=True)
class Shield:
    """Hides one character from a rule, where `hide` says so."""

    character: str
    stand_in: str
    """A noncharacter: no text contains one, once its forbidden characters are replaced."""
    hide: Callable[[str], str]
    """The text with some of the characters as stand-ins."""

    def over(self, rule: BlockRule) -> BlockRule:
        """The same rule, which does not see the hidden characters."""

        def shielded_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            source = state.src
            hidden = self._hidden(state)
            if hidden is source:
                return rule(state, start_line, end_line, silent)
            first = len(state.tokens)
            state.src = hidden
            try:
                return rule(state, start_line, end_line, silent)
            finally:
                state.src = source
                self._restore(state.tokens[first:])

        return shielded_rule

    def _hidden(self, state: StateBlock) -> str:
        """The text with its stand-ins, made once; the text itself where there is nothing to hide."""
        known: dict[str, str] = state.env.setdefault(f"hidden {self.character}", {})
        if state.src not in known:
            hidden = self.hide(state.src)
            known[state.src] = state.src if hidden == state.src else hidden
            known[hidden] = known[state.src]
        return known[state.src]

    def _restore(self, tokens: list[Token]) -> None:
        for token in tokens:
            token.content = token.content.replace(self.stand_in, self.character)
            token.info = token.info.replace(self.stand_in, self.character)
