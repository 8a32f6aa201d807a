"""Retiring and merging are proposals: they stand after a time without objection."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from nanashi.editing.revisions import add_revision, catch_up
from nanashi.identity.pseudonyms import editor_mark
from nanashi.lexicons import changing
from nanashi.lexicons.defining import MOST_ALIASES
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Keyword, Proposal, Revision
from nanashi.models.keys import quarter_of
from nanashi.models.turns import UNHURRIED, turn
from nanashi.reading.queries.keywords import headword_of

MOST_LISTED = 200
"""Proposals on one page, newest days first."""
REASON_LENGTH = 500
REFUSED_MERGE = "into"
"""The objection of the program to a merge: the field that refuses one of too many aliases."""
NOTE_LENGTH = 200
"""As the column of a revision's note is wide."""


def propose(word: str, kind: str, into: str, reason: str, master: bytes) -> None:
    """Propose to retire a keyword, or to merge it into another one.

    Raises RefusedError where there is nothing to propose, and BusyError.
    """
    _check_reason(reason, "reason")
    with turn():
        keyword = _keyword(word, "word")
        target = _keyword(headword_of(into.strip()) or "", "into") if kind == Proposal.MERGE else None
        if target is not None and (target.key == keyword.key or target.retired):
            raise RefusedError("into", _("Write another keyword, one that is not retired."))
        if kind == Proposal.RETIRE and keyword.retired:
            raise RefusedError("word", _("This keyword is retired already."))
        if Proposal.objects.filter(keyword=keyword.key, objection="").exists():
            raise RefusedError("word", _("There is an open proposal for this keyword; answer that one."))
        day, quarter = _moment(timezone.localtime())
        Proposal.objects.create(
            keyword=keyword, kind=kind, into=target, day=day, quarter=quarter,
            editor=editor_mark(master, keyword.key), reason=reason.strip(),
        )  # fmt: skip


def object_to(proposal_key: int, reason: str, master: bytes) -> None:
    """Stop a proposal. Raises RefusedError without a reason or where it is no longer open, and BusyError."""
    _check_reason(reason, "objection")
    with turn():
        proposal = Proposal.objects.filter(key=proposal_key, objection="").first()
        if proposal is None:
            raise RefusedError("objection", _("This proposal is no longer open."))
        proposal.objection = reason.strip()
        proposal.objector = editor_mark(master, proposal.keyword_id)
        proposal.save(update_fields=["objection", "objector"])


def apply_ripe() -> int:
    """Carry out what nobody objected to for NANASHI_PROPOSAL_HOURS; how many. For the worker."""
    done = 0
    for key in ripe():
        with turn(UNHURRIED):
            proposal = (
                Proposal.objects.select_related("keyword", "into").filter(key=key, objection="").first()
            )
            changed = None if proposal is None else _carry_out(proposal)
        if changed is not None:
            changing.show_definition(changed)
        done += proposal is not None
    return done


def ripe() -> list[int]:
    """Keys of the proposals that stand now."""
    day, quarter = _moment(timezone.localtime() - datetime.timedelta(hours=settings.PROPOSAL_HOURS))
    rows = Proposal.objects.filter(objection="", day__lte=day).values_list("key", "day", "quarter")
    # Strictly before: the quarter that it was made in must have gone by whole.
    return [key for key, made, at in rows if (made, at) < (day, quarter)]


def listed(keyword_key: int | None = None) -> list[Proposal]:
    """Proposals, open ones first, then by day, newest first; of one keyword or of all."""
    rows = Proposal.objects.select_related("keyword", "into").order_by("-day", "-quarter", "key")
    rows = rows if keyword_key is None else rows.filter(keyword=keyword_key)
    return [*rows.filter(objection="")[:MOST_LISTED], *rows.exclude(objection="")[:MOST_LISTED]]


def objection_told(proposal: Proposal) -> str:
    """Why a proposal was stopped: in its objector's words, or in the reader's language where the program refused it."""
    if proposal.objector or not proposal.objection:
        return proposal.objection
    if proposal.objection == REFUSED_MERGE:
        return _("together more than %d aliases; take some away first") % MOST_ALIASES
    return proposal.objection


def _carry_out(proposal: Proposal) -> int | None:
    """Do it, and give the key of a keyword whose definition may be another now.

    Where that is refused the proposal is stopped by the field that refused it.
    """
    key = proposal.key  # which deleting takes away, also where that is undone
    try:
        with turn(UNHURRIED):
            catch_up(proposal.keyword)
            if proposal.kind == Proposal.MERGE:
                return _merge(proposal)
            changing.retire(proposal.keyword_id)
            add_revision(proposal.keyword_id, proposal.editor, _note(proposal), Revision.RETIRED)
            proposal.delete()
    except RefusedError as error:
        Proposal.objects.filter(key=key).update(objection=error.field)
    return None


def _merge(proposal: Proposal) -> int | None:
    keyword, into = proposal.keyword, proposal.into
    proposal.delete()
    if into is None or into.retired:
        return None
    catch_up(into)
    word = keyword.word
    changing.merge(keyword.key, into.key)
    # No mark: the proposer's belongs to the other keyword, and would join the two.
    add_revision(into.key, "", _note(proposal), Revision.MERGED, word)
    return into.key


def _note(proposal: Proposal) -> str:
    return proposal.reason[:NOTE_LENGTH]


def _keyword(word: str, field: str) -> Keyword:
    keyword = Keyword.objects.filter(word=word).first() if word else None
    if keyword is None:
        raise RefusedError(field, _("No keyword is called so; write one that is registered."))
    return keyword


def _check_reason(reason: str, field: str) -> None:
    if not reason.strip():
        raise RefusedError(field, _("Say why, in a sentence."))
    if len(reason.strip()) > REASON_LENGTH:
        raise RefusedError(field, _("%d characters; write at most %d") % (len(reason.strip()), REASON_LENGTH))


def _moment(now: datetime.datetime) -> tuple[datetime.date, int]:
    return now.date(), quarter_of(now.hour, now.minute)
