"""`/keyword/<word>/edit`: register a word, or write what is known of it."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import volatile
from nanashi.accounts.access import master_of, needs_ring
from nanashi.accounts.pages import page
from nanashi.accounts.rates import address_of
from nanashi.editing.content import Content, content_of
from nanashi.editing.forms import KeywordForm, say_wait, typed
from nanashi.editing.merging import Merged, merge
from nanashi.editing.revisions import number_now
from nanashi.editing.saving import OvertakenError, save
from nanashi.lexicons import current
from nanashi.lexicons.definitions import definition_html
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Keyword
from nanashi.models.turns import BusyError
from nanashi.reading.queries.keywords import headword_of
from nanashi.reading.responses import again_after, see_other
from nanashi.text.markup import keyword_path


@require_http_methods(["GET", "HEAD", "POST"])
@needs_ring
def edit(request: HttpRequest, word: str) -> HttpResponse:
    """The form of a keyword; of an unregistered one, the form that registers it."""
    keyword = Keyword.objects.filter(word=word).first()
    if request.method == "POST":
        return _sent(request, word, keyword)
    if keyword is None:
        headword = headword_of(word)
        if headword is not None:
            return HttpResponseRedirect(keyword_path(headword) + "/edit")
        return _form(request, word, KeywordForm(initial={"word": word, "base": 0}), keyword)
    initial = {**typed(content_of(keyword)), "base": number_now(keyword)}
    return _form(request, word, KeywordForm(initial=initial), keyword)


def _sent(request: HttpRequest, word: str, keyword: Keyword | None) -> HttpResponse:
    form = KeywordForm(request.POST)
    if not form.is_valid():
        return _form(request, word, form, keyword)
    if request.POST.get("do") == "preview":
        return _form(request, word, form, keyword, preview=_preview(form.content(), keyword))
    wait = volatile.spend("edit from", address_of(request))
    if wait > 0:
        say_wait(form, None, wait)
        return again_after(_form(request, word, form, keyword, HTTPStatus.TOO_MANY_REQUESTS), wait)
    return _save(request, word, form, keyword)


def _save(request: HttpRequest, word: str, form: KeywordForm, keyword: Keyword | None) -> HttpResponse:
    given = form.cleaned_data
    try:
        saved = save(word, form.content(), given["base"], master_of(request), given["note"])
    except RefusedError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _form(request, word, form, keyword)
    except BusyError as error:
        form.add_error(None, _("The diary is busy at this moment. Send it again; nothing is lost."))
        answer = _form(request, word, form, keyword, HTTPStatus.SERVICE_UNAVAILABLE)
        return again_after(answer, error.retry_after)
    except OvertakenError as error:
        return _merge_page(request, word, form, error)
    return see_other(keyword_path(saved))


def _merge_page(request: HttpRequest, word: str, form: KeywordForm, error: OvertakenError) -> HttpResponse:
    """Both edits put together in the form, and the texts of both where they contradict each other."""
    mine = form.content()
    merged: Merged = merge(error.base, mine, error.theirs)
    initial = {**typed(merged.content), "note": form.cleaned_data["note"], "base": error.number}
    both = {
        name: {"mine": typed(mine)[name], "theirs": typed(error.theirs)[name]} for name in merged.conflicts
    }
    keyword = Keyword.objects.filter(word=word).first()
    joined = KeywordForm(initial=initial)
    return _form(request, word, joined, keyword, HTTPStatus.CONFLICT, both=both)


def _preview(content: Content, keyword: Keyword | None) -> str:
    """The definition as the keyword's page will show it."""
    draft = Keyword(word=content.word, definition=content.definition)
    if keyword is not None:
        draft.key = keyword.key
    return definition_html(draft, current.current())


def _form(  # noqa: PLR0913 - what a form can say beside itself
    request: HttpRequest,
    word: str,
    form: forms.Form,
    keyword: Keyword | None,
    status: int = HTTPStatus.OK,
    preview: str | None = None,
    both: dict[str, dict[str, object]] | None = None,
) -> HttpResponse:
    if form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = (_("Register “%(word)s”") if keyword is None else _("Edit “%(word)s”")) % {"word": word}
    return page(
        request,
        "keyword_edit.html",
        title,
        status,
        word=word,
        keyword=keyword,
        form=form,
        preview=preview,
        both=both,
    )
