"""A new account: a name and a password, then the recovery code, typed back; then the row is written."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import records, sessions, stretching
from nanashi.accounts.access import HOME
from nanashi.accounts.forms import SignUpForm, say_wait
from nanashi.accounts.pages import page
from nanashi.accounts.slowing import wait_to_sign_up
from nanashi.accounts.views.code_steps import MASTER, Content, Steps, is_step
from nanashi.accounts.views.forgery import unproven
from nanashi.accounts.views.sign_in import refused_by_http
from nanashi.accounts.views.waiting import too_many
from nanashi.identity.ring import Lock, new_master
from nanashi.reading.way_back import local_path


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form, or the next step after it."""
    if settings.SIGN_UP != "open":
        return page(request, "sign_up_closed.html", _("Sign up"), HTTPStatus.FORBIDDEN)
    if not sessions.may_sign_in():
        return refused_by_http(request)
    if is_step(request):
        return STEPS.go_on(request)
    if request.method == "POST":
        return _begin(request)
    return _form(request, SignUpForm())


def again(request: HttpRequest) -> HttpResponse | None:
    """The first form as it was sent by who knows whom, without the passwords; None for all that is not it."""
    if settings.SIGN_UP != "open" or not sessions.may_sign_in() or is_step(request):
        return None
    form = SignUpForm(initial={"name": request.POST.get("name", "")})
    return _form(request, form, HTTPStatus.FORBIDDEN, notice=unproven())


def _begin(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    wait = wait_to_sign_up(request)
    if wait > 0:
        say_wait(form, "name", wait)
        return too_many(_form(request, form), wait)
    master = new_master()
    lock = stretching.lock(master, form.cleaned_data["new_password"])
    content = {
        "name": form.cleaned_data["name"],
        "salt": lock.salt.hex(),
        "proof": lock.proof.hex(),
        "wrapped": lock.wrapped.hex(),
        "next": local_path(request.POST.get("next", ""), HOME),
    }
    return STEPS.begin(request, content, master)


def _finish(request: HttpRequest, content: Content, code: Lock) -> HttpResponse:
    """Write the account and sign in."""
    password = Lock(*(bytes.fromhex(content[part]) for part in ("salt", "proof", "wrapped")))
    try:
        account = records.enrol(content["name"], password, code)
    except records.NameTakenError:
        # Somebody was quicker in the last minutes: the form says so by the name.
        return _form(request, SignUpForm({"name": content["name"]}))
    response = HttpResponseRedirect(content["next"])
    sessions.sign_in(request, response, account.key, bytes.fromhex(content[MASTER]))
    return response


def _begin_again(request: HttpRequest) -> HttpResponse:
    stale = _(
        "More than an hour has passed, or the form was opened before the server started anew. No account was made; "
        "please begin again."
    )
    return _form(request, SignUpForm(), HTTPStatus.UNPROCESSABLE_ENTITY, notice=stale)


def _form(
    request: HttpRequest, form: SignUpForm, status: int = HTTPStatus.OK, *, notice: str = ""
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    following = local_path(asked.get("next", ""), "")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status
    return page(request, "sign_up.html", _("Sign up"), status, form=form, next=following, notice=notice)


STEPS = Steps("/sign-up", "sign-up", _begin_again, _finish)
