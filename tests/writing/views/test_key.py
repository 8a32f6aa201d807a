"""`/key`: what a guest's key opens."""

from collections.abc import Callable
from typing import Any

from nanashi.models import Entry
from tests.writing.views.conftest import Writer, id_of, key_of


def posted(guest: Writer) -> tuple[str, str]:
    page = guest.post("客の文をここに書いた。")
    return id_of(page), key_of(page)


def test_the_form(guest: Writer) -> None:
    assert guest.get("/key").tree.css("#entry_key[data-key]")


def test_the_key_finds_its_entry(guest: Writer) -> None:
    one, key = posted(guest)
    page = guest.send("/key", entry_key=key)
    assert page.status == 200
    assert f"/e/{one}/edit" in page.values("form", "action")
    form = guest.send(f"/e/{one}/edit", entry_key=key)
    assert form.value("#entry_key", "value") == key
    assert form.text("textarea[name=body]") == "客の文をここに書いた。"


def test_a_mistyped_key(guest: Writer) -> None:
    _one, key = posted(guest)
    assert guest.send("/key", entry_key=key[:-1]).status == 422


def test_a_key_of_nothing(guest: Writer) -> None:
    one, key = posted(guest)
    Entry.objects.filter(public_id=one).update(locator=None)
    assert guest.send("/key", entry_key=key).status == 404


def test_an_entry_is_taken_into_a_ring(guest: Writer, writer: Writer) -> None:
    one, key = posted(guest)
    assert guest.send("/key", entry_key=key, do="adopt").status == 403
    assert writer.send("/key", entry_key=key, do="adopt").status == 200
    assert writer.get("/mine").values("[data-id]", "data-id") == [one]
    assert guest.send("/key", entry_key=key).status == 404


def test_nobody_can_write_now(guest: Writer, writer: Writer, busy: Callable[[], Any]) -> None:
    _one, key = posted(guest)
    with busy():
        page = writer.send("/key", entry_key=key, do="adopt")
    assert page.status == 503
    assert page.response["Retry-After"]


def test_the_key_as_a_file(guest: Writer) -> None:
    one, key = posted(guest)
    page = guest.send("/key/file", entry_key=key, public_id=one)
    assert page.response["Content-Disposition"] == 'attachment; filename="entry-key.txt"'
    assert page.response["Cache-Control"] == "private, no-store"
    assert key in page.html
    assert guest.send("/key/file", entry_key="x").status == 422


def test_the_key_is_in_no_address_but_behind_the_fragment(guest: Writer) -> None:
    page = guest.post("客の文をここに書いた。")
    key = key_of(page).replace(" ", "")
    with_key = [href for href in page.values("a", "href") if key in href]
    assert with_key == [f"/e/{id_of(page)}/edit#key={key}"]
