"""A feed that the reader has is not sent, and not put together."""

from collections.abc import Callable

import pytest

from nanashi.models import Entry
from tests.feeds.formats import FORMS
from tests.feeds.test_feeds import PATHS, RAIN, each_feed, each_form
from tests.reading.conftest import DAY, Define, Write
from tests.reading.ladder import check_caching_headers, check_etag_changes, queries_of, tags_of
from tests.reading.pages import Read

SITEMAPS = ("/sitemap.xml", "/sitemap/2024-06.xml", "/sitemap/keywords.xml")


@pytest.fixture
def _rainy(define: Define, write: Write) -> None:
    define("雨")
    write("朝の雨")


@pytest.mark.usefixtures("_rainy")
@pytest.mark.parametrize("path", [*(f"{one}.{form}" for one in PATHS.values() for form in FORMS), *SITEMAPS])
def test_a_reader_who_has_it_is_told_so(read: Read, path: str) -> None:
    page = read(path)
    check_caching_headers(page)
    strong, weak = tags_of(page)
    for known in (strong, weak, f'"other", {weak}', "*"):
        again = read(path, If_None_Match=known)
        assert (again.status, again.response.content) == (304, b"")
        assert again.response["ETag"] == strong
        check_caching_headers(again)
    assert read(path, If_None_Match='"other"').status == 200
    assert read(path, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status == 200


@pytest.mark.usefixtures("_rainy")
@each_form
@each_feed
def test_the_etag_changes_with_language_and_content(read: Read, write: Write, path: str, form: str) -> None:
    check_etag_changes(read, f"{path}.{form}", lambda: write("夜の雨"))


@pytest.mark.usefixtures("_rainy")
@each_form
@each_feed
def test_a_withdrawn_entry_leaves_at_once(read: Read, path: str, form: str) -> None:
    check_etag_changes(read, f"{path}.{form}", Entry.objects.all().delete)
    assert "朝の" not in read(f"{path}.{form}").html


@pytest.mark.usefixtures("_rainy")
def test_formats_and_feeds_have_tags_of_their_own(read: Read) -> None:
    paths = [f"{path}.{form}" for path in PATHS.values() for form in FORMS]
    assert len({tags_of(read(path))[0] for path in paths}) == len(paths)


MOST_QUERIES = {"/feed": 2, "/2024-06-06": 2, RAIN: 6}


@each_form
@each_feed
def test_queries_do_not_grow(read: Read, write: Write, define: Define, path: str, form: str) -> None:
    define("雨")
    (first,) = write("雨", day=DAY.replace(day=1))
    write(*["雨"] * 3, reply_to=(first,))
    few = queries_of(read, f"{path}.{form}")
    assert few <= MOST_QUERIES[path]
    write(*["また雨"] * 30, reply_to=(first, "20200101000000"))
    assert queries_of(read, f"{path}.{form}") == few


@pytest.mark.parametrize("path", SITEMAPS)
def test_queries_of_sitemaps_do_not_grow(
    read: Read, write: Write, define: Callable[..., None], path: str
) -> None:
    define("雨")
    write("雨")
    few = queries_of(read, path)
    define(*(f"word{number}" for number in range(30)))
    for month in range(1, 8):
        write("雨", "晴れ", day=DAY.replace(month=month))
    assert queries_of(read, path) == few
