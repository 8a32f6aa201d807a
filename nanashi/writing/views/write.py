"""`/new` and `/e/<id>/reply`: one form, one way in. Whatever cannot be done, the text is on the page that says so."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts.access import private, ring_of
from nanashi.accounts.volatile import token_value
from nanashi.models.turns import BusyError
from nanashi.reading.queries.entries import entry_by_id
from nanashi.reading.responses import busy, see_other, slowed
from nanashi.reading.views.errors import no_such_entry
from nanashi.writing.drafts import Draft
from nanashi.writing.duplicates import near_duplicates
from nanashi.writing.forms import EntryForm
from nanashi.writing.posting import draft_of, guests_may_post, post, seconds_to_wait
from nanashi.writing.publish import AnsweredIsGoneError
from nanashi.writing.series_posting import (
    NotTheirSeriesError,
    parts_to_come,
    post_next_part,
    post_parts,
)
from nanashi.writing.splitting import Part
from nanashi.writing.views.key_shown import show_keys
from nanashi.writing.views.page import Place, blank, opened_otherwise, show_again, show_form
from nanashi.writing.views.reshaping import reshape
from nanashi.writing.views.ring import suspended

MAX_PREFILLED = 20_000
"""Characters that an address may bring into the form, as "answer with my numbers" does."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry, or the next part of a series."""
    series = request.GET.get("series", "")
    title = _("The next part of a series") if series else _("Write an entry")
    return _write(request, Place("/new", title), series)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    """An answer to an entry."""
    answered = entry_by_id(public_id)
    if answered is None:
        if request.method == "POST":
            place = Place(request.path, _("Write a reply"))
            return show_form(request, place, EntryForm(request.POST), HTTPStatus.CONFLICT, notice=_gone())
        raise Http404(no_such_entry())
    return _write(request, Place(request.path, _("Write a reply"), answered=answered))


def again(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """The form of either page, as it was sent by who knows whom."""
    answered = entry_by_id(public_id) if public_id else None
    title = _("Write a reply") if public_id else _("Write an entry")
    return show_again(request, Place(request.path, title, answered=answered))


def _write(request: HttpRequest, place: Place, series: str = "") -> HttpResponse:
    if request.method != "POST":
        body = request.GET.get("body", "")[:MAX_PREFILLED]
        return show_form(request, place, blank(series=series, body=body), previewed=bool(body))
    form = EntryForm(request.POST)
    wanted = request.POST.get("do") or ("publish" if request.POST.get("anyway") else "preview")
    match wanted:
        case "publish":
            return _publish(request, place, form)
        case "series" | "split":
            splitting = parts_to_come(form)
            if wanted == "series" and splitting.possible:
                return _publish(request, place, form, splitting.parts)
            return show_form(request, place, form, previewed=not splitting.headings, splitting=splitting)
        case "table" | "estimate":
            return show_form(request, place, form, previewed=True, notice=reshape(form, wanted))
    return show_form(request, place, form, previewed=True)


def _publish(request: HttpRequest, place: Place, form: EntryForm, parts: Sequence[Part] = ()) -> HttpResponse:
    """Post the text, as a series where it comes in parts."""
    refused = _refusal(request, place, form) or _doubt(request, place, form)
    if refused is not None:
        return refused
    draft = draft_of(form, (place.answered.public_id,) if place.answered else ())
    try:
        return _posted(request, form, draft, parts)
    except BusyError as error:
        notice = _("Nobody can write at this moment. Your text is below; post it again in a few seconds.")
        return busy(partial(show_form, request, place, form, notice=notice), error.retry_after)
    except AnsweredIsGoneError:
        return show_form(request, place, form, HTTPStatus.CONFLICT, notice=_gone())
    except NotTheirSeriesError:
        notice = _(
            "Only whoever wrote a series can go on with it. Sign in, or write the key of one of its parts."
        )
        return show_form(request, place, form, HTTPStatus.FORBIDDEN, notice=notice)


def _posted(request: HttpRequest, form: EntryForm, draft: Draft, parts: Sequence[Part]) -> HttpResponse:
    """Make the entry, and lead on to it; a guest is shown its key."""
    if parts:
        posted = post_parts(request, form, draft, parts)
    else:
        posted = (post_next_part if form.cleaned_data["series"] else post)(request, form, draft)
    keys = [(one.public_id, one.key) for one in posted if one.key is not None]
    if keys:
        return show_keys(request, keys)
    return private(see_other(f"/e/{posted[0].public_id}"))


def _refusal(request: HttpRequest, place: Place, form: EntryForm) -> HttpResponse | None:
    """Why this text cannot be posted, or not yet."""
    if ring_of(request) is None and not guests_may_post():
        notice = _(
            "Here one writes with an account. Sign in in another tab, then post: your text stays here."
        )
        return show_form(request, place, form, HTTPStatus.FORBIDDEN, notice=notice)
    if not form.is_valid():
        return show_form(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if opened_otherwise(request, form):
        return show_form(request, place, form, HTTPStatus.CONFLICT)
    # Before whatever takes long, which is done for those alone who may post.
    if wait := seconds_to_wait(request):
        notice = _("Too many entries came from here. Your text is below; post it again in a while.")
        return slowed(partial(show_form, request, place, form, notice=notice), wait)
    if suspended(request):
        notice = _(
            "Entries of yours were struck, so you cannot post at present. Your text is below, to copy."
        )
        return show_form(request, place, form, HTTPStatus.FORBIDDEN, notice=notice)
    return None


def _doubt(request: HttpRequest, place: Place, form: EntryForm) -> HttpResponse | None:
    """The question whether to post what is nearly the same as what is here, where it was not answered yet."""
    if request.POST.get("anyway"):
        return None
    token = form.cleaned_data["token"]
    second_click = bool(token) and token_value(token) is not None
    alike = [] if second_click else near_duplicates(form.cleaned_data["body"], timezone.localdate())
    if not alike:
        return None
    entries = [entry for entry in (entry_by_id(one[0]) for one in alike[:3]) if entry is not None]
    return show_form(request, place, form, HTTPStatus.CONFLICT, duplicates=entries)


def _gone() -> str:
    return _(
        "The entry that you answer is not here any more. Your text is below; you can post it as an entry."
    )
