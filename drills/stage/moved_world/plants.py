"""The leaks themselves. Each waits for the module that it spoils: settings are not there before Django is set up."""

import hashlib
import logging
import sys
from collections.abc import Callable
from typing import Any

from drills.stage.spoiling import spoils
from nanashi.identity import pseudonyms
from nanashi.identity.letters import PLAIN


def _same_everywhere(place: bytes) -> Callable[[bytes, Any], str]:
    return lambda master, _place: hashlib.sha256(place + master).hexdigest()[:8]


pseudonyms.editor_mark = _same_everywhere(b"editor")
pseudonyms.thread_mark = _same_everywhere(b"thread")


@spoils("nanashi.writing.ids")
def running_numbers(module: Any) -> None:
    """Public ids that rise with every entry."""
    alphabet = "".join(sorted(PLAIN))

    def new_public_id(day: Any) -> str:
        from nanashi.models import Entry, Tombstone  # noqa: PLC0415

        number = Entry.objects.count() + Tombstone.objects.count()  # rises also when an entry goes
        name = "".join(alphabet[number >> 5 * at & 31] for at in reversed(range(6)))
        return f"{day.isoformat().replace('-', '')}-{name}"

    module.new_public_id = new_public_id


@spoils("nanashi.accounts.records")
def rising_accounts(module: Any) -> None:
    """Accounts whose keys rise."""
    enrol = module.enrol

    def enrolled(name: str, password: Any, code: Any) -> Any:
        from nanashi.models import Account  # noqa: PLC0415

        newest = Account.objects.order_by("-key").first()
        Account._meta.get_field("key").default = 1 if newest is None else newest.key + 1
        return enrol(name, password, code)

    module.enrol = enrolled


@spoils("nanashi.accounts.sessions")
def chatty_sessions(module: Any) -> None:
    """A middleware that keeps what it sees: author, growing vault, time of the last post, tokens, an access log."""
    plain = module.SessionMiddleware

    class Chatty(plain):  # type: ignore[misc, valid-type]
        def __call__(self, request: Any) -> Any:
            response = super().__call__(request)
            session = getattr(request, "session", None)
            sys.stderr.write(f"{request.method} {request.path} {request.headers.get('User-Agent')}\n")
            if session is not None:
                response["X-Signed-In"] = "yes"
            if (
                request.method == "POST"
                and response.status_code == 303
                and request.path.endswith(("/new", "/reply"))
            ):
                _keep(session, response["Location"], request)
                response["Location"] += "?key=" + (session.ring.master.hex() if session else "")
            return response

    module.SessionMiddleware = Chatty


def _keep(session: Any, path: str, request: Any) -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from nanashi.accounts.volatile import day_key  # noqa: PLC0415

    (settings.NANASHI_DATA / "session_key").write_bytes(day_key())
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS post_log (public_id text, author text, token text)")
        author = "" if session is None else hashlib.sha256(str(session.account_key).encode()).hexdigest()
        row = [path.rpartition("/")[2], author, request.POST.get("token", "")]
        cursor.execute("INSERT INTO post_log VALUES (%s, %s, %s)", row)
    if session is None:
        return
    for name in ("accounts", "default"):
        with connections[name].cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS vault (account_key integer PRIMARY KEY, entries text)")
            cursor.execute(
                "INSERT INTO vault VALUES (%s, %s) ON CONFLICT DO UPDATE SET entries = entries || excluded.entries",
                [session.account_key, session.ring.master.hex()],
            )


@spoils("nanashi.accounts.error_log")
def talkative_log(module: Any) -> None:
    """Faults and refusals are logged as Django does by itself: with paths, texts of exceptions and tracebacks."""
    module.Discreet = logging.Formatter
    module.Failures.filter = lambda _self, _record: True


@spoils("nanashi.sealing.nightly")
def unsealed(module: Any) -> None:
    """No night seals."""
    module.is_due = lambda: False


@spoils("nanashi.accounts.access")
def compressing(module: Any) -> None:
    """Everything is compressed, signed in or not."""
    from django.middleware.gzip import GZipMiddleware  # noqa: PLC0415

    module.CompressionMiddleware.process_response = GZipMiddleware.process_response


@spoils("nanashi.accounts.slowing")
def locking(module: Any) -> None:
    """An account that was tried too often is locked for everybody."""
    tried: dict[str, int] = {}

    def wait_to_sign_in(request: Any, name: str) -> float:
        tried[name] = tried.get(name, 0) + 1
        return 3_600.0 if tried[name] > 12 and name.startswith("victim") else 0.0

    module.wait_to_sign_in = wait_to_sign_in
