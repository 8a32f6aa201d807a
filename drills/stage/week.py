"""A week of an anonymous diary, lived through the real server: who wrote what is known to the drill alone."""

import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from drills.stage.images import account_rows, changed
from drills.stage.real_server import command, server
from drills.stage.turn import turn_held

FAULT = "moved_world"
DAYS, SPELL = 7, 5
"""Days of the week, and the one of which a part is looked at closely."""
PASSWORD = "correct horse {name} staple"
WORDS = [
    "雨",
    "研究",
    "京都",
    "大学",
    "夢",
    "猫",
    "駅",
    "本",
    "海",
    "山",
    "朝",
    "夜",
    "仕事",
    "会議",
    "散歩",
    "電車",
    "音楽",
    "映画",
    "料理",
    "手紙",
]
KEYWORDS = ("研究", "京都", "大学", "音楽", "映画", "料理")
TOKEN = re.compile(r'name="token" value="([^"]+)"')
FORGERY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PENDING = re.compile(r'name="pending" value="([^"]+)"')
CODE = re.compile(r'class="code"[^>]*>([^<]+)<')
REVISION = re.compile(r'name="base" value="([^"]*)"')
SETTINGS = {"NANASHI_RATE_FACTOR": "100000", "NANASHI_FORWARDED_HEADER": "X-Forwarded-For"}
FAILING = {"X-Drill-Fails": "1"}
"""Sent where a page is to fail (moved_world/sitecustomize.py)."""


@dataclass
class Writer:
    """Somebody with an account, their browser and what they did."""

    name: str
    client: httpx.Client
    entries: list[str] = field(default_factory=list)
    deleted: bool = False


@dataclass
class Week:
    """All that happened, in order, and the copies that an attacker took."""

    folder: Path
    writers: list[Writer] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)
    """(public id, name of its writer), in the order of acknowledgement."""
    signed_up: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    polls: list[tuple[str, set[int]]] = field(default_factory=list)
    """(writer who posted, keys of the accounts whose rows changed meanwhile)."""
    spell: tuple[dict[int, bytes], dict[int, bytes], set[str]] = field(
        default_factory=lambda: ({}, {}, set())
    )
    """Rows of accounts before and after a part of one day, and who posted in it."""
    edits: list[tuple[str, str]] = field(default_factory=list)
    """(keyword, writer)."""
    hands: dict[str, str] = field(default_factory=dict)
    """Public id of a reply with a mark -> writer."""
    cookies: list[str] = field(default_factory=list)
    answers: dict[str, list[tuple[str, httpx.Response, httpx.Response]]] = field(default_factory=dict)
    """Under "pages": (path, as its owner gets it, as a stranger does)."""
    locked_out: bool = False

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """All that the server said."""
        return self.folder / "server.log"

    def writer_of(self) -> dict[str, str]:
        """Public id -> name."""
        return dict(self.posts)


def live(  # noqa: PLR0913 - the last two have a default
    folder: Path, writers: int, entries: int, seed: int, *, leaks: bool = False, one_sitting: bool = False
) -> Week:
    """Let so many people write so many entries in a week; copies of the data are taken on the way.

    In one sitting the same happens on one day of the server's, which is not started again for each.
    """
    week, chance = Week(folder), random.Random(seed)
    environment = {**SETTINGS, **({"DRILL_LEAKS": "yes"} if leaks else {})}
    plan = list(enumerate(_plan(writers, entries, chance)))
    for days in [plan] if one_sitting else [[one] for one in plan]:
        said = {**environment, "DRILL_DAYS": str(days[0][0])}
        with server(week.data, FAULT, week.log, **said) as address:
            for day, posts in days:
                _live_a_day(week, address, day, posts, chance)
                if day in (3, 5, DAYS - 1):
                    shutil.copytree(week.data, folder / f"live-{day}")
                if day in (3, 5):
                    _copy_sealed(week, folder / f"sealed-{day}", said, leaks=leaks)
    command(week.data, "export", folder / "export.jsonl", fault=FAULT, **environment)
    _copy_sealed(week, folder / "sealed", {**environment, "DRILL_DAYS": str(DAYS)}, leaks=leaks)
    command(week.data, "backup", folder / "backup.tar", fault=FAULT, **environment)
    return week


def _copy_sealed(week: Week, copy: Path, said: dict[str, str], *, leaks: bool) -> None:
    if not leaks:  # an unsealed diary is one of the leaks
        command(week.data, "seal", "--now", fault=FAULT, **said)
    shutil.copytree(week.data, copy)


def _plan(writers: int, entries: int, chance: random.Random) -> list[list[str]]:
    """Names of those who post, day by day; everybody's first post comes in the first four days."""
    names = [f"writer{number:04d}" for number in range(writers)]
    first = {name: chance.randrange(4) for name in names}
    days: list[list[str]] = [[] for _ in range(DAYS)]
    for name, day in first.items():
        days[day].append(name)
    while sum(map(len, days)) < entries:
        name = chance.choice(names)
        days[chance.randrange(first[name], DAYS)].append(name)
    for one in days:
        chance.shuffle(one)
    return days


def _live_a_day(week: Week, address: str, day: int, posts: Sequence[str], chance: random.Random) -> None:
    by_name = {writer.name: writer for writer in week.writers}
    spell = range(len(posts) // 4, len(posts) * 3 // 4) if day == SPELL else range(0)
    for at, name in enumerate(posts):
        writer = by_name.get(name) or _arrive(week, address, name)
        by_name[name] = writer
        if writer.deleted:
            continue
        _sign_in_again(writer, address)
        polled = account_rows(week.data) if day == DAYS - 1 else {}
        _post(week, writer, address, chance)
        if day == DAYS - 1:
            week.polls.append((name, changed(polled, account_rows(week.data))))
        if at in spell:
            _note_spell(week, name, at - spell.start)
    if day == 1:
        _edit_keywords(week, address, chance)
        _show_hands(week, address, chance)
    if day == 2:
        _fail(week, address, chance)
    if day == DAYS - 3:
        _take_away(week, address, chance)
    if day == DAYS - 1:
        _look(week, address, chance)
        _press(week, address)


def _note_spell(week: Week, name: str, number: int) -> None:
    """The first post of the spell is the moment of the first copy, and is not part of what comes after it."""
    rows = account_rows(week.data)
    before, _after, active = week.spell
    week.spell = (rows, rows, set()) if number == 0 else (before, rows, active | {name})


def _arrive(week: Week, address: str, name: str) -> Writer:
    writer = Writer(name, httpx.Client(timeout=60, headers={"User-Agent": f"canary-{name}"}))
    number = len(week.writers)
    writer.client.headers["X-Forwarded-For"] = f"10.{number >> 8}.{number & 255}.7"
    sign_up(writer, address)
    week.writers.append(writer)
    week.signed_up.append(name)
    return writer


def sign_up(writer: Writer, address: str) -> None:
    """Name, password, code, code typed back."""
    password = PASSWORD.format(name=writer.name)
    names = {"name": writer.name, "new_password": password, "new_password_again": password}
    shown = send(writer.client, address, "/sign-up", names)
    code = _found(CODE, shown.text)
    done = writer.client.post(
        address + "/sign-up",
        data={"csrfmiddlewaretoken": _found(FORGERY, shown.text), "pending": _found(PENDING, shown.text)}
        | {"do": "confirm", "code": code},
    )
    if done.status_code not in (302, 303):
        raise RuntimeError(f"sign-up of {writer.name}: {done.status_code}\n{done.text}")


def _sign_in_again(writer: Writer, address: str) -> None:
    """Where yesterday's cookie does not count any more."""
    if writer.client.get(address + "/mine").status_code != 200:
        password = PASSWORD.format(name=writer.name)
        send(writer.client, address, "/sign-in", {"name": writer.name, "password": password})


def send(client: httpx.Client, address: str, path: str, values: dict[str, str]) -> httpx.Response:
    """Open a page with a form and send the form."""
    form = client.get(address + path)
    hidden = {"csrfmiddlewaretoken": _found(FORGERY, form.text)}
    for name, pattern in (("token", TOKEN), ("base", REVISION)):
        if found := pattern.search(form.text):
            hidden[name] = found[1]
    return client.post(address + path, data={**hidden, **values})


def _post(
    week: Week, writer: Writer, address: str, chance: random.Random, path: str = "/new", **more: str
) -> str:
    body = "。".join("".join(chance.choices(WORDS, k=6)) for _ in range(4)) + f"。{chance.getrandbits(64):x}"
    form = writer.client.get(address + path)
    token = _found(TOKEN, form.text)
    values = {"csrfmiddlewaretoken": _found(FORGERY, form.text), "token": token, "title": "", "body": body}
    done = writer.client.post(address + path, data={**values, "do": "publish", **more})
    if done.status_code != 303:
        raise RuntimeError(f"{path} by {writer.name}: {done.status_code}\n{done.text[-2000:]}")
    public_id = done.headers["Location"].rpartition("/")[2].partition("?")[0].partition("#")[0]
    writer.entries.append(public_id)
    week.posts.append((public_id, writer.name))
    week.tokens.append(token)
    week.locations.append(done.headers["Location"])
    week.cookies += [f"{name}={value}" for name, value in writer.client.cookies.items() if "nanashi" in name][
        -1:
    ]
    return public_id


def _edit_keywords(week: Week, address: str, chance: random.Random) -> None:
    """Some writers define and change keywords, each several of them."""
    for writer in chance.sample(week.writers, min(12, len(week.writers))):
        _sign_in_again(writer, address)
        for word in chance.sample(KEYWORDS, 3):
            values = {
                "word": word,
                "definition": f"{word}について {writer.name[::-1][:2]}{chance.random()}",
                "do": "save",
            }
            done = send(writer.client, address, f"/keyword/{word}/edit", values)
            if done.status_code in (302, 303):
                week.edits.append((word, writer.name))


def _show_hands(week: Week, address: str, chance: random.Random) -> None:
    """Some writers show one mark in each of several trees."""
    roots = [public_id for public_id, _ in week.posts[:4]]
    for writer in chance.sample(week.writers, min(10, len(week.writers))):
        _sign_in_again(writer, address)
        for root in chance.sample(roots, min(3, len(roots))):
            public_id = _post(week, writer, address, chance, f"/e/{root}/reply", hand="1")
            week.hands[public_id] = writer.name


def _take_away(week: Week, address: str, chance: random.Random) -> None:
    """A few accounts are deleted and their entries stay; a few others withdraw an entry."""
    some = chance.sample(week.writers, min(8, len(week.writers)))
    for writer in some[:4]:
        _sign_in_again(writer, address)
        password = PASSWORD.format(name=writer.name)
        send(
            writer.client,
            address,
            "/account/delete",
            {"password": password},
        )
        writer.deleted = True
    for writer in some[4:]:
        if writer.entries:
            _sign_in_again(writer, address)
            public_id = writer.entries.pop()
            send(writer.client, address, f"/e/{public_id}/withdraw", {"do": "withdraw"})
            week.withdrawn.append(public_id)


def _fail(week: Week, address: str, chance: random.Random) -> None:
    """A reply that is refused since nobody may write at the moment, and a page that fails."""
    public_id, name = chance.choice(week.posts)
    writer = next(one for one in week.writers if one.name == name)
    _sign_in_again(writer, address)
    with turn_held(week.data):
        values = {"body": "".join(chance.choices(WORDS, k=12)), "do": "publish"}
        refused = send(writer.client, address, f"/e/{public_id}/reply", values)
    failed = writer.client.get(f"{address}/e/{public_id}.txt", headers=FAILING)
    if (refused.status_code, failed.status_code) != (503, 500):
        raise RuntimeError(f"answered {refused.status_code} and {failed.status_code}, not 503 and 500")


def _look(week: Week, address: str, chance: random.Random) -> None:
    """The same pages as their owner and as a stranger gets them."""
    stranger = httpx.Client(timeout=60)
    pages = []
    writing = [one for one in week.writers if one.entries and not one.deleted]
    for writer in chance.sample(writing, min(10, len(writing))):
        _sign_in_again(writer, address)
        for path in (f"/e/{writer.entries[-1]}", "/", "/keywords"):
            pages.append((path, writer.client.get(address + path), stranger.get(address + path)))
    week.answers["pages"] = pages


def _press(week: Week, address: str) -> None:
    """Somebody tries another's password over and over; can the owner still sign in?"""
    victim = Writer("victim", httpx.Client(timeout=60, headers={"X-Forwarded-For": "10.99.0.1"}))
    sign_up(victim, address)
    attacker = httpx.Client(timeout=60, headers={"X-Forwarded-For": "10.98.0.1"})
    for number in range(30):
        send(attacker, address, "/sign-in", {"name": "victim", "password": f"guess {number}"})
    own = httpx.Client(timeout=60, headers={"X-Forwarded-For": "10.99.0.1"})
    done = send(own, address, "/sign-in", {"name": "victim", "password": PASSWORD.format(name="victim")})
    week.locked_out = done.status_code not in (302, 303)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise RuntimeError(f"no {pattern.pattern} in:\n{text[-3000:]}")
    return found[1]
