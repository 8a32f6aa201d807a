"""What was withdrawn is nowhere: every address that could show it is walked before and after."""

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from django.test import Client

from nanashi.archive.exporting import exported_entries
from nanashi.identity.entry_keys import locator_of, new_guest_key
from nanashi.lexicons.current import renderer
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry, Estimate, Occurrence, Reference, Stump, Tombstone, bigram_index
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import NotHolderError
from nanashi.writing.publish import AnsweredIsGoneError, publish
from nanashi.writing.withdrawing import withdraw

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)
KEY = new_guest_key()
TITLE, SECRET, OLD_ID, SERIES = "秘密の題", "洩れてはならない文", "20240606010203", "tsuzuki"
pytestmark = pytest.mark.usefixtures("diary")


@pytest.fixture
def rendering(nanashi: Run) -> Iterator[Renderer]:
    nanashi("keywords", "add", "研究")
    with renderer(1) as one:
        yield one


def secret_entry(rendering: Renderer, **fields: object) -> str:
    estimate = "```estimate\nx = 1 to 2\n```"
    draft = Draft(
        f"{SECRET}。研究。\n\n{estimate}\n",
        DAY,
        title=TITLE,
        quarter=5,
        old_id=OLD_ID,
        series=SERIES,
        part=2,
        locator=locator_of(KEY),
        **fields,  # type: ignore[arg-type]
    )
    return publish(draft, rendering)


def addresses(public_id: str, parent: str, child: str) -> list[str]:
    """Every address that could show an entry."""
    feeds = ("atom", "rss", "json")
    return [
        "/",
        "/2024-06-06",
        *(f"/2024-06-06.{form}" for form in feeds),
        *(f"/feed.{form}" for form in feeds),
        "/keyword/研究",
        *(f"/keyword/研究.{form}" for form in feeds),
        f"/search?q={SECRET}",
        f"/search?q={TITLE}",
        f"/series/{SERIES}",
        f"/e/{public_id}",
        f"/e/{public_id}.txt",
        f"/e/{parent}",
        f"/e/{child}",
        f"/{OLD_ID}",
        "/sitemap/2024-06.xml",
        "/keywords",
    ]


def walked(public_id: str, parent: str, child: str) -> dict[str, tuple[int, str]]:
    client = Client()
    pages = {}
    for address in addresses(public_id, parent, child):
        answer = client.get(address, follow=address == f"/{OLD_ID}")
        pages[address] = answer.status_code, answer.content.decode()
    return pages


def test_every_address_loses_it_at_once(rendering: Renderer, tmp_path: Path) -> None:
    parent = publish(Draft("親", DAY, series=SERIES, part=1), rendering)
    public_id = secret_entry(rendering, reply_to=(parent,))
    child = publish(Draft(f"子 >>{public_id}", DAY, reply_to=(public_id,)), rendering)
    mention = publish(Draft(f"名指し >>{public_id}", DAY), rendering)

    before = walked(public_id, parent, child)
    shown = [address for address, (_, page) in before.items() if SECRET in page or TITLE in page]
    assert set(shown) >= set(before) - {"/keywords", "/sitemap/2024-06.xml"}
    assert public_id in before["/sitemap/2024-06.xml"][1]
    assert any(SECRET in line for line in exported_entries())

    withdraw(public_id, KEY)

    for address, (_status, page) in walked(public_id, parent, child).items():
        text = (
            page if "search" not in address else re.sub(r"<(title|input|h1)\b.*?>.*?(?=<)|<a[^>]*>", "", page)
        )
        assert f"{SECRET}。" not in text, address
        assert 'class="title"' not in text or TITLE not in text, address
        assert f'href="/e/{public_id}' not in page, address
    after = walked(public_id, parent, child)
    assert after[f"/e/{public_id}"][0] == 410
    assert "子" in after[f"/e/{public_id}"][1]
    assert "子" in after[f"/e/{parent}"][1]
    assert (after[f"/e/{public_id}.txt"][0], after[f"/{OLD_ID}"][0]) == (404, 404)
    assert public_id not in after["/sitemap/2024-06.xml"][1]
    assert "1" not in re.sub(r"<[^>]*>", "", after["/keywords"][1]).partition("研究")[2][:12]
    assert not any(SECRET in line or TITLE in line for line in exported_entries())
    assert f'<span class="ref">&gt;&gt;{public_id}</span>' in Entry.objects.get(public_id=mention).body
    assert list(bigram_index.candidates([SECRET])) == []
    assert (Occurrence.objects.count(), Estimate.objects.count()) == (0, 0)


def test_counts_leave_a_stump_out(rendering: Renderer) -> None:
    parent = publish(Draft("親", DAY), rendering)
    public_id = secret_entry(rendering, reply_to=(parent,))
    publish(Draft("子", DAY, reply_to=(public_id,)), rendering)
    client = Client()
    assert "2 replies" in client.get(f"/e/{parent}").content.decode()
    assert f"/e/{parent}#replies" in client.get("/2024-06-06").content.decode()
    withdraw(public_id, KEY)
    page = client.get(f"/e/{parent}").content.decode()
    assert "1 reply" in page
    assert '<p class="withdrawn">withdrawn</p>' in page
    day = client.get("/2024-06-06").content.decode()
    assert f"/e/{parent}#replies" not in day
    assert "in reply to an entry that was withdrawn" in day


def test_stumps_go_with_the_last_reply(rendering: Renderer) -> None:
    keys = [new_guest_key() for _ in range(4)]
    ids: list[str] = []
    for key in keys:
        ids.append(publish(Draft("話", DAY, reply_to=tuple(ids[-1:]), locator=locator_of(key)), rendering))
    for at in (1, 2):
        withdraw(ids[at], keys[at])
    assert Stump.objects.count() == 2
    withdraw(ids[3], keys[3])
    assert (Stump.objects.count(), Reference.objects.count()) == (0, 0)
    assert list(Entry.objects.values_list("public_id", flat=True)) == [ids[0]]


def test_only_the_holder_of_the_key_withdraws(rendering: Renderer) -> None:
    public_id = secret_entry(rendering)
    with pytest.raises(NotHolderError):
        withdraw(public_id, new_guest_key())
    imported = publish(Draft("鍵のない日記", DAY), rendering)
    with pytest.raises(NotHolderError):
        withdraw(imported, KEY)
    assert Entry.objects.count() == 2


def test_nobody_answers_what_is_gone(rendering: Renderer) -> None:
    public_id = secret_entry(rendering)
    withdraw(public_id, KEY)
    with pytest.raises(AnsweredIsGoneError):
        publish(Draft("遅い返信", DAY, reply_to=(public_id,)), rendering)
    assert Entry.objects.count() == 0


def test_tombstones_join_nothing(rendering: Renderer) -> None:
    secret_entry(rendering)
    withdraw(Entry.objects.get().public_id, KEY)
    digests = {bytes(one.digest) for one in Tombstone.objects.all()}
    assert len(digests) == 3
    assert locator_of(KEY) in digests


def test_a_withdrawn_entry_does_not_come_back(nanashi: Run, rendering: Renderer, tmp_path: Path) -> None:
    public_id = secret_entry(rendering)
    archive = tmp_path / "diary.jsonl"
    nanashi("export", archive)
    withdraw(public_id, KEY)
    result = nanashi("import", archive, "--json")
    assert '"withdrawn": 1' in result.output
    assert "does not come back" in result.output
    assert Entry.objects.count() == 0
