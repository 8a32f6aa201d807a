"""`/e/<id>/edit`: another text for an entry, by whoever holds its key."""

from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts.access import private
from nanashi.accounts.slowing import wait_to_revise
from nanashi.identity.entry_keys import BadKeyError, read_key
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.models.turns import BusyError
from nanashi.reading.queries.entries import EntryView, entry_by_id
from nanashi.reading.responses import busy, see_other, slowed
from nanashi.reading.views.errors import no_such_entry
from nanashi.writing.forms import EntryForm, Places
from nanashi.writing.overtaking import OvertakenError, digest_of_entry
from nanashi.writing.revising import Changes, NotHolderError, revise
from nanashi.writing.views.page import Place, filled, opened_otherwise, show_again, show_form
from nanashi.writing.views.reshaping import reshape
from nanashi.writing.views.ring import ring_key


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entry's text in a form; a key ring that holds it is enough, else its key is asked for."""
    found = entry_by_id(public_id)
    if found is None:
        return _gone(request)
    own = ring_key(request, public_id)
    place = Place(request.path, _("Edit the entry"), edited=found, needs_key=own is None)
    form = EntryForm(request.POST)
    wanted = request.POST.get("do", "preview" if "body" in request.POST else "open")
    match wanted:
        case "publish":
            return _save(request, place, form, own)
        case "table" | "estimate":
            return show_form(request, place, form, previewed=True, notice=reshape(form, wanted))
        case "open":
            return show_form(request, place, _stored(found, request.POST.get("entry_key", "")))
    return show_form(request, place, form, previewed=True)


def again(request: HttpRequest, public_id: str) -> HttpResponse | None:
    """The form as it was sent by who knows whom; None where the entry is gone."""
    found = entry_by_id(public_id)
    if found is None:
        return None
    needs_key = ring_key(request, public_id) is None
    return show_again(request, Place(request.path, _("Edit the entry"), edited=found, needs_key=needs_key))


def key_of(request: HttpRequest, public_id: str) -> bytes:
    """The key that the ring holds, or that was written. Raises BadKeyError where neither is one."""
    return ring_key(request, public_id) or read_key(request.POST.get("entry_key", ""))


def key_problem(typed: str) -> str:
    """What is said of a key that opens nothing, or of none."""
    if not typed.strip():
        return _("Nothing was changed: the key of the entry is missing.")
    return _("This is not the key of this entry. Compare it with what you copied when you posted.")


def _save(request: HttpRequest, place: Place, form: EntryForm, own: bytes | None) -> HttpResponse:
    if not form.is_valid():
        return show_form(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if wait := wait_to_revise(request):
        notice = _("Too many changes came from here. Your text is below; save it again in a while.")
        return slowed(partial(show_form, request, place, form, notice=notice), wait)
    public_id = place.edited.public_id if place.edited else ""
    changes = Changes(
        form.cleaned_data["body"],
        form.cleaned_data["title"],
        form.off,
        quoted_from=form.quoted_from(),
        began=form.cleaned_data["began"],
    )
    try:
        with renderer(1) as rendering:
            revise(public_id, own or read_key(form.value("entry_key")), changes, rendering)
    except (BadKeyError, NotHolderError):
        typed = form.value("entry_key")
        if typed.strip() or not opened_otherwise(request, form):  # that says by itself what to do
            form.add_error("entry_key", key_problem(typed))
        return show_form(request, place, form, HTTPStatus.FORBIDDEN, errors=form.errors)
    except OvertakenError:
        return _overtaken(request, place, form)
    except BusyError as error:
        notice = _("Nobody can write at this moment. Your text is below; post it again in a few seconds.")
        return busy(partial(show_form, request, place, form, notice=notice), error.retry_after)
    return private(see_other(f"/e/{public_id}"))


def _overtaken(request: HttpRequest, place: Place, form: EntryForm) -> HttpResponse:
    """Both texts: what the entry holds now, and in the form what was typed, which replaces that when saved again."""
    now = Entry.objects.filter(public_id=place.edited.public_id if place.edited else "").first()
    if now is None:
        return _gone(request)
    form.data["began"] = digest_of_entry(now)
    return show_form(request, place, form, HTTPStatus.CONFLICT, stored=now)


def _stored(found: EntryView, entry_key: str) -> EntryForm:
    row = Entry.objects.get(key=found.key)
    unlinked: Places = tuple((str(word), ordinal) for word, ordinal in row.unlinked)
    form = filled(found, row.title, row.source_text, unlinked)
    form.data.update({"entry_key": entry_key, "began": digest_of_entry(row)})
    return form


def _gone(request: HttpRequest) -> HttpResponse:
    """Not found; where a text was sent, it is on the page."""
    gone = no_such_entry()
    if request.method != "POST":
        raise Http404(gone)
    place = Place("/new", _("Edit the entry"))
    return show_form(request, place, EntryForm(request.POST), HTTPStatus.NOT_FOUND, notice=gone)
