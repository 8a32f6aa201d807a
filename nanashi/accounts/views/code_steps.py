"""A recovery code is shown once, then typed back: two steps that a new account and a new code have in common.

Nothing is kept by the server in between: the form carries what is to be written, sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nanashi.accounts import pending, stretching
from nanashi.accounts.forms import CodeForm
from nanashi.accounts.pages import page
from nanashi.identity.ring import Lock, new_recovery_code, normal_code

Content = dict[str, str]
CODE, MASTER = "code", "master"


@dataclass(frozen=True)
class Steps:
    """Where these steps are, and what they are for."""

    path: str
    purpose: str
    begin_again: Callable[[HttpRequest], HttpResponse]
    """The page to start from where a form is too old."""
    finish: Callable[[HttpRequest, Content, Lock], HttpResponse]
    """Writes the lock under the code that was typed back."""

    def begin(self, request: HttpRequest, content: Content, master: bytes) -> HttpResponse:
        """Show a new code."""
        whole = {**content, CODE: new_recovery_code(), MASTER: master.hex()}
        return self._show(request, whole, pending.sealed(self.purpose, whole))

    def go_on(self, request: HttpRequest) -> HttpResponse:
        """The step that a form of these steps asks for: the code again, the field for it, or the end."""
        carried = request.POST.get("pending", "")
        try:
            content = pending.opened(self.purpose, carried)
        except pending.StaleError:
            return self.begin_again(request)
        if request.POST.get("do") == "show":
            return self._show(request, content, carried)
        if request.POST.get("do") == "type":
            return self._ask(request, carried, CodeForm())
        form = CodeForm(request.POST)
        if form.is_valid() and normal_code(form.cleaned_data["code"]) == content[CODE]:
            lock = stretching.lock(bytes.fromhex(content[MASTER]), content[CODE])
            return self.finish(request, content, lock)
        if not form.errors:
            form.add_error(
                "code", _("This is not the code. Look at what you wrote down, or have it shown again.")
            )
        return self._ask(request, carried, form)

    def _show(self, request: HttpRequest, content: Content, carried: str) -> HttpResponse:
        shown = {"code": content[CODE], "pending": carried, "action": self.path}
        return page(request, "recovery_code.html", _("Your recovery code"), **shown)

    def _ask(self, request: HttpRequest, carried: str, form: CodeForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        shown = {"form": form, "pending": carried, "action": self.path}
        return page(request, "recovery_code_typed.html", _("Your recovery code"), status, **shown)


def is_step(request: HttpRequest) -> bool:
    """Whether a form is one of these steps."""
    return "pending" in request.POST
