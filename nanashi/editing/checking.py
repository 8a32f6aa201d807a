"""What saving a keyword would refuse, told by the form beforehand; it takes no turn, and saving looks once more."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from nanashi.editing.content import Content
from nanashi.lexicons.defining import MOST_ALIASES
from nanashi.lexicons.keyword_rows import owners_of
from nanashi.lexicons.registrable import RefusedError, registrable
from nanashi.lexicons.weighing import common_words
from nanashi.models import Keyword
from nanashi.text.normal import normalise
from nanashi.text.scripts import KANJI

MOST_SEE_ALSO = 30
"""Words under "see also"."""
_KANJI = re.compile(f"[{KANJI}]")


class TakenError(RefusedError):
    """A spelling belongs to another keyword, `owner`."""

    def __init__(self, field: str, text: str, owner: str) -> None:
        message = _("“%(text)s” is registered already.")
        if normalise(text) != normalise(owner):
            message = _("“%(text)s” is registered already, as an alias of “%(owner)s”.")
        super().__init__(field, message % {"text": text, "owner": owner})
        self.owner = owner


def refusals(content: Content, keyword: Keyword | None) -> Iterator[RefusedError]:
    """Everything for which saving would refuse this content of a keyword; None where it is to be registered."""
    spellings: dict[str, tuple[str, str]] = {}
    for field, text in (("word", content.word), *(("aliases", alias) for alias in content.aliases)):
        try:
            word, norm = registrable(text, field)
            spellings.setdefault(norm, (field, word))
        except RefusedError as error:
            yield error
    for norm, owner in owners_of(spellings).items():
        if keyword is None or owner.key != keyword.key:
            yield TakenError(*spellings[norm], owner.word)
    if len(content.aliases) > MOST_ALIASES:
        message = _("%d values; write at most %d") % (len(content.aliases), MOST_ALIASES)
        yield RefusedError("aliases", message)
    if content.reading != (keyword.reading if keyword else "") and (found := _KANJI.search(content.reading)):
        message = _("A reading has no kanji, and this one has “%s”: write in kana how the word is read.")
        yield RefusedError("reading", message % found[0])
    try:
        check_see_also(content)
    except RefusedError as error:
        yield error


def check_unregistered(word: str) -> None:
    """Raise TakenError where a word is a spelling of a keyword, and RefusedError where it cannot be one."""
    text, norm = registrable(word, "word")
    for owner in owners_of([norm]).values():
        raise TakenError("word", text, owner.word)


def check_see_also(content: Content) -> None:
    """Raise RefusedError for words under "see also" that are too many, or that cannot be keywords."""
    if len(content.see_also) > MOST_SEE_ALSO:
        message = _("%d words; write at most %d") % (len(content.see_also), MOST_SEE_ALSO)
        raise RefusedError("see_also", message)
    for word in content.see_also:
        registrable(word, "see_also")


def is_too_common(word: str) -> bool:
    """Whether a word stands in so many texts that linking it everywhere is seldom meant: one character, or a word of
    the stop list."""
    norm = normalise(word.strip())
    return len(norm) == 1 or norm in common_words()
