"""`/keyword/<word>/history`: who wrote what, differences between any two revisions, and the way back."""

from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import volatile
from nanashi.accounts.access import master_of, needs_ring, private
from nanashi.accounts.rates import address_of
from nanashi.editing.differences import differences
from nanashi.editing.revisions import HISTORY_SIZE, history, number_now, revision_contents, told
from nanashi.editing.saving import OvertakenError, save
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Keyword
from nanashi.models.turns import BusyError
from nanashi.reading.queries.keywords import headword_of
from nanashi.reading.responses import Head, busy, see_other, show, slowed
from nanashi.text.markup import keyword_path


@require_http_methods(["GET", "HEAD", "POST"])
def keyword_history(request: HttpRequest, word: str) -> HttpResponse:
    """The revisions of a keyword; `?from=` and `?to=` show what changed between two of them."""
    keyword = Keyword.objects.filter(word=word).first()
    if keyword is None:
        headword = headword_of(word)
        if headword is None:
            raise Http404(_("“%(word)s” is not a keyword yet") % {"word": word})
        return HttpResponseRedirect(keyword_path(headword) + "/history")
    if request.method == "POST":
        return _restore(request, keyword)
    return _history(request, keyword)


@needs_ring
def restore_form(request: HttpRequest) -> HttpResponse:
    """The button that restores a revision, for somebody with a ring: the history is the same page for everybody."""
    keyword = Keyword.objects.filter(word=request.GET.get("word", "")).first()
    number = _number(request, "number")
    contents = {} if keyword is None or number is None else revision_contents(keyword.key, [number])
    if keyword is None or number not in contents:
        raise Http404(_("There is no such revision."))
    return _sheet(request, keyword, number, "")


@needs_ring
def _restore(request: HttpRequest, keyword: Keyword) -> HttpResponse:
    number, base = _number(request, "number"), _number(request, "base")
    contents = {} if number is None else revision_contents(keyword.key, [number])
    if number is None or base is None or number not in contents:
        raise Http404(_("There is no such revision."))
    wait = volatile.spend("edit from", address_of(request))
    if wait > 0:
        message = _("Too many edits at once. Wait a little and send it again.")
        return slowed(partial(_sheet, request, keyword, number, message), wait)
    try:
        saved = save(keyword.word, contents[number], base, master_of(request), restored=number)
    except OvertakenError:
        message = _("Somebody has saved another revision in between. Look at it, then restore again.")
        return _sheet(request, keyword, number, message, HTTPStatus.CONFLICT)
    except RefusedError as error:
        return _sheet(request, keyword, number, error.message, HTTPStatus.UNPROCESSABLE_ENTITY)
    except BusyError as error:
        message = _("The diary is busy at this moment. Send it again; nothing is lost.")
        return busy(partial(_sheet, request, keyword, number, message), error.retry_after)
    return see_other(keyword_path(saved) + "/history")


def _sheet(
    request: HttpRequest, keyword: Keyword, number: int, wrong: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    now = number_now(keyword)
    contents = revision_contents(keyword.key, [number, now])
    changes = differences(contents.get(now) or contents[number], contents[number])
    head = Head(
        title=_("Restore revision %(number)d of “%(word)s”?") % {"number": number, "word": keyword.word},
        path=keyword_path(keyword.word) + "/history",
        indexed=False,
    )
    content = {"keyword": keyword, "number": number, "base": now, "changes": changes, "wrong": wrong}
    return private(show(request, "keyword_restore.html", head, status, **content))


def _history(request: HttpRequest, keyword: Keyword) -> HttpResponse:
    rows = history(keyword.key, _number(request, "before"))
    head = Head(
        title=_("History of “%(word)s”") % {"word": keyword.word},
        path=keyword_path(keyword.word) + "/history",
        indexed=False,
    )
    pair = (_number(request, "from"), _number(request, "to"))
    contents = revision_contents(keyword.key, [number for number in pair if number is not None])
    changes = None
    if pair[0] in contents and pair[1] in contents:
        changes = differences(contents[pair[0]], contents[pair[1]])
    revisions = [(one.number, one.day, one.editor, told(one)) for one in rows]
    return show(
        request,
        "keyword_history.html",
        head,
        word=keyword.word,
        revisions=revisions[:HISTORY_SIZE],
        more=len(rows) > HISTORY_SIZE,
        pair=pair,
        changes=changes,
    )


def _number(request: HttpRequest, name: str) -> int | None:
    text = (request.POST if request.method == "POST" else request.GET).get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
