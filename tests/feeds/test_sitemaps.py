"""What search engines are told."""

import datetime
from urllib.parse import quote, unquote, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from nanashi.feeds import queries, sitemaps
from tests.reading.conftest import DAY, Define, Write
from tests.reading.ladder import check_not_found
from tests.reading.pages import Read

SITE = settings.NANASHI_URL
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
KEYWORDS = f"{SITE}/sitemap/keywords.xml"
FRONT = [f"{SITE}/", f"{SITE}/keywords", f"{SITE}/about"]


def listed(read: Read, address: str, root: str = "urlset") -> list[str]:
    """The addresses in a file of the sitemap."""
    page = read(address.removeprefix(SITE))
    assert page.status == 200, address
    assert page.response["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(page.response.content)
    assert tree.tag == NAMESPACE + root
    return [one.findtext(f"{NAMESPACE}loc") for one in tree]


def all_listed(read: Read) -> list[str]:
    """Every address that the index leads to; each file of it has some, and no more than it may."""
    files = [listed(read, one) for one in listed(read, "/sitemap.xml", "sitemapindex")]
    assert all(0 < len(file) <= sitemaps.MOST_ADDRESSES for file in files)
    return [address for file in files for address in file]


def test_an_empty_diary_has_its_front_pages(read: Read) -> None:
    assert listed(read, "/sitemap.xml", "sitemapindex") == [KEYWORDS]
    assert all_listed(read) == FRONT


def test_the_index_names_the_months_that_have_entries(read: Read, write: Write) -> None:
    for day in ("2024-01-31", "2024-03-01", "2023-12-31", "0001-01-01", "2024-02-29"):
        write("x", day=datetime.date.fromisoformat(day))
    months = ["2024-03", "2024-02", "2024-01", "2023-12", "0001-01"]
    assert listed(read, "/sitemap.xml", "sitemapindex") == [
        KEYWORDS,
        *(f"{SITE}/sitemap/{month}.xml" for month in months),
    ]


def test_a_month_lists_its_days_and_entries(read: Read, write: Write) -> None:
    write("before", day=datetime.date(2024, 5, 31))
    first, second = write("x", "y", day=datetime.date(2024, 6, 1))
    (last,) = write("z", day=datetime.date(2024, 6, 30))
    write("after", day=datetime.date(2024, 7, 1))
    paths = ["2024-06-01", "2024-06-30", f"e/{last}", f"e/{second}", f"e/{first}"]
    assert listed(read, "/sitemap/2024-06.xml") == [f"{SITE}/{path}" for path in paths]


def test_the_calendar_s_last_month_is_one_too(read: Read, write: Write) -> None:
    (last,) = write("x", day=datetime.date.max)
    assert listed(read, "/sitemap/9999-12.xml") == [f"{SITE}/9999-12-31", f"{SITE}/e/{last}"]
    assert f"{SITE}/sitemap/9999-12.xml" in listed(read, "/sitemap.xml", "sitemapindex")


@pytest.mark.parametrize("month", ["2024-05", "2024-13", "0000-01", "2024-00"])
def test_a_month_without_entries_has_no_file(read: Read, write: Write, month: str) -> None:
    write("x")
    page = read(f"/sitemap/{month}.xml")
    check_not_found(page, "month")


def test_a_crowded_month_is_cut_and_its_days_are_not(
    read: Read, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 5)
    for number in (6, 7, 8):
        ids = write("x", "y", "z", day=DAY.replace(day=number))
    assert listed(read, "/sitemap/2024-06.xml") == [
        *(f"{SITE}/2024-06-0{number}" for number in (6, 7, 8)),
        *(f"{SITE}/e/{one}" for one in (ids[2], ids[1])),
    ]


def test_keywords_are_listed(read: Read, define: Define) -> None:
    words = ["雨", "TCP/IP", "a&b", "100%", "何?"]
    define(*words)
    addresses = listed(read, KEYWORDS)
    assert addresses[:3] == FRONT
    assert sorted(addresses[3:]) == sorted(f"{SITE}/keyword/{quote(word)}" for word in words)
    assert all(read(urlsplit(address).path).status == 200 for address in addresses[3:])


def test_many_keywords_are_listed_in_parts(
    read: Read, define: Define, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WORDS_IN_A_PART", 8)
    words = [f"word{number}" for number in range(50)]
    define(*words)
    files = listed(read, "/sitemap.xml", "sitemapindex")
    assert files == [f"{KEYWORDS}?part={part}&of=7" for part in range(1, 8)]
    addresses = all_listed(read)
    assert addresses[:3] == FRONT
    assert sorted(unquote(one).rpartition("/")[2] for one in addresses[3:]) == sorted(words)


@pytest.mark.parametrize(
    "query", ["part=2", "part=0&of=2", "of=0", "part=x&of=2", "part=3&of=2", "of=99999", "part=%C2%B2&of=3"]
)
def test_a_part_that_cannot_be_is_refused(read: Read, query: str) -> None:
    check_not_found(read(f"/sitemap/keywords.xml?{query}"), "The sitemap has no such part.")


def test_sitemaps_seek_and_never_scan(read: Read, write: Write, define: Define) -> None:
    """SQLite says SCAN of a table whose rows it would all read; the count of keywords may read an index."""
    define("雨")
    write("雨")
    with CaptureQueriesContext(connection) as captured:
        for path in ("/sitemap.xml", "/sitemap/2024-06.xml"):
            assert read(path).status == 200
    plans = []
    with connection.cursor() as cursor:
        for query in captured:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [row[3] for row in cursor.fetchall()]
    assert any("SEARCH nanashi_entry USING COVERING INDEX" in plan for plan in plans)
    assert [plan for plan in plans if "SCAN nanashi_entry" in plan] == []


def test_robots_may_read_all_but_the_search(read: Read) -> None:
    page = read("/robots.txt")
    assert page.response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(page.html.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/", "/2024-06-06", "/e/20240606-k7m2xq", "/keyword/x", "/feed.atom"):
        assert robots.can_fetch("*", SITE + path)
    assert not robots.can_fetch("*", f"{SITE}/search?q=x")
