"""Nobody waits for a thread because others wait for their turn to write, and no wait is added to another."""

import fcntl
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from subprocess import Popen
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nanashi.models.turns import seconds_left, turn
from nanashi.web.waiting import WaitingMiddleware
from tests.cli.test_serve import page, port, serve  # noqa: F401 - fixtures

PLACES, BEYOND = 3, 4
LONGEST = 60.0
FIELD = re.compile(r'name="(csrfmiddlewaretoken|token)" value="([^"]+)"')


class Answer(NamedTuple):
    """What a post was answered with."""

    status: int
    text: str
    retry_after: str | None


class Guest:
    """A browser with the form before it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = self.opener.open(f"{where}/new", timeout=LONGEST).read().decode()
        self.fields = dict(FIELD.findall(form))

    def send(self, body: str) -> Answer:
        data = {**self.fields, "title": "", "body": body, "do": "publish", "anyway": "1"}
        request = urllib.request.Request(
            f"{self.where}/new",
            urllib.parse.urlencode(data).encode(),
            headers={"Referer": f"{self.where}/new"},
        )
        try:
            with self.opener.open(request, timeout=LONGEST) as answer:
                return Answer(answer.status, answer.read().decode(), answer.headers["Retry-After"])
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read().decode(), refused.headers["Retry-After"])


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Have the turn to write, and announce no pause."""
    descriptor = os.open(folder / "writing.turn", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


@pytest.fixture
def guests(serve: Callable[..., Popen[str]], port: int, environment: dict[str, str]) -> list[Guest]:  # noqa: F811
    """More people than a server that lets PLACES wait has threads, each with a form."""
    environment |= {"NANASHI_WRITERS": str(PLACES), "NANASHI_WRITER_WAIT": str(round(LONGEST))}
    serve("--empty")
    page(port, "/about")
    return [Guest(f"http://127.0.0.1:{port}") for _ in range(PLACES + BEYOND)]


def test_who_finds_no_place_is_refused_at_once_and_pages_are_answered(
    guests: list[Guest],
    port: int,  # noqa: F811
    environment: dict[str, str],
) -> None:
    with ThreadPoolExecutor(len(guests)) as people:
        with held(Path(environment["NANASHI_DATA"])):
            sent = [people.submit(guest.send, f"{n}番目の文") for n, guest in enumerate(guests)]
            while sum(one.done() for one in sent) < BEYOND:
                time.sleep(0.02)
            assert "<h1" in page(port)  # nobody who waits has been answered yet, and a page is
            refused = [n for n, one in enumerate(sent) if one.done()]
            assert len(refused) == BEYOND
        answers = [one.result() for one in sent]
    for number, (status, text, retry_after) in enumerate(answers):
        if number in refused:
            assert status == 503
            assert f"{number}番目の文" in text
            assert int(retry_after or 0) >= 1
        else:
            assert status == 200
            assert "data-posted" in text


def test_the_second_of_two_clicks_takes_a_place_too(
    guests: list[Guest],
    environment: dict[str, str],
) -> None:
    one = guests[0]
    with ThreadPoolExecutor(PLACES + 1) as clicks, held(Path(environment["NANASHI_DATA"])):
        sent = [clicks.submit(one.send, "何度も押す") for _ in range(PLACES + 1)]
        while not any(click.done() for click in sent):
            time.sleep(0.02)
        (answer,) = [click.result() for click in sent if click.done()]
    assert (answer.status, "何度も押す" in answer.text) == (503, True)
    assert [click.result().status for click in sent].count(200) == PLACES


def test_what_a_request_has_waited_for_is_taken_off_and_its_work_is_not(diary: object, settings: Any) -> None:
    settings.WRITER_WAIT = 1
    left: list[float] = []
    took: list[float] = []

    def view(_request: object) -> HttpResponse:
        began, worked = time.monotonic(), time.thread_time()
        left.append(seconds_left())
        while time.thread_time() < worked + 0.3:
            pass
        left.append(seconds_left())
        took.append(time.monotonic() - began)
        time.sleep(1)  # for the first of two clicks, say
        left.append(seconds_left())
        with turn():  # nobody has it, so it is given all the same
            return HttpResponse()

    whole = seconds_left()
    WaitingMiddleware(view)(RequestFactory().get("/"))
    assert whole >= left[0] > left[1] - 0.3
    assert left[0] - left[1] <= took[0] - 0.29
    assert left[2] == 0
    assert seconds_left() == whole
