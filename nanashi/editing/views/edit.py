"""`/keyword/<word>/edit`: register a word, or write what is known of it."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import volatile
from nanashi.accounts.access import master_of, needs_ring, ring_of
from nanashi.accounts.pages import page
from nanashi.accounts.rates import address_of
from nanashi.accounts.slowing import wait_to_preview
from nanashi.accounts.views.forgery import unproven
from nanashi.editing.checking import TakenError, is_too_common, refusals
from nanashi.editing.content import Content, content_of
from nanashi.editing.forms import KeywordForm, say_wait, typed
from nanashi.editing.merging import Merged, merge
from nanashi.editing.revisions import number_now
from nanashi.editing.saving import OvertakenError, save
from nanashi.identity.pseudonyms import editor_mark
from nanashi.lexicons import current
from nanashi.lexicons.definitions import definition_html
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Keyword, Revision
from nanashi.models.turns import BusyError
from nanashi.reading.queries.keywords import headword_of
from nanashi.reading.queries.search import count_containing
from nanashi.reading.responses import busy, see_other, slowed
from nanashi.text.markup import keyword_path

MOST_COUNTED = 100
"""Entries with a word that the form counts; there it says "more than"."""


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, word: str) -> HttpResponse:
    """The form of a keyword; of an unregistered one, the form that registers it."""
    if request.method == "POST":
        return _sent(request, word)
    return _opened(request, word)


@needs_ring
def _opened(request: HttpRequest, word: str) -> HttpResponse:
    keyword = Keyword.objects.filter(word=word).first()
    if keyword is not None:
        initial = {**typed(content_of(keyword)), "base": number_now(keyword)}
        return _form(request, word, KeywordForm(initial=initial), keyword)
    word = word.strip() or word
    headword = headword_of(word)
    if headword is not None:
        return HttpResponseRedirect(keyword_path(headword) + "/edit")
    initial = {"word": word, "base": 0, "asked": word, "explicit": is_too_common(word)}
    return _form(request, word, KeywordForm(initial=initial), keyword)


def again(request: HttpRequest, word: str) -> HttpResponse:
    """The form as it was sent by who knows whom."""
    form = KeywordForm(request.POST)
    form.full_clean()
    form.add_error(None, unproven())
    keyword = Keyword.objects.filter(word=word).first()
    return _form(request, word, form, keyword, HTTPStatus.FORBIDDEN)


def _sent(request: HttpRequest, word: str) -> HttpResponse:
    keyword = Keyword.objects.filter(word=word).first()
    form = KeywordForm(request.POST)
    if ring_of(request) is None:
        return _form(request, word, form, keyword, HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return _form(request, word, form, keyword)
    content = form.content()
    asking = keyword is None and form.ask_explicit()
    _check(form, content, keyword)
    if request.POST.get("do") == "preview":
        return _previewed(request, word, form, keyword, content)
    if form.errors or asking:
        return _form(request, word, form, keyword, HTTPStatus.UNPROCESSABLE_ENTITY, asking=asking)
    wait = volatile.spend("edit from", address_of(request))
    if wait > 0:
        say_wait(form, None, wait)
        return slowed(partial(_form, request, word, form, keyword), wait)
    return _save(request, word, form, keyword)


def _check(form: KeywordForm, content: Content, keyword: Keyword | None) -> None:
    """Say at each field what saving would refuse; of a word that is gone meanwhile, saving says so itself."""
    if keyword is None and form.cleaned_data["base"]:
        return
    for error in refusals(content, keyword):
        _refuse(form, error)


def _refuse(form: KeywordForm, error: RefusedError) -> None:
    """Say at its field what is refused, with the way to the keyword that has the word."""
    message = error.message
    if isinstance(error, TakenError):
        link = '{} <a href="{}" target="_blank">{}</a>'
        title = _("Open the page of “%(word)s” in another tab") % {"word": error.owner}
        message = format_html(link, message, keyword_path(error.owner), title)
    form.add_error(error.field if error.field in form.fields else None, message)


def _save(request: HttpRequest, word: str, form: KeywordForm, keyword: Keyword | None) -> HttpResponse:
    given = form.cleaned_data
    try:
        saved = save(word, form.content(), given["base"], master_of(request), given["note"])
    except RefusedError as error:
        _refuse(form, error)
        return _form(request, word, form, keyword)
    except BusyError as error:
        form.add_error(None, _("The diary is busy at this moment. Send it again; nothing is lost."))
        return busy(partial(_form, request, word, form, keyword), error.retry_after)
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
    keyword = Keyword.objects.get(word=word)
    own = Revision.objects.filter(
        keyword=keyword, number=error.number, editor=editor_mark(master_of(request), keyword.key)
    )
    joined = KeywordForm(initial=initial)
    return _form(request, word, joined, keyword, HTTPStatus.CONFLICT, both=both, by_oneself=own.exists())


def _previewed(
    request: HttpRequest, word: str, form: KeywordForm, keyword: Keyword | None, content: Content
) -> HttpResponse:
    """The form with the definition as it will look, at the rate of all previews."""
    if wait := wait_to_preview(request):
        problem = _("Too many previews were asked for from here. Your text is below; ask again in a while.")
        form.add_error(None, problem)
        return slowed(partial(_form, request, word, form, keyword), wait)
    return _form(request, word, form, keyword, preview=_preview(content, keyword))


def _preview(content: Content, keyword: Keyword | None) -> str:
    """The definition as the keyword's page will show it."""
    draft = Keyword(word=content.word, definition=content.definition)
    if keyword is not None:
        draft.key = keyword.key
    return definition_html(draft, current.current())


def _form(
    request: HttpRequest,
    word: str,
    form: forms.Form,
    keyword: Keyword | None,
    status: int = HTTPStatus.OK,
    **said: Any,
) -> HttpResponse:
    """The form, and what is `said` beside it: a preview, both texts of a conflict, what is asked."""
    if form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = (_("Register “%(word)s”") if keyword is None else _("Edit “%(word)s”")) % {"word": word}
    typed_word = str(form["word"].value() or "").strip()
    common = is_too_common(typed_word)
    content = {
        "word": word,
        "keyword": keyword,
        "form": form,
        "preview": None,
        "both": None,
        "by_oneself": False,
        "asking": False,
        "signed_out": ring_of(request) is None,
        "typed_word": typed_word,
        "common": common,
        "containing": None,
        "most_counted": MOST_COUNTED,
        **said,
    }
    if content["preview"] is not None or (common and not content["signed_out"]):
        content["containing"] = count_containing(typed_word, MOST_COUNTED)
    return page(request, "keyword_edit.html", title, status, **content)
