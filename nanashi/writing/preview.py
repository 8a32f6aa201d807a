"""The preview: what the entry will look like, made as saved entries are, with a switch on every keyword link.

A switch is a checkbox whose label is the word itself. So it works without a script, and what is switched off goes
with the form as `off`; the text is not touched.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import unquote

from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.lexicons.current import renderer
from nanashi.lexicons.estimate_processes import TryAgainError, readers
from nanashi.lexicons.rendering import RenderJob
from nanashi.text.anchors import KEYWORD_CLASS, keyword_path
from nanashi.text.stripping import KEYWORD_ANCHOR
from nanashi.writing.drafts import Draft
from nanashi.writing.forms import Places, place_value
from nanashi.writing.storing import prepare


@dataclass(frozen=True)
class Found:
    """A keyword in the text."""

    word: str
    places: int
    off: bool
    """Whether it is switched off everywhere in this entry."""

    @property
    def path(self) -> str:
        """Its page."""
        return keyword_path(self.word)


@dataclass(frozen=True)
class Preview:
    """What a text will look like."""

    title: str
    html: str
    """The body as it will be saved, with switches in the place of keyword links."""
    found: tuple[Found, ...]
    """The keywords that can be linked, in the order of their first places."""
    characters: int


def preview(title: str, body: str, off: Places) -> Preview:
    """Render a text as `publish` does, and put a switch on each place of a keyword."""
    html = rendered(title, body)
    places = Counter[str]()
    unlinked = frozenset(off)

    def switch(link: re.Match[str]) -> str:
        word = unquote(link["path"].removeprefix("/keyword/"))
        places[word] += 1
        return _switch(word, places[word], link["shown"], unlinked, places.total())

    html = KEYWORD_ANCHOR.sub(switch, html)
    found = tuple(Found(word, number, (word, None) in unlinked) for word, number in places.items())
    return Preview(title, html, found, len(body))


def rendered(title: str, body: str, unlinked: Places = ()) -> str:
    """The HTML that would be saved."""
    draft = Draft(body, timezone.localdate(), title, unlinked=unlinked)
    (prepared,) = prepare([draft], {})
    with renderer(1) as rendering:
        (entry,) = rendering.start([_computed_elsewhere(prepared.job)])
    return entry.body


def _computed_elsewhere(job: RenderJob) -> RenderJob:
    """The job with its estimates as the estimate processes find them: for a preview, none is computed here.

    Where they have no time for it, a sentence says so. Charts have no address before the entry is saved.
    """
    around = job.estimates
    if around is None:
        return job
    errand = {
        "task": "records",
        "text": job.source_text,
        "public_id": job.public_id,
        "language": around.language,
        "bases": dict(around.bases),
        "work": around.work,
        "most": around.most,
    }
    try:
        records = readers.answer(errand).get("records", {})
    except TryAgainError:
        records = {}
    return replace(job, estimates=replace(around, kept=records, elsewhere=True, drawn=False))


def _switch(word: str, ordinal: int, shown: str, off: frozenset[tuple[str, int | None]], number: int) -> str:
    everywhere, here = (word, None) in off, (word, ordinal) in off
    value = escape(place_value(word, ordinal))
    name = escape(_("Do not link “%(word)s” here") % {"word": word})
    state = " checked" * here + " disabled" * everywhere
    mark = f"switch-{number}"
    return (
        f'<input class="switch" type="checkbox" name="off" id="{mark}" value="{value}" aria-label="{name}"{state}>'
        f'<label class="{KEYWORD_CLASS}" for="{mark}">{shown}</label>'
    )
