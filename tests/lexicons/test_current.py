"""The lexicon that a server holds: as new as the keywords, and honest where it is not."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.db import transaction

from nanashi.cli.pending import worker_lock
from nanashi.lexicons import changing, current, defining, generations
from nanashi.lexicons.backfill import run_pending
from nanashi.lexicons.current import renderer
from nanashi.lexicons.defining import KeywordDraft, define_many
from nanashi.lexicons.rendering import Renderer
from nanashi.lexicons.versions import lexicon_version
from nanashi.models import Backfill, Entry, Keyword
from nanashi.text.markup import keyword_path
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)


@pytest.fixture
def server(diary: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Renderer]:
    """The renderer of a process that serves pages: one word is compiled, and many have come since."""
    changing.define(KeywordDraft("研究"))
    generations.compile_generation()
    renderer(1)
    with monkeypatch.context() as serving:
        serving.setattr(current, "_serving", True)
        settings.SMALL_LEXICON = 0
        serving.setattr(defining, "NAMED_ONE_BY_ONE", 1)
        assert len(list(define_many([KeywordDraft("雨"), KeywordDraft("猫")]))) == 2
        yield renderer(1)


def post(body: str, rendering: Renderer) -> str:
    """Publish a text; its body as stored."""
    return Entry.objects.get(public_id=publish(Draft(body, DAY), rendering)).body


def anchor(word: str) -> str:
    return f'href="{keyword_path(word)}"'


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_a_server_goes_on_with_the_words_it_has_until_many_are_compiled(server: Renderer) -> None:
    body = post("研究と雨。", server)
    assert anchor("研究") in body
    assert anchor("雨") not in body
    changing.define(KeywordDraft("空"))
    assert anchor("空") in post("空と猫。", renderer(1))


def test_what_was_posted_without_many_words_gets_them_when_they_are_compiled(server: Renderer) -> None:
    post("雨の日。", server)
    run_pending(nothing, 1)
    assert anchor("雨") in Entry.objects.get().body
    assert not Backfill.objects.exists()


def test_nobody_writes_without_many_words_once_they_are_compiled(server: Renderer) -> None:
    """A text rendered before the links were made, and written after they were."""
    run_pending(nothing, 1)
    assert anchor("雨") in post("雨の日。", server)


def test_links_are_not_begun_before_a_generation_holds_the_words(server: Renderer) -> None:
    assert generations.is_needed()
    run_pending(nothing, 1)
    assert not generations.is_needed()
    assert generations.latest(lexicon_version()) == lexicon_version()


def test_without_any_generation_a_server_compiles_nothing_and_misses_no_link(
    server: Renderer, diary: Path
) -> None:
    """Its file is lost after all links were made, so nothing is queued that would make those of a new entry."""
    run_pending(nothing, 1)
    (diary / "lexicon" / str(lexicon_version())).unlink()
    current._held = None  # as in a process that has just begun
    rendering = renderer(1)
    assert anchor("研究") not in post("研究と雨。", rendering)
    assert Backfill.objects.count() == 1
    assert len(rendering.lexicon) == 0
    post("猫。", renderer(1))
    assert Backfill.objects.count() == 1
    run_pending(nothing, 1)
    assert [anchor("研究") in one.body or anchor("猫") in one.body for one in Entry.objects.all()] == [
        True
    ] * 2
    assert anchor("猫") in post("猫。", rendering)


def test_a_row_that_names_entries_does_not_stand_for_all(server: Renderer, diary: Path) -> None:
    run_pending(nothing, 1)
    (diary / "lexicon" / str(lexicon_version())).unlink()
    current._held = None
    Backfill.objects.create(entries=[1])
    post("研究と雨。", renderer(1))
    assert sorted(Backfill.objects.values_list("entries", flat=True)) == [[], [1]]


def test_the_first_words_of_a_diary_are_not_compiled_by_its_server(
    nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(current, "_serving", True)
    settings.SMALL_LEXICON = 2
    assert len(renderer(1).lexicon) == 0
    with worker_lock() as mine:  # so that the command leaves the links to a worker
        assert mine
        nanashi("keywords", "import", "-", given="研究\n雨\n猫\n")
    rendering = renderer(1)
    assert (len(rendering.lexicon), rendering.lacking) == (0, current.NO_GENERATION)
    assert anchor("雨") not in post("雨の日。", rendering)
    run_pending(nothing, 1)
    assert anchor("雨") in Entry.objects.get().body
    assert len(renderer(1).lexicon) == 3


def test_a_torn_generation_is_compiled_again(server: Renderer, diary: Path) -> None:
    file = diary / "lexicon" / str(generations.compile_generation())
    file.write_bytes(file.read_bytes()[:-9])
    run_pending(nothing, 1)
    assert generations.newest_usable(lexicon_version())
    assert anchor("猫") in post("猫。", server)


def test_a_change_that_is_undone_is_in_no_lexicon(diary: Path) -> None:
    changing.define(KeywordDraft("研究"))
    with transaction.atomic():
        changing.define(KeywordDraft("雨"))
        transaction.set_rollback(True)
    changing.define(KeywordDraft("猫"))
    assert {one.text for one in renderer(1).lexicon} == {"研究", "猫"}


def test_a_definition_alone_asks_for_no_compiling_and_looks_through_no_entry(nanashi: Run) -> None:
    key = changing.define(KeywordDraft("研究"))
    nanashi("relink")
    version = generations.compile_generation()
    post("研究", renderer(1))
    Entry.objects.update(body="as it was")
    changing.define(KeywordDraft("研究", definition="**調べる**こと。"))
    assert "<strong>" in Keyword.objects.get(key=key).definition_html
    nanashi("keywords", "add", "研究", "--definition", "*知る*こと。")
    assert "<em>" in Keyword.objects.get(key=key).definition_html
    assert lexicon_version() == version
    assert not generations.is_due()
    assert not Backfill.objects.exists()
    assert Entry.objects.get().body == "as it was"


def test_few_new_words_in_one_file_need_no_compiling(nanashi: Run) -> None:
    nanashi("keywords", "add", "研究")
    generations.compile_generation()
    nanashi("keywords", "import", "-", given="雨\n猫\n")
    assert not generations.is_needed()
    assert {one.text for one in renderer(1).lexicon} == {"研究", "雨", "猫"}
