"""What the writing page asks for while somebody writes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.models import Entry
from nanashi.text.stripping import strip_links
from tests.reading.conftest import Define
from tests.writing.views.conftest import Writer, id_of

SWITCH = r'<input class="switch"[^>]*><label class="k" for="[^"]*">([^<]*)</label>'


def test_the_preview_is_what_is_saved(guest: Writer, define: Define) -> None:
    import re  # noqa: PLC0415

    define("雨", "傘")
    body = "# 題\n\n雨と**傘**、[[雨|あめ]]。`雨`\n\n| 雨 | 2 |\n|---|---|\n| a | b |\n\n- [雨](https://example.org/)"
    shown = guest.send("/preview", body=body).html
    one = id_of(guest.post(body))
    saved = strip_links(Entry.objects.get(public_id=one).body)
    bare = re.sub(SWITCH, r"\1", shown)
    ids = re.compile(r"\d{8}-[a-z0-9]{6}")
    assert ids.sub("", saved).strip() in ids.sub("", bare)
    assert re.findall(SWITCH, shown) == ["雨", "傘", "あめ", "雨"]


def test_every_place_can_be_switched_off(guest: Writer, define: Define) -> None:
    define("雨")
    page = guest.send("/preview", body="雨、雨、雨", off=["雨|2"])
    assert page.values("input.switch", "value") == ["雨|1", "雨|2", "雨|3"]
    assert [("checked" in node.attributes) for node in page.tree.css("input.switch")] == [False, True, False]
    page = guest.send("/preview", body="雨、雨", off=["雨"])
    assert all("disabled" in node.attributes for node in page.tree.css("input.switch"))
    assert page.texts(".found-words li") == ["雨 ×2"]


def test_a_text_over_the_limit_has_none(guest: Writer, settings: Any) -> None:
    settings.MAX_BODY = 5
    assert "longer than 5" in guest.send("/preview", body="あ" * 6).text(".problem")


@pytest.mark.parametrize("path", ["/preview", "/new/table"])
def test_they_take_forms_alone(guest: Writer, path: str) -> None:
    assert guest.get(path).status == 405


def test_a_pasted_table(guest: Writer) -> None:
    page = guest.send("/new/table", pasted="<table><tr><td>a<td>b<tr><td>1<td>2</table>")
    assert page.html == "| a | b |\n| ---: | ---: |\n| 1 | 2 |\n"
    assert guest.send("/new/table", pasted="no table").status == 204
    assert guest.send("/new/table", pasted="<table>" + "<tr><td>x" * 20_001 + "</table>").status == 204


@given(st.lists(st.text(), max_size=5))
def test_whatever_is_switched_off_is_read(values: list[str]) -> None:
    from nanashi.writing.forms import place_value, places_of  # noqa: PLC0415

    places = places_of(values)
    assert places_of([place_value(*place) for place in places]) == places
