"""What does a keyword page cost, of a word with 10,000 entries out of 100,000?

Served by granian and compared in the same run with (a) the same page built the plain way in the same process
(bench/stage/plain_pages.py) and (b) the server's own static answer of the same size. --quick: 1,000 out of 10,000.

JSON: `times_plain` (how many times faster than the plain page), `of_static` (share of the static answer's
speed), and the medians in milliseconds.
"""

import argparse
import http.client
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from bench.stage.big_diary import MARK
from bench.stage.serving import get, medians_ms, serving
from drills.stage.workplace import workplace

SIZES = {False: (100_000, 10_000, 200), True: (10_000, 1_000, 60)}
"""Entries, those with the word, requests of each page."""


def measure(folder: Path, quick: bool) -> dict[str, float]:
    """Make the diary, serve it, take the times."""
    entries, with_word, rounds = SIZES[quick]
    subprocess.run(
        [sys.executable, "-m", "bench.stage.big_diary", str(folder), str(entries), str(with_word)], check=True
    )
    word = quote(MARK)
    with serving(folder, "bench.stage.plain_pages:application") as port:
        page = get(http.client.HTTPConnection("127.0.0.1", port), f"/keyword/{word}")
        (folder / "same-size.html").write_bytes(page)
        paths = [f"/keyword/{word}", f"/plain/{word}", "/static/same-size.html"]
        ours, plain, static = medians_ms([(port, path) for path in paths], rounds)
    return {
        "times_plain": round(plain / ours, 1),
        "of_static": round(static / ours, 3),
        "ms": round(ours, 2),
        "plain_ms": round(plain, 2),
        "static_ms": round(static, 2),
        "bytes": len(page),
        "entries": entries,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    with workplace("bench") as folder:
        figures = measure(folder / "data", quick)
    print(f"keyword page of {figures['bytes']:,} bytes, {figures['entries']:,} entries in the diary, medians")
    print(f"  ours    {figures['ms']:8.2f} ms")
    print(f"  plain   {figures['plain_ms']:8.2f} ms   {figures['times_plain']} times ours")
    print(f"  static  {figures['static_ms']:8.2f} ms")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
