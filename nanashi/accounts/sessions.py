"""Sessions without rows: one encrypted cookie that holds the master secret.

Its key lives on tmpfs and changes daily; a cookie under an earlier key is accepted and given out anew. Every cookie
has the same size. Signing out puts its id on a list on tmpfs until it would have run out; signing out everywhere
gives the account another epoch there, and cookies of another epoch are refused.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.cache import patch_vary_headers

from nanashi.accounts import day_seal, volatile
from nanashi.identity.ring import MASTER_BYTES, Ring

ID_BYTES, ACCOUNT_BYTES, EPOCH_BYTES = 16, 8, 8
PLAIN_BYTES = ID_BYTES + ACCOUNT_BYTES + EPOCH_BYTES + MASTER_BYTES
LONGEST_COOKIE = 200
ENDED, EPOCH = "ended session", "epoch of an account"


@dataclass(frozen=True, slots=True)
class Session:
    """What the cookie of somebody who is signed in holds."""

    id: bytes = field(repr=False)
    account_key: int = field(repr=False)
    epoch: bytes = field(repr=False)
    ring: Ring = field(repr=False)
    renewed: bool = True
    """Whether the cookie is under the key of today."""


class SessionMiddleware:
    """Gives each request its `ring` (None for strangers) and its `session`, and renews a cookie of an earlier day.

    A request without the cookie costs nothing; one with it, three look-ups on tmpfs and no question to a database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE)
        session = None if cookie is None else read_cookie(cookie)
        request.session = session
        request.ring = None if session is None else session.ring  # type: ignore[attr-defined]
        response = self.get_response(request)
        if session is not None and not session.renewed and settings.SESSION_COOKIE not in response.cookies:
            _set_cookie(response, session)
            # On a page for everybody too: a cache on the way would hand this cookie to the next reader.
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


def session_of(request: HttpRequest) -> Session | None:
    """The session of a request."""
    session: Session | None = getattr(request, "session", None)
    return session


def sign_in(request: HttpRequest, response: HttpResponse, account_key: int, master: bytes) -> None:
    """Give out a cookie for this account."""
    epoch = volatile.recall(EPOCH, _name(account_key)) or bytes(EPOCH_BYTES)
    _set_cookie(response, Session(secrets.token_bytes(ID_BYTES), account_key, epoch, Ring(master)))
    rotate_token(request)


def sign_out(request: HttpRequest, response: HttpResponse) -> None:
    """End this session: its cookie is refused from now on, wherever a copy of it is."""
    session = session_of(request)
    if session is not None:
        volatile.replace(ENDED, session.id, b"", volatile.seconds_kept())
    forget_cookie(response)


def forget_cookie(response: HttpResponse) -> None:
    """Have the browser drop the session's cookie."""
    response.delete_cookie(settings.SESSION_COOKIE, path="/", samesite="Lax")
    # A browser ignores what sets a `__Host-` cookie without Secure, the deletion too.
    response.cookies[settings.SESSION_COOKIE]["secure"] = settings.SECURE_COOKIES


def sign_out_everywhere(account_key: int) -> None:
    """End all sessions of an account."""
    volatile.replace(EPOCH, _name(account_key), secrets.token_bytes(EPOCH_BYTES), volatile.seconds_kept())


def may_sign_in() -> bool:
    """Whether a cookie may travel: over https, on this machine, over Tor, or where the operator insists."""
    host = urlsplit(settings.NANASHI_URL).hostname or ""
    near = host in ("127.0.0.1", "localhost", "::1") or host.endswith((".onion", ".localhost"))
    return bool(settings.SECURE_COOKIES or near or settings.INSECURE_COOKIE)


def read_cookie(cookie: str) -> Session | None:
    """The session of a cookie that was given out today or on an earlier day that counts, and has not ended."""
    found = day_seal.opened(settings.SESSION_COOKIE, cookie[:LONGEST_COOKIE])
    if found is None or len(found.plain) != PLAIN_BYTES:
        return None
    return _living(_session(found.plain, renewed=found.today))


def _set_cookie(response: HttpResponseBase, session: Session) -> None:
    """Put the session into the answer's cookie, under the key of today."""
    plain = session.id + _name(session.account_key) + session.epoch + session.ring.master
    response.set_cookie(
        settings.SESSION_COOKIE,
        day_seal.seal(settings.SESSION_COOKIE, plain),
        max_age=round(volatile.seconds_kept()),
        path="/",
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def _session(plain: bytes, *, renewed: bool) -> Session:
    one, two = ID_BYTES, ID_BYTES + ACCOUNT_BYTES
    three = two + EPOCH_BYTES
    return Session(
        plain[:one], int.from_bytes(plain[one:two], "big"), plain[two:three], Ring(plain[three:]), renewed
    )


def _living(session: Session) -> Session | None:
    if volatile.recall(ENDED, session.id) is not None:
        return None
    epoch = volatile.recall(EPOCH, _name(session.account_key))
    return session if epoch is None or epoch == session.epoch else None


def _name(account_key: int) -> bytes:
    return account_key.to_bytes(ACCOUNT_BYTES, "big")
