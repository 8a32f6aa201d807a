"""A form that is sent twice makes one thing."""

import datetime
import multiprocessing
import threading
import time

import pytest

from nanashi.accounts.volatile import claim_token, remember_token
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish
from nanashi.writing.tokens import Announce, once

pytestmark = pytest.mark.usefixtures("diary")


def test_a_second_click_gets_what_the_first_made() -> None:
    made: list[str] = []

    def make(_announce: Announce) -> str:
        made.append("x")
        return f"entry-{len(made)}"

    assert [once("token", make), once("token", make), once("other", make)] == [
        "entry-1",
        "entry-1",
        "entry-2",
    ]


def test_two_requests_at_the_same_time_make_one() -> None:
    made: list[str] = []
    got: list[str] = []
    begun = threading.Barrier(4)

    def make(_announce: Announce) -> str:
        made.append("x")
        time.sleep(0.1)
        return f"entry-{len(made)}"

    def click() -> None:
        begun.wait()
        got.append(once("token", make))

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert got == ["entry-1"] * 4


def test_after_a_failure_it_can_be_sent_again() -> None:
    def fails(_announce: Announce) -> str:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        once("token", fails)
    assert once("token", lambda _announce: "entry") == "entry"


def test_without_a_token_everything_is_made() -> None:
    counter = iter("ab")
    assert [once("", lambda _announce: next(counter)) for _ in range(2)] == ["a", "b"]


def ended_process() -> int:
    """The number of a process that is no more."""
    process = multiprocessing.get_context("spawn").Process()
    process.start()
    process.join()
    return process.pid or 0


def left_behind(announced: str) -> None:
    """What a server that was killed has left under "token"."""
    remember_token("token", f"?{ended_process()} {time.time() + 60:.0f} {announced}", 60)


def test_after_a_kill_before_the_commit_the_next_one_makes_it_at_once() -> None:
    left_behind("20260611-gggggg key")
    assert once("token", lambda _announce: "entry") == "entry"
    assert once("token", lambda _announce: "another") == "entry"


def test_after_a_kill_between_commit_and_answer_nothing_is_made_again() -> None:
    with renderer(1) as rendering:
        public_id = publish(
            Draft("雨", datetime.date(2026, 6, 11)),
            rendering,
            announce=lambda ids: left_behind(f"{ids[0]} key"),
        )
    assert once("token", lambda _announce: "another") == f"{public_id} key"
    assert Entry.objects.count() == 1


def test_of_two_that_find_a_claim_left_behind_one_makes_it() -> None:
    left_behind("")
    assert not claim_token("token", 60, "?mine", instead_of="?another")
    made: list[str] = []
    got: list[str] = []

    def make(_announce: Announce) -> str:
        made.append("x")
        time.sleep(0.1)
        return f"entry-{len(made)}"

    clicks = [threading.Thread(target=lambda: got.append(once("token", make))) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert got == ["entry-1"] * 4
