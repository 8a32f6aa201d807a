"""Eight people who post all the time, and a ledger of what each post was answered with."""

import random
import re
import secrets
import threading
import time
from dataclasses import dataclass, field

import httpx

from drills.stage.week import FORGERY, Writer, sign_up

WRITERS, GUESTS = 8, 4
WORD = re.compile(r"w[0-9a-f]{16}")
ENTRY = re.compile(r"/e/([0-9]{8}-[a-z0-9]{6})")
TEXT = ("研究", "京都", "大学", "音楽", "映画", "料理", "夢", "猫", "駅", "海", "散歩", "電車", "手紙")
ONE_IN_SO_MANY = 6
"""Of the posts, one in so many is sent by a double click."""
PATIENCE = 60.0
"""Seconds in which an answer comes in any case."""
REST = 0.05
"""Seconds between an answer and the next post: people breathe."""


@dataclass
class Post:
    """A form that was filled in; it is sent until it is acknowledged, always with the same token."""

    word: str
    token: str
    body: str


@dataclass
class Ledger:
    """What was answered, by all writers in all rounds."""

    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    """A post's word -> public ids that it was acknowledged under: one, where all is well."""
    posted: set[str] = field(default_factory=set)
    answers: int = 0
    unanswered: int = 0
    refused: int = 0
    refused_without_text: int = 0
    failed: int = 0
    locked: int = 0
    slowest: float = 0.0
    slowest_refusal: float = 0.0
    shown: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, post: Post, answer: httpx.Response, seconds: float) -> bool:
        """Take an answer down; whether it acknowledges the post."""
        with self.lock:
            self.answers += 1
            self.locked += "database is locked" in answer.text
            public_id = _acknowledged(answer)
            if public_id:
                self.acknowledged.setdefault(post.word, set()).add(public_id)
                self.slowest = max(self.slowest, seconds)
                return True
            self.refused += answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
            self.failed += answer.status_code != httpx.codes.SERVICE_UNAVAILABLE
            self.refused_without_text += post.body not in answer.text
            self.slowest_refusal = max(self.slowest_refusal, seconds)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE and len(self.shown) < 10:
                self.shown.append(f"{answer.status_code} after {seconds:.2f} s: {answer.text[:300]}")
            return False

    def note_silence(self) -> None:
        """A request that got no answer."""
        with self.lock:
            self.unanswered += 1


class Author:
    """One of the eight: a browser, and the post that is not acknowledged yet."""

    def __init__(self, number: int, ledger: Ledger, seed: int) -> None:
        name = f"writer{number}"
        self.writer = Writer(name, httpx.Client(timeout=PATIENCE, limits=httpx.Limits(max_connections=4)))
        self.signed = number >= GUESTS
        self.ledger = ledger
        self.open: Post | None = None
        self.chance = random.Random(f"{seed} {number}")

    def arrive(self, address: str) -> None:
        """Sign up, where this one has an account."""
        if self.signed:
            sign_up(self.writer, address)

    def write(self, address: str, stopped: threading.Event) -> None:
        """Post until the server is killed; what was not answered before comes first."""
        while not stopped.is_set():
            self.open = self.open or self._post()
            try:
                answers = self._sent(address, self.open)
            except (httpx.HTTPError, LookupError):
                stopped.wait(0.1)
                continue
            if any(answers):
                self.open = None
            stopped.wait(REST if any(answers) else 4 * REST)

    def finish(self, address: str, until: float) -> None:
        """Send what is still open until it is acknowledged; in the end none is."""
        while self.open and time.monotonic() < until:
            if any(self._sent(address, self.open)):
                self.open = None
            else:
                time.sleep(0.5)

    def _post(self) -> Post:
        word = f"w{self.chance.getrandbits(64):016x}"
        text = "。".join("".join(self.chance.choices(TEXT, k=6)) for _ in range(12))
        self.ledger.posted.add(word)
        return Post(word, secrets.token_urlsafe(18), f"{word} {text}")

    def _sent(self, address: str, post: Post) -> list[bool]:
        """Send the form, sometimes by a double click; whether each answer acknowledges it."""
        form = self.writer.client.get(address + "/new")
        found = FORGERY.search(form.text)
        if found is None:
            raise LookupError("no form")
        values = {"csrfmiddlewaretoken": found[1], "token": post.token, "title": "", "body": post.body}
        values |= {"do": "publish", "anyway": "1"}
        got: list[bool] = []
        clicks = 2 if self.chance.randrange(ONE_IN_SO_MANY) == 0 else 1
        threads = [
            threading.Thread(target=self._click, args=[address, post, values, got]) for _ in range(clicks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return got

    def _click(self, address: str, post: Post, values: dict[str, str], got: list[bool]) -> None:
        started = time.monotonic()
        try:
            answer = self.writer.client.post(address + "/new", data=values)
        except httpx.HTTPError:
            self.ledger.note_silence()
            return
        got.append(self.ledger.note(post, answer, time.monotonic() - started))


def _acknowledged(answer: httpx.Response) -> str:
    """The id that the answer says the post has; "" where it does not acknowledge it."""
    if answer.status_code == httpx.codes.SEE_OTHER:
        found = ENTRY.search(answer.headers["Location"])
    elif answer.status_code == httpx.codes.OK and "data-posted" in answer.text:
        found = ENTRY.search(answer.text)
    else:
        found = None
    return found[1] if found else ""
