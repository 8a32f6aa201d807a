"""`nanashi worker`: one a diary, started again by the server, and ended anywhere without harm."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from typing import Any

import psutil
import pytest
from click.testing import Result
from django.utils import timezone

from nanashi.cli.worker import _jobs
from nanashi.lexicons.backfill import relink_everything
from nanashi.lexicons.generations import files, newest_usable
from nanashi.lexicons.progress import progress_of
from nanashi.lexicons.versions import lexicon_version
from nanashi.lexicons.weighing import recount
from nanashi.models import Backfill, Entry, Keyword, Occurrence
from nanashi.text.markup import keyword_path
from tests.conftest import ROOT

Start = Callable[..., subprocess.Popen[str]]
Run = Callable[..., Result]
LONGEST = 60.0
MANY = "".join(f"言葉{n:05}\n" for n in range(30_000))


@pytest.fixture
def here(diary: Path, environment: dict[str, str]) -> Path:
    """The diary of this test, on which processes of their own work too."""
    environment["NANASHI_DATA"] = str(diary)
    return diary


def until(found: Callable[[], Any], seconds: float = 0.02) -> Any:
    """What is looked for, as soon as it is there."""
    deadline = time.monotonic() + LONGEST
    while not (result := found()):
        assert time.monotonic() < deadline, found
        time.sleep(seconds)
    return result


def is_free(folder: Path) -> bool:
    """Whether no process is the worker of this diary."""
    return worker_of(folder, psutil.process_iter()) is None


def worker_of(folder: Path, among: Any) -> psutil.Process | None:
    """The one of these processes that is the worker of this diary."""
    for process in among:
        try:
            if any(file.path == str(folder / "worker.lock") for file in process.open_files()):
                return process  # type: ignore[no-any-return]
        except psutil.Error:
            continue
    return None


def working(start: Start, folder: Path) -> subprocess.Popen[str]:
    """A worker that has begun."""
    process = start("worker")
    until(lambda: worker_of(folder, [psutil.Process(process.pid)]))
    return process


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_a_second_worker_says_so(start: Start, here: Path) -> None:
    working(start, here)
    second = start("worker")
    _output, errors = second.communicate(timeout=LONGEST)
    assert second.returncode == 1
    assert "another worker is at work" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_when_it_is_told(start: Start, here: Path, number: int) -> None:
    worker = working(start, here)
    worker.send_signal(number)
    assert worker.communicate(timeout=LONGEST) == ("", "")
    assert worker.returncode == 0


def test_compiling_that_is_killed_leaves_no_torn_generation(nanashi: Run, start: Start, here: Path) -> None:
    """Killed as its process begins, while it compiles, and with the file half written."""
    nanashi("keywords", "import", "-", given=MANY)
    folder = here / "lexicon"
    moments: list[Callable[[psutil.Process], Any]] = [
        lambda worker: worker.children(),
        lambda worker: worker.children() and not time.sleep(0.7),  # type: ignore[func-returns-value]
        lambda _worker: any(file.name.startswith(".") for file in folder.iterdir()),
        lambda _worker: any(file.name.startswith(".") for file in folder.iterdir()),
    ]
    for moment in moments:
        for _version, file in files():
            file.unlink()
        worker = working(start, here)
        process = psutil.Process(worker.pid)
        until(lambda: moment(process), 0.001)  # noqa: B023 - called within the round
        children = process.children(recursive=True)
        worker.kill()
        assert psutil.wait_procs(children, timeout=LONGEST)[1] == []
        assert len(files()) <= 1
        assert all(newest_usable(version) for version, _file in files())
    worker = working(start, here)
    until(lambda: [version for version, _file in files()] == [lexicon_version()])
    until(lambda: [file.name for file in folder.iterdir()] == [str(lexicon_version())])
    found = newest_usable(lexicon_version())
    assert found
    assert len(found[1]) == Keyword.objects.count()


def test_links_that_were_cut_off_go_on_and_are_those_of_a_relink(
    nanashi: Run, start: Start, here: Path
) -> None:
    lines = [f'{{"date": "2024-06-06", "body": "言葉{n:05}と雨{n}の日。"}}' for n in range(6_000)]
    nanashi("import", "-", given="\n".join(lines))
    nanashi("keywords", "import", "-", given="言葉\n雨\n")
    recount(timezone.localdate() + timedelta(1))  # so that no worker seals, which moves the weights of links
    Backfill.objects.all().delete()
    Entry.objects.update(body="", excerpt="")
    Occurrence.objects.all().delete()
    row = Backfill.objects.create(keyword_key=Keyword.objects.get(word="雨").key)
    assert progress_of(row.keyword_key or 0) == (0, None)
    left = [row]
    for _round in range(2):
        done = left[0].done
        worker = working(start, here)
        until(lambda: Backfill.objects.filter(key=row.key, done__gt=done).exists(), 0.005)  # noqa: B023
        worker.kill()
        worker.wait()
        left = list(Backfill.objects.all())
        assert left[0].done < (left[0].total or 0) == 6_000
        assert progress_of(row.keyword_key or 0) == (left[0].done, 6_000)
    working(start, here)
    until(lambda: not Backfill.objects.exists())
    assert progress_of(row.keyword_key or 0) is None
    continued = stored()
    relink_everything(nothing, 1)
    assert stored() == continued
    assert len(continued[1]) == 12_000


def stored() -> tuple[list[Any], list[Any]]:
    bodies = Entry.objects.order_by("key").values_list("key", "body", "excerpt")
    return list(bodies), sorted(Occurrence.objects.values_list("keyword_id", "entry_id"))


@pytest.fixture
def address(start: Start) -> Iterator[tuple[str, psutil.Process]]:
    """A server without entries, and where it is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = start("serve", "--empty", "--port", str(port))
    assert process.stdout is not None
    process.stdout.readline()
    server = psutil.Process(process.pid)
    yield f"http://127.0.0.1:{port}", server
    left = server.children(recursive=True) if server.is_running() else []
    process.terminate()
    process.wait(LONGEST)
    for one in left:
        if one.is_running():
            one.kill()


def test_the_server_starts_a_worker_that_ends_with_it(
    address: tuple[str, psutil.Process], environment: dict[str, str]
) -> None:
    _address, server = address
    folder = Path(environment["NANASHI_DATA"])

    def worker() -> psutil.Process | None:
        return worker_of(folder, server.children(recursive=True))

    first = until(worker)
    first.kill()
    first.wait(LONGEST)
    second = until(worker)
    assert second.pid != first.pid
    server.kill()
    assert psutil.wait_procs([second], timeout=LONGEST)[1] == []
    assert is_free(folder)


def test_a_running_server_links_a_word_that_another_process_adds(
    address: tuple[str, psutil.Process], environment: dict[str, str]
) -> None:
    where, _server = address
    until(lambda: answers(where))
    stopped = Event()
    with ThreadPoolExecutor(1) as reader:
        seen = reader.submit(read_on, where, stopped)
        before = posted(where, "前の研究。")
        added = subprocess.run(
            [sys.executable, "-m", "nanashi", "keywords", "add", "研究"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "added" in added.stdout
        after = posted(where, "後の研究。")
        link = f'href="{keyword_path("研究")}"'
        assert link in body_of(environment, after)
        until(lambda: link in body_of(environment, before))
        stopped.set()
        statuses = seen.result()
    assert set(statuses) == {200}
    assert len(statuses) > 5


def answers(where: str) -> bool:
    try:
        return urllib.request.urlopen(f"{where}/about", timeout=LONGEST).status == 200  # type: ignore[no-any-return]
    except OSError:
        return False


def read_on(where: str, stopped: Event) -> list[int]:
    """Ask for a page again and again; what was answered."""
    statuses = []
    while not stopped.wait(0.05):
        with urllib.request.urlopen(f"{where}/new", timeout=LONGEST) as answer:
            statuses.append(answer.status)
    return statuses


def posted(where: str, body: str) -> str:
    """Post as a guest; the source text, by which it is found."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = opener.open(f"{where}/new", timeout=LONGEST).read().decode()
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|token)" value="([^"]+)"', form))
    data = urllib.parse.urlencode({**fields, "title": "", "body": body, "do": "publish"}).encode()
    request = urllib.request.Request(f"{where}/new", data, headers={"Referer": f"{where}/new"})
    assert opener.open(request, timeout=LONGEST).status == 200
    return body


def body_of(environment: dict[str, str], source: str) -> str:
    with closing(sqlite3.connect(Path(environment["NANASHI_DATA"]) / "nanashi.sqlite3")) as database:
        found = database.execute("SELECT body FROM nanashi_entry WHERE source_text = ?", [source]).fetchone()
    return str(found[0]) if found else ""


def test_proposals_are_looked_at_once_a_minute(diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[None] = []
    monkeypatch.setattr("nanashi.cli.worker.apply_ripe", lambda: looked.append(None))
    jobs = [job for job in _jobs(Event()) if "_Proposals" in job.__qualname__]
    for job in jobs * 3:
        job()
    assert len(looked) == 1
