"""Where a form leads back to, or on to."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_PATH = 1_000


def way_back(request: HttpRequest) -> str:
    """The address in the form's field `back` when it is one of this site, else the front page."""
    return local_path(request.POST.get("back", "/"))


def leading_back(request: HttpRequest) -> HttpResponseRedirect:
    """On to `way_back`; what somebody had typed into the form that was sent goes along (307 repeats it there)."""
    response = HttpResponseRedirect(way_back(request))
    if "body" in request.POST:
        response.status_code = HTTPStatus.TEMPORARY_REDIRECT
    return response


def local_path(path: str, otherwise: str = "/") -> str:
    """A path of this diary, and of no other site; `otherwise` where it is none."""
    safe = (
        path.startswith("/")
        and len(path) <= LONGEST_PATH
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )
    return path if safe else otherwise
