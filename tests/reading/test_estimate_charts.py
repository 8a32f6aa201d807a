"""Charts of stored estimates and of readers' numbers."""

import re
from collections.abc import Callable
from urllib.parse import quote

from nanashi.models import Entry
from tests.reading.estimate_texts import SUM
from tests.reading.pages import Read

Write = Callable[..., list[str]]


def test_charts_are_drawn_once_and_go_with_their_entry(read: Read, write: Write, diary: object) -> None:
    from nanashi.lexicons.estimating import charts_folder, erase  # noqa: PLC0415

    (one,) = write(SUM)
    (path,) = read(f"/e/{one}").values("picture.chart img", "src")
    first = read(path)
    assert first.status == 200
    assert first.response["Content-Type"] == "image/svg+xml"
    assert "total: 4.22 OOM" in first.html
    assert len(list(charts_folder().glob("*.svg"))) == 1
    assert read(path, If_None_Match=first.response["ETag"]).status == 304
    erase(Entry.objects.get(public_id=one).key)
    assert read(path).status == 404
    assert not list(charts_folder().glob("*"))


def test_charts_follow_a_readers_numbers_and_nothing_is_kept_of_them(read: Read, write: Write) -> None:
    from nanashi.lexicons.estimating import charts_folder  # noqa: PLC0415

    (one,) = write(SUM)
    page = read(f"/e/{one}?set.a={quote('3 to 4 OOM')}")
    (path,) = page.values("#charts img", "src")
    drawn = read(path)
    assert (drawn.status, drawn.response["Content-Type"]) == (200, "image/svg+xml")
    told = re.search(r"<desc>(.*?)</desc>", drawn.html)
    assert told is not None
    assert told[1] == page.values("#charts img", "alt")[0]
    assert told[1].startswith("total: 5.2")
    assert "stroke-dasharray" in drawn.html
    assert page.text("#charts .hint")
    assert read(path, If_None_Match=drawn.response["ETag"]).status == 304
    assert not list(charts_folder().glob("*"))
    fragment = read(f"/e/{one}/estimate?part=results&set.a={quote('3 to 4 OOM')}")
    assert fragment.values(".charts img", "src") == [path]
    (stored,) = read(f"/e/{one}/estimate").values("#charts img", "src")
    assert "?" not in stored
    assert "stroke-dasharray" not in read(stored).html


def test_a_chart_of_numbers_that_cannot_be_read_is_none(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    (path,) = read(f"/e/{one}").values("picture.chart img", "src")
    assert read(f"{path}?set.a=2-3").status == 404
    assert read(f"{path}?set.nothing=2").status == 404
    page = read(f"/e/{one}?set.a=2-3")
    assert page.values("#charts img", "src") == []
