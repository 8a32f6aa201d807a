"""Definitions are rendered as entries are, and linked to one another."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.http import int_to_base36

from nanashi.lexicons.current import own_sites
from nanashi.lexicons.references import known_entries
from nanashi.lexicons.weighing import current_weighing
from nanashi.models import Keyword
from nanashi.models.turns import UNHURRIED, turn
from nanashi.text import Lexicon
from nanashi.text.markup import references_in, render
from nanashi.text.normal import normalise
from nanashi.text.weighing import Weigh

BATCH = 200


def render_definitions(keys: Iterable[int], lexicon: Lexicon) -> Iterator[int]:
    """Render the definitions of these keywords; yields the number done so far, after each batch."""
    wanted = list(keys)
    for at in range(0, len(wanted), BATCH):
        chunk = wanted[at : at + BATCH]
        _render_batch(Keyword.objects.filter(key__in=chunk), lexicon)
        yield at + len(chunk)


def all_definitions() -> list[int]:
    """Keys of all keywords that are defined."""
    return list(_defined().values_list("key", flat=True))


def definitions_with(norms: Iterable[str]) -> list[int]:
    """Keys of the keywords that are one of these normalised spellings, or whose definition may contain one."""
    wanted = list(norms)
    rows = _defined().values_list("key", "norm", "definition").iterator(chunk_size=BATCH)
    named = set(wanted)
    return [key for key, norm, text in rows if norm in named or _holds_any(normalise(text), wanted)]


def _holds_any(text: str, norms: list[str]) -> bool:
    return any(norm in text for norm in norms)


def _defined() -> QuerySet[Keyword]:
    return Keyword.objects.exclude(definition="", definition_html="").order_by("key")


@turn(UNHURRIED)
def _render_batch(keywords: Iterable[Keyword], lexicon: Lexicon) -> None:
    changed: list[Keyword] = []
    for keyword in keywords:
        html = definition_html(keyword, lexicon)
        if html != keyword.definition_html:
            keyword.definition_html = html
            changed.append(keyword)
    Keyword.objects.bulk_update(changed, ["definition_html"], batch_size=BATCH)


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
