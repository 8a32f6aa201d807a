"""Addresses on which keywords are written: only here do writing's rule about struck entries and editing meet."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from nanashi.accounts.access import ring_of
from nanashi.accounts.pages import page
from nanashi.editing.views.edit import edit
from nanashi.editing.views.history import keyword_history, restore_form
from nanashi.editing.views.proposals import object_form, proposals, propose_form
from nanashi.web.typed import typed_in
from nanashi.writing.views.ring import suspended

View = Callable[..., HttpResponse]


def unless_suspended(view: View) -> View:
    """Refuse what a suspended ring sends, or somebody signed in no more; the page that says so keeps what was typed."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *arguments, **named)
        signed_out = ring_of(request) is None
        # The form of a keyword comes back by itself.
        if view is edit if signed_out else not suspended(request):
            return view(request, *arguments, **named)
        title = _("You are not signed in any more") if signed_out else _("You cannot edit keywords")
        content = {"typed": typed_in(request), "signed_out": signed_out}
        return page(request, "keyword_suspended.html", title, HTTPStatus.FORBIDDEN, **content)

    return guarded


urlpatterns = [
    path("keyword/<path:word>/edit", unless_suspended(edit)),
    path("keyword/<path:word>/history", unless_suspended(keyword_history)),
    path("keyword-restore", restore_form),
    path("keywords/proposals", proposals),
    path("keywords/proposals/<int:key>", unless_suspended(object_form)),
    path("keywords/propose", unless_suspended(propose_form)),
]
