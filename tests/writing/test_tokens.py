"""A form that is sent twice makes one thing."""

import threading
import time

import pytest

from nanashi.writing.tokens import once

pytestmark = pytest.mark.usefixtures("diary")


def test_a_second_click_gets_what_the_first_made() -> None:
    made: list[str] = []

    def make() -> str:
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

    def make() -> str:
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
    def fails() -> str:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        once("token", fails)
    assert once("token", lambda: "entry") == "entry"


def test_without_a_token_everything_is_made() -> None:
    counter = iter("ab")
    assert [once("", lambda: next(counter)) for _ in range(2)] == ["a", "b"]
