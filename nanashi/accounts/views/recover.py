"""A forgotten password: the recovery code opens the key ring, and a new password closes it again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nanashi.accounts import records, sessions, stretching
from nanashi.accounts.forms import RecoveryForm, say_wait
from nanashi.accounts.pages import page
from nanashi.accounts.slowing import wait_to_recover
from nanashi.accounts.views.sign_in import refused_by_http
from nanashi.accounts.views.waiting import too_many
from nanashi.identity.ring import WrongSecretError, normal_code


@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """The form, or a new password and all sessions ended but the one that begins here."""
    if not sessions.may_sign_in():
        return refused_by_http(request)
    if request.method != "POST":
        return _form(request, RecoveryForm())
    form = RecoveryForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    wait = wait_to_recover(request)
    if wait > 0:
        say_wait(form, "code", wait)
        return too_many(_form(request, form), wait)
    account = records.account_named(form.cleaned_data["name"])
    lock = None if account is None else records.code_lock(account)
    try:
        master = stretching.unlock(lock, normal_code(form.cleaned_data["code"]))
    except WrongSecretError:
        form.add_error("code", _("No account has this name and this recovery code."))
        return _form(request, form)
    return _recovered(request, account, master, form.cleaned_data["new_password"])  # type: ignore[arg-type]


def _recovered(request: HttpRequest, account: records.Account, master: bytes, password: str) -> HttpResponse:
    records.change_password(account, stretching.lock(master, password))
    sessions.sign_out_everywhere(account.key)
    response = HttpResponseRedirect("/account?done=password")
    sessions.sign_in(request, response, account.key, master)
    return response


def _form(request: HttpRequest, form: RecoveryForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return page(request, "recover.html", _("Forgotten password"), status, form=form)
