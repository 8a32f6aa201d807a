"""One's own account: its password, its recovery code, its sessions, its end."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nanashi.accounts import records, sessions, stretching
from nanashi.accounts.access import needs_ring
from nanashi.accounts.forms import ChangePasswordForm, PasswordForm, say_wait
from nanashi.accounts.pages import page
from nanashi.accounts.records import Account
from nanashi.accounts.slowing import wait_for_password
from nanashi.accounts.views.code_steps import Content, Steps, is_step
from nanashi.accounts.views.waiting import too_many
from nanashi.identity.ring import Lock, WrongSecretError

OwnView = Callable[[HttpRequest, Account], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]


class Sheet(NamedTuple):
    """A page with a form on it."""

    template: str
    title: str


def for_owner(view: OwnView) -> View:
    """Give a view the account of whoever is signed in; one that was deleted is signed out."""

    @needs_ring
    @wraps(view)
    def owned(request: HttpRequest) -> HttpResponse:
        session = sessions.session_of(request)
        account = records.account_of(session.account_key) if session else None
        if account is None:
            response = HttpResponseRedirect("/sign-in")
            sessions.sign_out(request, response)
            return response
        return view(request, account)

    return owned


@require_safe
@for_owner
def account(request: HttpRequest, owned: Account) -> HttpResponse:
    """What can be done with the account."""
    done = request.GET.get("done", "")
    return page(request, "account.html", _("Your account"), name=owned.name, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def password(request: HttpRequest, owned: Account) -> HttpResponse:
    """Change the password; all other sessions end."""
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, name=owned.name)
    master, wait = _opened(form, owned)
    if master is None:
        return _answer(request, Sheet("account_password.html", _("Change the password")), form, owned, wait)
    records.change_password(owned, stretching.lock(master, form.cleaned_data["new_password"]))
    sessions.sign_out_everywhere(owned.key)
    response = HttpResponseRedirect("/account?done=password")
    sessions.sign_in(request, response, owned.key, master)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def code(request: HttpRequest, owned: Account) -> HttpResponse:
    """Make a new recovery code; the old one opens nothing once the new one has been typed back."""
    if is_step(request):
        return STEPS.go_on(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    master, wait = _opened(form, owned)
    if master is None:
        return _code_form(request, form, owned, wait)
    return STEPS.begin(request, {"account": str(owned.key)}, master)


@require_POST
@for_owner
def everywhere(request: HttpRequest, owned: Account) -> HttpResponse:
    """End all sessions, this one too."""
    sessions.sign_out_everywhere(owned.key)
    response = HttpResponseRedirect("/sign-in")
    sessions.sign_out(request, response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def delete(request: HttpRequest, owned: Account) -> HttpResponse:
    """Erase the account. Its entries stay, unless their writer has withdrawn them before, in a step of its own."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    master, wait = _opened(form, owned)
    if master is None:
        return _answer(request, Sheet("account_delete.html", _("Delete the account")), form, owned, wait)
    key = owned.key
    records.delete(owned)
    sessions.sign_out_everywhere(key)
    response = page(request, "account_deleted.html", _("The account is deleted"))
    sessions.sign_out(request, response)
    return response


def _opened(form: forms.Form, owned: Account) -> tuple[bytes | None, float]:
    """The master secret, if the form is right and its password opens it; and the seconds to wait, if any."""
    if not form.is_valid():
        return None, 0.0
    wait = wait_for_password(owned.key)
    if wait > 0:
        say_wait(form, "password", wait)
        return None, wait
    try:
        return stretching.unlock(records.password_lock(owned), form.cleaned_data["password"]), 0.0
    except WrongSecretError:
        form.add_error("password", _("This is not the password of your account."))
        return None, 0.0


def _answer(
    request: HttpRequest, sheet: Sheet, form: forms.Form, owned: Account, wait: float
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    response = page(request, sheet.template, sheet.title, status, form=form, name=owned.name)
    return too_many(response, wait) if wait > 0 else response


def _code_form(request: HttpRequest, form: PasswordForm, owned: Account, wait: float = 0.0) -> HttpResponse:
    return _answer(request, Sheet("account_code.html", _("New recovery code")), form, owned, wait)


@for_owner
def _begin_code_again(request: HttpRequest, owned: Account) -> HttpResponse:
    return _code_form(request, PasswordForm(), owned)


def _write_code(request: HttpRequest, content: Content, lock: Lock) -> HttpResponse:
    session = sessions.session_of(request)
    owned = records.account_of(int(content["account"]))
    if session is None or owned is None or owned.key != session.account_key:
        return _begin_code_again(request)
    records.change_code(owned, lock)
    return HttpResponseRedirect("/account?done=code")


STEPS = Steps("/account/code", "new recovery code", _begin_code_again, _write_code)
