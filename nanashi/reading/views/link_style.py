"""Which keyword links a reader sees: chosen here, remembered in a cookie, applied by one small style sheet.

Pages are the same bytes for every reader, so the choice cannot be in them. Every page loads /links.css, the only
answer that depends on the cookie.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from nanashi.reading.responses import unless_known
from nanashi.reading.way_back import leading_back

COOKIE = "nanashi_links"
DEFAULT = "notable"
SHOWN = "pointer-events:auto;text-decoration-line:underline"
HIDDEN = "pointer-events:none;text-decoration-line:none"
STYLES = {
    "notable": "",
    "all": f"a.k{{{SHOWN}}}",
    "none": f"a.kn{{{HIDDEN}}}",
}
"""What each choice changes of nanashi.css, which shows the notable links."""
CHOSEN = (
    ":root{{--links:{choice}}}\n"
    '.links button[value="{choice}"]{{color:var(--quiet);text-decoration:none}}\n'
    "@media screen{{{style}}}\n"
)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """/links.css: kept by the reader's browser alone, which asks each time and mostly hears that it is the same."""
    choice = chosen(request)

    def sheet() -> HttpResponse:
        return HttpResponse(CHOSEN.format(choice=choice, style=STYLES[choice]), content_type="text/css")

    response = unless_known(request, ("links.css", choice, STYLES[choice], CHOSEN), sheet)
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def chosen(request: HttpRequest) -> str:
    """The reader's choice; the default for a cookie of nonsense."""
    choice = request.COOKIES.get(COOKIE, DEFAULT)
    return choice if choice in STYLES else DEFAULT


@csrf_exempt
@require_POST
def choose_links(request: HttpRequest) -> HttpResponse:
    """Remember a choice and go back to the page.

    Without a CSRF token: pages are the same bytes for every reader, and another site can change no more than which
    words somebody sees underlined.
    """
    response = leading_back(request)
    choice = request.POST.get("links", "")
    if choice in STYLES:
        response.set_cookie(
            COOKIE,
            choice,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
