"""Fifty readers who slide at an estimate and look at its charts, and one who reads other pages meanwhile."""

from __future__ import annotations

import html
import json
import random
import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from itertools import count

import httpx

from drills.stage.real_server import command, server
from drills.stage.workplace import workplace

READERS = 50
WAIT, AGAIN = 0.12, 1.0
"""Seconds between two movements, and after the server had no place: as static/estimates.js has them."""
REST, MOVEMENTS = 0.5, 8
"""Seconds of rest after which charts are asked for, and movements before a reader rests."""
CHART = re.compile(r'/chart/[^"]+?-light\.svg[^"]*')
ESTIMATE = "20240606-aaaaaa"
ORDINARY = ("/2024-06-05", "/e/20240605-bbbb22", "/keywords", "/estimates")
BLOCK = "\n".join(
    [
        "```estimate",
        "years: 2023 to 2034",
        "base = 2e25 to 3e25 FLOP",
        *(f"g{i} = 0.{i} to 0.{i + 2} OOM/yr" for i in range(1, 7)),
        *(f"s{i} = base growing g{i} from 2023" for i in range(1, 7)),
        "all = s1 + s2 + s3 + s4 + s5 + s6",
        "passes = first year when all >= 1e29 FLOP",
        "show all, passes",
        "```",
    ]
)


@dataclass
class Slid:
    """What the sliding readers got."""

    seconds: list[float] = field(default_factory=list)
    chart_seconds: list[float] = field(default_factory=list)
    full: int = 0
    charts_full: int = 0
    other: int = 0


def reader(address: str, slid: Slid, stop: threading.Event, number: int) -> None:
    """Slide until told to stop, one request at a time; now and then rest, and look at the charts."""
    chance = random.Random(number)
    with httpx.Client(base_url=address, timeout=30) as client:
        for movement in count(1):
            if stop.is_set():
                break
            high = chance.uniform(0.5, 1.5)
            began = time.perf_counter()
            answer = client.get(
                f"/e/{ESTIMATE}/estimate", params={"part": "results", "set.g3": f"0.3 to {high:.3g} OOM/yr"}
            )
            if answer.status_code == 200:
                slid.seconds.append(time.perf_counter() - began)
            elif answer.status_code == 503:
                slid.full += 1
            else:
                slid.other += 1
            stop.wait(WAIT if answer.status_code == 200 else AGAIN)
            if answer.status_code == 200 and movement % MOVEMENTS == 0:
                stop.wait(REST)
                _look(client, answer.text, slid)


def _look(client: httpx.Client, part: str, slid: Slid) -> None:
    """Ask for the charts of these numbers."""
    for path in map(html.unescape, CHART.findall(part)):
        began = time.perf_counter()
        status = client.get(path).status_code
        if status == 200:
            slid.chart_seconds.append(time.perf_counter() - began)
        elif status == 503:
            slid.charts_full += 1
        else:
            slid.other += 1


def pages(address: str, seconds: float) -> list[float]:
    """How long ordinary pages take, one after another."""
    took: list[float] = []
    until = time.monotonic() + seconds
    with httpx.Client(base_url=address, timeout=30) as client:
        while time.monotonic() < until:
            for path in ORDINARY:
                began = time.perf_counter()
                client.get(path).raise_for_status()
                took.append(time.perf_counter() - began)
                time.sleep(0.01)
    return took


def page_slowdown(seconds: float) -> dict[str, float]:
    """The median of ordinary pages while 50 readers slide, over their usual one, with what the readers got."""
    with workplace("sliding") as folder:
        data, lines = folder / "data", folder / "entries.jsonl"
        entries = [{"id": ESTIMATE, "date": "2024-06-06", "body": BLOCK}]
        entries += [
            {
                "id": f"20240605-bbbb{i:02}",
                "date": "2024-06-05",
                "body": f"Entry {i}. " + "雨の日の日記。" * 60,
            }
            for i in range(20, 50)
        ]
        lines.write_text("".join(json.dumps(one) + "\n" for one in entries), encoding="utf-8")
        command(data, "import", lines)
        with server(data) as address:
            pages(address, 1.0)
            usual = statistics.median(pages(address, seconds))
            slid, stop = Slid(), threading.Event()
            readers = [threading.Thread(target=reader, args=(address, slid, stop, i)) for i in range(READERS)]
            for thread in readers:
                thread.start()
            time.sleep(2.0)
            under = statistics.median(pages(address, seconds))
            stop.set()
            for thread in readers:
                thread.join()
    answered = len(slid.seconds) + slid.full + slid.other
    return {
        "page_slowdown": round(under / usual, 2),
        "page_ms": round(usual * 1000, 1),
        "page_ms_while_sliding": round(under * 1000, 1),
        "slide_ms": round(statistics.median(slid.seconds or [0.0]) * 1000, 1),
        "slides": len(slid.seconds),
        "chart_ms": round(statistics.median(slid.chart_seconds or [0.0]) * 1000, 1),
        "charts": len(slid.chart_seconds),
        "charts_to_wait": slid.charts_full,
        "asked_to_wait": round(slid.full / max(1, answered), 3),
        "slide_faults": slid.other,
    }
