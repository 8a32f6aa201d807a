"""The one way in for what people write of keywords."""

from django.utils.translation import gettext as _

from nanashi.editing.checking import check_see_also, check_unregistered
from nanashi.editing.content import Content, content_of
from nanashi.editing.revisions import add_revision, catch_up, revision_contents
from nanashi.identity.pseudonyms import editor_mark
from nanashi.lexicons import changing
from nanashi.lexicons.defining import KeywordDraft
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Keyword, Revision
from nanashi.models.turns import turn


class OvertakenError(Exception):
    """Somebody else saved in between: what the edit began from, what stands now, and its number."""

    def __init__(self, base: Content, theirs: Content, number: int) -> None:
        super().__init__(f"revision {number} came in between")
        self.base, self.theirs, self.number = base, theirs, number


def save(  # noqa: PLR0913 - what was edited, from where, by whom, and what is said of it
    word: str, content: Content, base: int, master: bytes, note: str = "", restored: int | None = None
) -> str:
    """Register the keyword or change it, link it, and add a revision; returns the word that it has now.

    `word` is what it was called when the edit began, `base` the number of the revision that it began from (0: not
    registered), `restored` that of an older revision whose content it is. Raises OvertakenError when another revision
    came in between, RefusedError for what cannot be registered, BusyError when nobody may write. A retired keyword is
    revived.
    """
    check_see_also(content)
    with turn():
        keyword = Keyword.objects.filter(word=word).first()
        if keyword is None:
            if base:
                message = _("Somebody renamed or merged this keyword meanwhile; open its page again.")
                raise RefusedError("word", message)
            # Here, in the turn: what the form was told before may have changed.
            check_unregistered(content.word)
            key = changing.define(_draft(content))
        else:
            _check_base(keyword, base)
            key = keyword.key
            _change(keyword, content)
        changing.set_see_also({content.word: content.see_also})
        act = "" if restored is None else Revision.RESTORED
        add_revision(key, editor_mark(master, key), note, act, "" if restored is None else str(restored))
    changing.show_definition(key)
    return content.word


def _check_base(keyword: Keyword, base: int) -> None:
    number = catch_up(keyword)
    if base != number:
        theirs = content_of(keyword)
        began_from = revision_contents(keyword.key, [base]).get(base, Content(keyword.word))
        raise OvertakenError(began_from, theirs, number)


def _change(keyword: Keyword, content: Content) -> None:
    before = content_of(keyword)
    if keyword.retired:
        changing.revive(keyword.key)
    if content.word != before.word:
        # A spelling that was an alias becomes the word, or the reverse: the aliases that go must be gone first.
        kept = tuple(alias for alias in before.aliases if alias != content.word)
        if kept != before.aliases:
            changing.define(KeywordDraft(before.word, aliases=kept))
        changing.rename(keyword.key, content.word)
    changing.define(_draft(content))


def _draft(content: Content) -> KeywordDraft:
    return KeywordDraft(content.word, content.reading, content.aliases, content.definition, content.explicit)
