"""A guest's entry key: shown once, as words, as a file and as a link whose key is in the fragment."""

from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nanashi.accounts.access import private
from nanashi.accounts.pages import page
from nanashi.identity.entry_keys import BadKeyError, key_text, key_words, read_key


def show_keys(request: HttpRequest, keys: Sequence[tuple[str, bytes]]) -> HttpResponse:
    """The page after a guest's post, a key for each entry; it is nowhere kept, and cannot be asked for again."""
    return page(
        request,
        "key_shown.html",
        _("Your entry is posted"),
        HTTPStatus.OK,
        site=settings.NANASHI_URL,
        keys=[(public_id, key_words(key), key_text(key)) for public_id, key in keys],
    )


@require_POST
def key_file(request: HttpRequest) -> HttpResponse:
    """The key that was sent, as a file to keep: a page may not make one out of itself."""
    try:
        key = read_key(request.POST.get("entry_key", ""))
    except BadKeyError:
        nothing = nothing_found(mistyped())
        return page(request, "key.html", _("Entry key"), HTTPStatus.UNPROCESSABLE_ENTITY, **nothing)
    public_id = request.POST.get("public_id", "")[:15]
    lines = [f"{settings.NANASHI_URL}/e/{public_id}", key_words(key), ""]
    answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="entry-key.txt"'
    return private(answer)


def mistyped() -> str:
    """What a key is answered with that is none."""
    return _("A letter of this key is wrong, missing or too many. Compare it with what you copied.")


def nothing_found(problem: str) -> dict[str, object]:
    """What the page of keys shows without an entry."""
    return {"entry": None, "entry_key": "", "problem": problem, "adopted": False}
