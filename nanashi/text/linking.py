"""From a text and a lexicon to links, and from links to HTML."""

from collections.abc import Callable, Iterable
from html import escape
from typing import NamedTuple

from nanashi.text.anchors import KEYWORD_CLASS, keyword_path
from nanashi.text.boundaries import standing
from nanashi.text.lexicon import Lexicon, Match
from nanashi.text.normal import normal


class Link(NamedTuple):
    """One place in a text where a keyword is linked; offsets in characters of the text given to `link`."""

    start: int
    end: int
    word: str
    """The keyword's headword."""
    key: int
    """The keyword's number."""


def link(text: str, lexicon: Lexicon, *, boundaries: bool = True) -> list[Link]:
    """The links of `text`, sorted, never overlapping: leftmost-longest among the matches that stand.

    A match stands when both its ends are word boundaries (`nanashi.text.boundaries`) and when it begins and ends
    between whole characters of the original, marks included. With `boundaries` off the first is not asked for.
    Raises TypeError for a lexicon that is none.
    """
    if not isinstance(lexicon, Lexicon):
        raise TypeError(f"lexicon: {type(lexicon).__name__}; make one with Lexicon.from_words(…)")
    form, cuts = normal(text)
    if boundaries:
        found = leftmost_longest(
            standing(form, _between_characters(lexicon.matches(form), cuts), lexicon.inflects)
        )
    else:
        longest = lexicon.longest_matches(form) if cuts is None else None
        found = longest or leftmost_longest(_between_characters(lexicon.matches(form), cuts))
    return _links(found, cuts, lexicon.words)


def leftmost_longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches in the order of their ends, those that remain when from the left the longest is taken first."""
    longest = {match[0]: match for match in matches}
    chosen: list[Match] = []
    at = 0
    for match in sorted(longest.values()):
        if match[0] >= at:
            chosen.append(match)
            at = match[1]
    return chosen


def _between_characters(matches: list[Match], cuts: list[int] | None) -> list[Match]:
    """The matches that neither begin nor end inside an original character."""
    if cuts is None:
        return matches
    return [match for match in matches if cuts[match[0]] >= 0 and cuts[match[1]] >= 0]


def _links(matches: list[Match], cuts: list[int] | None, words: dict[int, tuple[str, int]]) -> list[Link]:
    new = tuple.__new__  # a third of the time of Link(...)
    if cuts is not None:
        matches = [(cuts[start], cuts[end], number) for start, end, number in matches]
    return [
        new(Link, (start, end, word, key)) for start, end, number in matches for word, key in (words[number],)
    ]


def keyword_address(link: Link) -> str:
    """The address of a keyword's page, from the root of the diary's site."""
    return keyword_path(link.word)


def to_html(text: str, links: Iterable[Link], href: Callable[[Link], str] = keyword_address) -> str:
    """`text`, escaped for HTML, with an anchor around each link.

    The links are those that `link` gave for this text. Without the anchors it is `html.escape(text)`.
    """
    parts: list[str] = []
    at = 0
    for found in links:
        parts.append(escape(text[at : found.start]))
        shown = escape(text[found.start : found.end])
        parts.append(f'<a class="{KEYWORD_CLASS}" href="{escape(href(found))}">{shown}</a>')
        at = found.end
    parts.append(escape(text[at:]))
    return "".join(parts)
