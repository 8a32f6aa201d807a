"""An edit: the new text is everywhere, the old one nowhere, and the entry is the same entry."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from django.utils import timezone

from nanashi.identity.entry_keys import locator_of, new_guest_key
from nanashi.lexicons.current import renderer
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry, Keyword, Occurrence, Reference, bigram_index
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import NotHolderError
from nanashi.writing.publish import publish
from nanashi.writing.revising import Changes, revise

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)
KEY = new_guest_key()
pytestmark = pytest.mark.usefixtures("diary")


@pytest.fixture
def rendering(nanashi: Run) -> Iterator[Renderer]:
    nanashi("keywords", "import", "-", given="雨\n研究\n")
    with renderer(1) as one:
        yield one


def words_of(key: int) -> set[str]:
    keys = Occurrence.objects.filter(entry=key).values_list("keyword_id", flat=True)
    return set(Keyword.objects.filter(key__in=list(keys)).values_list("word", flat=True))


def test_an_edit_replaces_all_that_is_stored(rendering: Renderer) -> None:
    other = publish(Draft("別の日記", DAY), rendering)
    answered = publish(Draft("親", DAY), rendering)
    public_id = publish(
        Draft("雨の日。", DAY, title="傘", reply_to=(answered,), locator=locator_of(KEY)), rendering
    )
    before = Entry.objects.get(public_id=public_id)
    revise(public_id, KEY, Changes(f"研究の日。>>{other}", title="机"), rendering)
    entry = Entry.objects.get(public_id=public_id)
    assert (entry.key, entry.day, entry.quarter) == (before.key, before.day, before.quarter)
    assert (entry.title, entry.source_text) == ("机", f"研究の日。>>{other}")
    assert f'href="/e/{other}"' in entry.body
    assert entry.edited_on == timezone.localdate()
    assert words_of(entry.key) == {"研究"}
    references = Reference.objects.filter(entry=entry.key).order_by("-is_reply")
    assert list(references.values_list("target__public_id", "is_reply")) == [(answered, True), (other, False)]
    for gone in ("雨の", "傘"):
        assert list(bigram_index.candidates([gone])) == []
    assert list(bigram_index.candidates(["研究"])) == [entry.key]


def test_a_link_that_is_switched_off_is_off(rendering: Renderer) -> None:
    public_id = publish(Draft("雨の日。", DAY, locator=locator_of(KEY)), rendering)
    assert "/keyword/" in Entry.objects.get().body
    revise(public_id, KEY, Changes("雨の日。", unlinked=[("雨", None)]), rendering)
    assert "/keyword/" not in Entry.objects.get().body
    assert Entry.objects.get().unlinked == [["雨", None]]


def test_only_the_holder_edits(rendering: Renderer) -> None:
    public_id = publish(Draft("雨の日。", DAY, locator=locator_of(KEY)), rendering)
    with pytest.raises(NotHolderError):
        revise(public_id, new_guest_key(), Changes("書き換え"), rendering)
    assert Entry.objects.get().source_text == "雨の日。"
