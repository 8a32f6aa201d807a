"""`/e/<id>/edit`: another text for an entry, by whoever holds its key."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts.access import private, ring_of
from nanashi.identity.entry_keys import BadKeyError, read_key
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.models.turns import BusyError
from nanashi.reading.queries.entries import EntryView, entry_by_id
from nanashi.reading.responses import again_after, see_other
from nanashi.reading.views.errors import no_such_entry
from nanashi.writing.forms import EntryForm, Places
from nanashi.writing.own import key_for
from nanashi.writing.revising import Changes, NotHolderError, revise
from nanashi.writing.views.page import Place, filled, show_form
from nanashi.writing.views.reshaping import reshape


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entry's text in a form; a key ring that holds it is enough, else its key is asked for."""
    found = entry_by_id(public_id)
    if found is None:
        return _gone(request)
    own = ring_key(request, public_id)
    place = Place(request.path, _("Edit the entry"), edited=found, needs_key=own is None)
    form = EntryForm(request.POST)
    wanted = request.POST.get("do", "open")
    match wanted:
        case "publish":
            return _save(request, place, form, own)
        case "table" | "estimate":
            if notice := reshape(form, wanted):
                return show_form(request, place, form, notice=notice)
        case "open":
            return show_form(request, place, _stored(found, request.POST.get("entry_key", "")))
    return show_form(request, place, form, previewed=True)


def ring_key(request: HttpRequest, public_id: str) -> bytes | None:
    """The entry's key, where the ring of this request holds it."""
    ring = ring_of(request)
    return None if ring is None else key_for(ring.master, public_id)


def key_of(request: HttpRequest, public_id: str) -> bytes:
    """The key that the ring holds, or that was written. Raises BadKeyError where neither is one."""
    return ring_key(request, public_id) or read_key(request.POST.get("entry_key", ""))


def wrong_key() -> str:
    """What a wrong key is answered with."""
    return _("This is not the key of this entry. Compare it with what you copied when you posted.")


def _save(request: HttpRequest, place: Place, form: EntryForm, own: bytes | None) -> HttpResponse:
    if not form.is_valid():
        return show_form(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    public_id = place.edited.public_id if place.edited else ""
    changes = Changes(
        form.cleaned_data["body"], form.cleaned_data["title"], form.off, quoted_from=form.quoted_from()
    )
    try:
        with renderer(1) as rendering:
            revise(public_id, own or read_key(form.value("entry_key")), changes, rendering)
    except (BadKeyError, NotHolderError):
        form.add_error("entry_key", wrong_key())
        return show_form(request, place, form, HTTPStatus.FORBIDDEN, errors=form.errors)
    except BusyError as error:
        notice = _("Nobody can write at this moment. Your text is below; post it again in a few seconds.")
        response = show_form(request, place, form, HTTPStatus.SERVICE_UNAVAILABLE, notice=notice)
        return again_after(response, error.retry_after)
    return private(see_other(f"/e/{public_id}"))


def _stored(found: EntryView, entry_key: str) -> EntryForm:
    row = Entry.objects.filter(key=found.key).values_list("source_text", "unlinked").get()
    unlinked: Places = tuple((str(word), ordinal) for word, ordinal in row[1])
    form = filled(found, found.title, row[0], unlinked)
    form.data["entry_key"] = entry_key  # type: ignore[index]
    return form


def _gone(request: HttpRequest) -> HttpResponse:
    """Not found; where a text was sent, it is on the page."""
    gone = no_such_entry()
    if request.method != "POST":
        raise Http404(gone)
    place = Place("/new", _("Edit the entry"))
    return show_form(request, place, EntryForm(request.POST), HTTPStatus.NOT_FOUND, notice=gone)
