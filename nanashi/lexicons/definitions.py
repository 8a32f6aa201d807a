"""Definitions are rendered as entries are, and linked to one another."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import QuerySet
from django.utils.http import int_to_base36

from nanashi.lexicons.current import own_sites
from nanashi.lexicons.pacing import paced
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.weighing import current_weighing
from nanashi.models import Keyword
from nanashi.models.turns import UNHURRIED
from nanashi.text import Lexicon
from nanashi.text.markup import references_in, render
from nanashi.text.normal import normalise
from nanashi.text.weighing import Weigh

READ_AT_ONCE = 200
"""Definitions in memory while they are looked through."""


def render_definitions(keys: Iterable[int], lexicon: Lexicon, wait: float | None = UNHURRIED) -> None:
    """Render the definitions of these keywords, in turns that each have to come within `wait`. Raises BusyError."""
    remaining = iter(keys)
    paced(
        lambda size: list(islice(remaining, size)),
        lambda batch: [(one, definition_html(one, lexicon)) for one in Keyword.objects.filter(key__in=batch)],
        _write,
        wait,
    )


def all_definitions() -> list[int]:
    """Keys of all keywords that are defined."""
    return list(_defined().values_list("key", flat=True))


def definitions_with(norms: Iterable[str]) -> list[int]:
    """Keys of the keywords that are one of these normalised spellings, or whose definition may contain one."""
    wanted = list(norms)
    rows = _defined().values_list("key", "norm", "definition").iterator(chunk_size=READ_AT_ONCE)
    named = set(wanted)
    return [key for key, norm, text in rows if norm in named or _holds_any(normalise(text), wanted)]


def _holds_any(text: str, norms: list[str]) -> bool:
    return any(norm in text for norm in norms)


def _defined() -> QuerySet[Keyword]:
    return Keyword.objects.exclude(definition="", definition_html="").order_by("key")


def _write(_keys: list[int], rendered: list[tuple[Keyword, str]]) -> bool:
    """Store what is another now. A definition that changed meanwhile is left to whoever changed it."""
    for one, html in rendered:
        if html != one.definition_html:
            as_rendered = Keyword.objects.filter(key=one.key, word=one.word, definition=one.definition)
            as_rendered.update(definition_html=html)
    return True


def definition_html(keyword: Keyword, lexicon: Lexicon) -> str:
    """A definition as its page shows it; the word itself is not linked there."""
    if not keyword.definition:
        return ""
    mentioned = known_entries(references_in(keyword.definition, own_sites()))
    rendered = render(
        keyword.definition,
        anchor=anchor_of(keyword.key),
        lexicon=lexicon,
        known={written: public_id for written, (_, public_id) in mentioned.items()},
        unlinked=[(keyword.word, None)],
        sites=own_sites(),
        weigh=Weigh(current_weighing()),
    )
    return rendered.html


def anchor_of(key: int) -> str:
    """What the ids of a definition's headings and footnotes begin with: its key in base 36.

    >>> anchor_of(35), anchor_of(36)
    ('kz', 'k10')
    """
    return "k" + int_to_base36(key)
