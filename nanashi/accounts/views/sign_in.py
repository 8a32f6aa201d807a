"""Signing in, by name and password, and out again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nanashi.accounts import sessions, stretching
from nanashi.accounts.access import HOME, private, ring_of
from nanashi.accounts.forms import SignInForm, say_wait
from nanashi.accounts.pages import page
from nanashi.accounts.records import account_named, password_lock
from nanashi.accounts.slowing import wait_to_sign_in
from nanashi.accounts.views.forgery import unproven
from nanashi.accounts.views.waiting import too_many
from nanashi.identity.ring import WrongSecretError
from nanashi.reading.way_back import local_path


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Open the key ring and go on to where somebody was going."""
    if not sessions.may_sign_in():
        return refused_by_http(request)
    if request.method == "POST":
        return _open(request)
    if ring_of(request) is not None:
        return private(HttpResponseRedirect(local_path(request.GET.get("next", ""), HOME)))
    return _form(request, SignInForm())


def again(request: HttpRequest) -> HttpResponse | None:
    """The form as it was sent by who knows whom, without the password; None where nobody may sign in."""
    if not sessions.may_sign_in():
        return None
    form = SignInForm(initial={"name": request.POST.get("name", "")})
    return _form(request, form, HTTPStatus.FORBIDDEN, notice=unproven())


def _open(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    wait = wait_to_sign_in(request, form.cleaned_data["name"])
    if wait > 0:
        say_wait(form, "password", wait)
        return too_many(_form(request, form), wait)
    account = account_named(form.cleaned_data["name"])
    try:
        lock = None if account is None else password_lock(account)
        master = stretching.unlock(lock, form.cleaned_data["password"])
    except WrongSecretError:
        form.add_error("password", _("No account has this name and this password."))
        return _form(request, form)
    response = HttpResponseRedirect(local_path(request.POST.get("next", ""), HOME))
    sessions.sign_in(request, response, account.key, master)  # type: ignore[union-attr]
    return response


def _form(
    request: HttpRequest, form: SignInForm, status: int = HTTPStatus.OK, *, notice: str = ""
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    following = local_path(asked.get("next", ""), "")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status
    return page(request, "sign_in.html", _("Sign in"), status, form=form, next=following, notice=notice)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the key ring in this browser."""
    response = HttpResponseRedirect("/")
    sessions.sign_out(request, response)
    return response


def refused_by_http(request: HttpRequest) -> HttpResponse:
    """Why nobody signs in here: others on the way could take the cookie."""
    return page(request, "sign_in_insecure.html", _("Sign in"), HTTPStatus.FORBIDDEN)
