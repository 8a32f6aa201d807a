"""The history of a keyword: its revisions, and the one that is saved next."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.editing.content import Content, content_from, content_of
from nanashi.models import Keyword, Revision

HISTORY_SIZE = 50
"""Revisions on one page of a history."""


def history(keyword_key: int, before: int | None = None) -> list[Revision]:
    """Revisions of a keyword, newest first, below the number `before`; one more than a page where more follow."""
    rows = Revision.objects.filter(keyword=keyword_key).order_by("-number")
    return list((rows if before is None else rows.filter(number__lt=before))[: HISTORY_SIZE + 1])


def revision_contents(keyword_key: int, numbers: Sequence[int]) -> dict[int, Content]:
    """The contents of these revisions, by number."""
    rows = Revision.objects.filter(keyword=keyword_key, number__in=numbers)
    return {number: content_from(stored) for number, stored in rows.values_list("number", "content")}


def number_now(keyword: Keyword) -> int:
    """The number that the keyword's state has, or gets before the next edit where nobody has stored it yet."""
    last = _last(keyword.key)
    if last is None:
        return 1
    return last.number if content_from(last.content) == content_of(keyword) else last.number + 1


def catch_up(keyword: Keyword) -> int:
    """Store a state that came from no edit (a list of the operator's) as a revision; the number of the state."""
    number = number_now(keyword)
    if not Revision.objects.filter(keyword=keyword.key, number=number).exists():
        _store(keyword.key, number, content_of(keyword))
    return number


def add_revision(keyword_key: int, editor: str, note: str, act: str = "", act_on: str = "") -> None:
    """Store the keyword as it is now as its newest revision; `act` says what the program did (see Revision)."""
    keyword = Keyword.objects.get(key=keyword_key)
    last = _last(keyword_key)
    _store(keyword_key, last.number + 1 if last else 1, content_of(keyword), editor, note, act, act_on)


def told(revision: Revision) -> str:
    """What the history says of a revision, in the reader's language: what was done, then somebody's own words."""
    match revision.act:
        case Revision.RESTORED:
            done = _("revision %(number)d restored") % {"number": int(revision.act_on)}
        case Revision.RETIRED:
            done = _("retired")
        case Revision.MERGED:
            done = _("“%(word)s” merged into it") % {"word": revision.act_on}
        case _other:
            return revision.note
    return f"{done}: {revision.note}" if revision.note else done


def _last(keyword_key: int) -> Revision | None:
    return Revision.objects.filter(keyword=keyword_key).order_by("-number").first()


def _store(  # noqa: PLR0913 - the columns of the row
    keyword_key: int,
    number: int,
    content: Content,
    editor: str = "",
    note: str = "",
    act: str = "",
    act_on: str = "",
) -> None:
    Revision.objects.create(
        keyword_id=keyword_key,
        number=number,
        day=timezone.localdate(),
        editor=editor,
        content=content.stored(),
        note=note,
        act=act,
        act_on=act_on,
    )
