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
from nanashi.writing.own import is_suspended

View = Callable[..., HttpResponse]


def unless_suspended(view: View) -> View:
    """Refuse what a suspended ring sends, and keep what was typed on the page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        ring = ring_of(request)
        if request.method != "POST" or ring is None or not is_suspended(ring.master):
            return view(request, *arguments, **named)
        shown = ("word", "reading", "aliases", "definition", "see_also", "note", "reason", "objection")
        typed = [request.POST[name] for name in shown if request.POST.get(name)]
        title = _("You cannot edit keywords")
        return page(request, "keyword_suspended.html", title, HTTPStatus.FORBIDDEN, typed=typed)

    return guarded


urlpatterns = [
    path("keyword/<path:word>/edit", unless_suspended(edit)),
    path("keyword/<path:word>/history", unless_suspended(keyword_history)),
    path("keyword-restore", restore_form),
    path("keywords/proposals", proposals),
    path("keywords/proposals/<int:key>", unless_suspended(object_form)),
    path("keywords/propose", unless_suspended(propose_form)),
]
