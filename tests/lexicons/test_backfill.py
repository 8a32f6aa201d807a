"""What was written before a keyword came is linked when it comes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nanashi.lexicons import defining
from nanashi.lexicons.backfill import entries_with_any
from nanashi.models import Backfill, Entry, Keyword, Occurrence
from nanashi.text.markup import keyword_path

Run = Callable[..., Result]


def imported(nanashi: Run, *bodies: str) -> None:
    lines = [json.dumps({"date": "2024-06-06", "body": body}) for body in bodies]
    assert nanashi("import", "-", given="\n".join(lines)).exit_code == 0


def body_of(source: str) -> str:
    return Entry.objects.get(source_text=source).body


def anchor(word: str) -> str:
    return f'href="{keyword_path(word)}"'


@pytest.mark.parametrize("few", [True, False], ids=["one by one", "all"])
def test_old_entries_are_linked_to_new_words(
    nanashi: Run, monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    if not few:
        monkeypatch.setattr(defining, "NAMED_ONE_BY_ONE", 0)
    imported(nanashi, "今日は研究の日。", "ＲＡＩＮ all day", "何もない")
    nanashi("keywords", "import", "-", given='{"word": "研究"}\n{"word": "雨", "aliases": ["rain"]}\n')
    assert anchor("研究") in body_of("今日は研究の日。")
    assert anchor("雨") in body_of("ＲＡＩＮ all day")
    assert "href" not in body_of("何もない")
    assert Occurrence.objects.count() == 2


def test_only_entries_that_may_contain_the_word_are_rendered_again(nanashi: Run) -> None:
    imported(nanashi, "今日は研究の日。", *(f"雨の日 {n}" for n in range(30)))
    assert len(list(entries_with_any(["研究"]))) == 1
    assert len(list(entries_with_any(["研"]))) == 1
    assert len(list(entries_with_any(["研究", "雨の"]))) == 31
    found = list(entries_with_any(["雨の"]))
    assert found == sorted(found, reverse=True)


def test_links_go_when_an_alias_goes_or_a_word_links_only_where_marked(nanashi: Run) -> None:
    nanashi("keywords", "import", "-", given='{"word": "雨", "aliases": ["rain"]}\n')
    imported(nanashi, "rain", "雨", "[[雨]]")
    assert Occurrence.objects.count() == 3
    nanashi("keywords", "import", "-", given='{"word": "雨", "aliases": []}\n')
    assert "href" not in body_of("rain")
    assert Occurrence.objects.count() == 2
    nanashi("keywords", "import", "-", given='{"word": "雨", "explicit": true}\n')
    assert "href" not in body_of("雨")
    assert anchor("雨") in body_of("[[雨]]")
    assert Occurrence.objects.count() == 1


def test_a_definition_links_other_words_and_never_its_own(nanashi: Run) -> None:
    nanashi("keywords", "add", "研究", "--definition", "論文を書く研究。")
    assert "href" not in Keyword.objects.get(word="研究").definition_html
    nanashi("keywords", "add", "論文")
    html = Keyword.objects.get(word="研究").definition_html
    assert anchor("論文") in html
    assert anchor("研究") not in html


def test_a_changed_definition_is_rendered(nanashi: Run) -> None:
    nanashi("keywords", "add", "研究", "--definition", "一つ目")
    nanashi("keywords", "add", "研究", "--definition", "**二つ目**")
    assert "<strong>二つ目</strong>" in Keyword.objects.get().definition_html
    nanashi("keywords", "import", "-", given='{"word": "研究", "definition": ""}\n')
    assert Keyword.objects.get().definition_html == ""


def test_a_run_that_was_cut_off_before_its_links_is_made_good_by_the_next(
    nanashi: Run, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(nanashi, "今日は研究の日。")

    def cut_off(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr("nanashi.cli.pending.run_pending", cut_off)
        assert nanashi("keywords", "import", "-", given="研究\n").exit_code == 130
    assert Backfill.objects.exists()
    assert "href" not in body_of("今日は研究の日。")
    assert nanashi("check").exit_code == 1
    nanashi("keywords", "import", "-", given="研究\n")
    assert anchor("研究") in body_of("今日は研究の日。")
    assert not Backfill.objects.exists()


def test_relink_renders_everything_again(nanashi: Run) -> None:
    imported(nanashi, "今日は研究の日。")
    nanashi("keywords", "add", "研究", "--definition", "調べること。")
    Entry.objects.update(body="", excerpt="")
    Keyword.objects.update(definition_html="")
    Occurrence.objects.all().delete()
    assert nanashi("relink").stdout == "1 entries rendered again\n"
    assert anchor("研究") in body_of("今日は研究の日。")
    assert Entry.objects.get().excerpt == "今日は研究の日。"
    assert "調べること。" in Keyword.objects.get().definition_html
    assert Occurrence.objects.count() == 1


def test_the_queries_of_a_relink_do_not_grow_with_unchanged_entries(nanashi: Run) -> None:
    imported(nanashi, "雨 1")
    with CaptureQueriesContext(connection) as one:
        nanashi("relink")
    imported(nanashi, *(f"雨 {n}" for n in range(2, 40)))
    with CaptureQueriesContext(connection) as forty:
        nanashi("relink")
    assert len(forty) == len(one)
