"""Series: the contents at `/series/<id>`, and the way from part to part."""

import pytest

from tests.reading.conftest import Write
from tests.reading.ladder import (
    check_conditional,
    check_etag_changes,
    check_head,
    check_not_found,
    queries_of,
)
from tests.reading.pages import Read


def write_parts(write: Write, series: str, *parts: int) -> dict[int, str]:
    """Parts in the order given; gives their ids by number."""
    return {part: write(f"第{part}回", series=series, part=part)[0] for part in parts}


def test_the_contents_are_in_the_order_of_parts(read: Read, write: Write) -> None:
    ids = write_parts(write, "segoshi", 3, 1, 2, 10)
    page = read("/series/segoshi")
    assert page.status == 200
    assert page.values(".contents a", "href") == [f"/e/{ids[part]}" for part in (1, 2, 3, 10)]
    assert page.values(".contents li", "value") == ["1", "2", "3", "10"]
    assert page.texts(".contents li") == ["第1回", "第2回", "第3回", "第10回"]
    assert page.text("h1") == "Series: 第1回"
    assert page.values(".contents span", "lang") == ["ja"] * 4


def test_a_part_leads_to_the_one_before_and_the_next(read: Read, write: Write) -> None:
    ids = write_parts(write, "segoshi", 3, 1, 2)
    turned = {
        part: [read(f"/e/{one}").values(f".turn a[rel={way}]", "href") for way in ("prev", "next")]
        for part, one in ids.items()
    }
    assert turned == {
        1: [[], [f"/e/{ids[2]}"]],
        2: [[f"/e/{ids[1]}"], [f"/e/{ids[3]}"]],
        3: [[f"/e/{ids[2]}"], []],
    }


def test_a_part_has_the_contents(read: Read, write: Write) -> None:
    ids = write_parts(write, "segoshi", 1, 2, 3)
    write_parts(write, "another", 1)
    page = read(f"/e/{ids[2]}")
    assert page.text("nav.series summary") == "Part 2 of a series of 3"
    assert page.texts("nav.series [aria-current=page]") == ["第2回"]
    assert page.values("nav.series ol a", "href") == [f"/e/{ids[1]}", f"/e/{ids[3]}"]
    assert page.values("article footer a[href^='/series/']", "href") == ["/series/segoshi"]


def test_two_entries_with_the_same_part_both_stand_in_the_contents(read: Read, write: Write) -> None:
    first, second = write("朝", "夜", series="segoshi", part=1)
    page = read("/series/segoshi")
    assert page.values(".contents a", "href") == [f"/e/{first}", f"/e/{second}"]
    assert read(f"/e/{first}").values(".turn a", "href") == [f"/e/{second}"]


def test_an_entry_of_no_series_has_no_contents(read: Read, write: Write) -> None:
    (one,) = write("雨")
    assert read(f"/e/{one}").tree.css("nav.series") == []


@pytest.mark.parametrize("name", ["梅雨 の話", "a/b", "50%", "?#", "a.b", "&<"])
def test_any_name_has_an_address(read: Read, write: Write, name: str) -> None:
    ids = write_parts(write, name, 1, 2)
    (path,) = read(f"/e/{ids[1]}").values("article footer a[href^='/series/']", "href")
    page = read(path)
    assert page.values(".contents a", "href") == [f"/e/{one}" for one in ids.values()]
    check_head(page, path=path)


@pytest.mark.parametrize("path", ["/series/none", "/series/none/", "/series/%00"])
def test_no_such_series(read: Read, write: Write, path: str) -> None:
    write_parts(write, "segoshi", 1)
    check_not_found(read(path), "There is no such series.")


def test_the_head(read: Read, write: Write) -> None:
    write_parts(write, "segoshi", 1)
    page = read("/series/segoshi")
    check_head(page, path="/series/segoshi")
    assert page.text("title") == "Series: 第1回 – Nanashi"
    assert page.value("meta[name=description]", "content")


def test_conditional_requests(read: Read, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parts(write, "segoshi", 1)
    check_conditional(read, "/series/segoshi", monkeypatch)


def test_the_etag_changes_with_the_page(read: Read, write: Write) -> None:
    write_parts(write, "segoshi", 1)
    check_etag_changes(read, "/series/segoshi", lambda: write_parts(write, "segoshi", 2))


def test_queries_do_not_grow(read: Read, write: Write) -> None:
    write_parts(write, "segoshi", *range(3))
    few = queries_of(read, "/series/segoshi")
    write_parts(write, "segoshi", *range(3, 25))
    assert queries_of(read, "/series/segoshi") == few
