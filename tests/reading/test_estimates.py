"""Estimates on pages: shown from stored results, changed by readers, answered, compared, listed, scored."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from nanashi.estimates import EstimateError, evaluate, parse
from nanashi.models import Entry, Estimate
from nanashi.reading.estimate_examples import EXAMPLES, WRONG
from tests.reading.estimate_texts import RUN, SUM
from tests.reading.pages import Read

Write = Callable[..., list[str]]


def test_an_estimate_shows_its_figures_assumptions_and_source(read: Read, write: Write) -> None:
    (one,) = write(f"Before\n\n{RUN}\n\nAfter")
    page = read(f"/e/{one}")
    assert page.text("figure.estimate figcaption") == "When does a run pass 1e29?"
    assert page.texts(".figures tbody tr")[1] == "passes 2030 2029 to 2033"
    assert page.texts(".assumptions tbody tr")[1] == (
        "growth 0.4 to 0.7 OOM/yr lognormal money lasts source: example.org"
    )
    assert page.value(".assumptions a", "href") == "https://example.org/a"
    assert "passes = first year when" in page.text("figure.estimate details pre")
    assert "2029 to 2033" in " ".join(page.values("picture.chart img", "alt"))
    assert page.texts(".body > p") == ["Before", "After"]


def test_japanese_entries_say_it_in_japanese(read: Read, write: Write) -> None:
    (one,) = write("```estimate\n人数 = 2億〜3億人\n回数 = 2〜3\n合計 = 人数 × 回数\n```", lang="ja")
    page = read(f"/e/{one}")
    assert page.texts(".figures th")[:3] == ["値", "中央値", "90%区間"]
    assert page.texts(".figures tbody tr")[0].startswith("合計 6億人 ")
    assert "対数正規" in page.text(".assumptions")


def test_nothing_is_evaluated_when_a_page_is_read(
    read: Read, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = write(SUM)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("evaluated at read time")

    monkeypatch.setattr("nanashi.estimates.evaluate", refuse)
    monkeypatch.setattr("nanashi.estimates.parse", refuse)
    assert read(f"/e/{one}").texts(".figures tbody tr") == ["total 4.22 OOM 3.31 OOM to 5.57 OOM"]
    assert read("/estimates").status == 200


def test_what_is_wrong_stands_beside_its_line_and_the_entry_is_there(read: Read, write: Write) -> None:
    (one,) = write("First line\n\n```estimate\nx = 2-3\n```")
    page = read(f"/e/{one}")
    assert page.text(".problems li").startswith("Line 4, column 5: ")
    assert page.texts(".problems li code") == ["2-3", "2 to 3", "2 - 3"]
    assert page.tree.css_first("figure details").attributes.get("open") is not None
    assert read("/estimates").texts(".estimate-list .title") == []


def test_a_quoted_or_listed_block_stays_code(read: Read, write: Write) -> None:
    (one,) = write(f"> {RUN.replace(chr(10), chr(10) + '> ')}\n\ntext")
    page = read(f"/e/{one}")
    assert page.texts("figure.estimate") == []
    assert "passes = first year" in page.text("blockquote pre")


def test_past_the_limits_an_estimate_says_so(read: Read, write: Write, settings: object) -> None:
    settings.ESTIMATES_PER_ENTRY, settings.ESTIMATE_WORK = 1, 100_000  # type: ignore[attr-defined]
    (one,) = write(f"{SUM}\n\n{SUM}")
    assert len(read(f"/e/{one}").texts(".wrong")) == 1
    (two,) = write(RUN)
    assert len(read(f"/e/{two}").texts(".wrong")) == 1


def test_the_text_and_the_feed_carry_the_table(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    text = read(f"/e/{one}.txt").html
    assert text.startswith(SUM)
    assert re.search(r"^total +4\.22 OOM +3\.31 OOM to 5\.57 OOM$", text, re.MULTILINE)
    feed = json.loads(read("/feed.json").html)["items"][0]["content_html"]
    assert "4.22 OOM" in feed
    assert 'src="http' in feed
    assert "/estimate" not in feed


def test_a_reader_changes_a_number_and_the_authors_stay(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    page = read(f"/e/{one}?set.a={quote('1 to 2 OOM')}")
    assert page.status == 200
    row = page.texts("#results tbody tr")[0]
    assert row.startswith("total 4.22 OOM (3.31 OOM to 5.57 OOM) 3.19 OOM (2.3 OOM to 4.55 OOM) -1.0")
    assert page.value("input[name='set.a']", "value") == "1 to 2 OOM"
    assert page.value("input[name='set.b']", "value") == "1 to 3 OOM"
    assert len(page.texts(".field.is-changed")) == 1
    assert "The author wrote: 2 to 3 OOM" in page.text(".field.is-changed")


def test_the_forms_long_address_leads_to_the_short_one(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    answer = read(f"/e/{one}/estimate?form=1&set.a={quote('2 to 3 OOM')}&set.b={quote('0 to 1')}")
    assert answer.response["Location"] == f"/e/{one}?set.b=0+to+1"


def test_a_wrong_number_is_told_at_its_field_and_kept(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    page = read(f"/e/{one}?set.a=2-3&set.b={quote('1 to 4 OOM')}")
    assert page.value("input[name='set.a']", "value") == "2-3"
    assert "2 to 3" in page.text(".field .problem")
    assert page.value("input[name='set.b']", "value") == "1 to 4 OOM"
    japanese = read(f"/e/{one}?set.a=2-3", "ja")
    assert "区間" in japanese.text(".field .problem")


def test_sliders_have_the_scale_of_their_shape(read: Read, write: Write) -> None:
    (one,) = write("```estimate\na = 2 to 3 km\nb = normal(-1 to 3)\nc = beta(2, 3)\nx = a * b * c\n```")
    sliders = read(f"/e/{one}/estimate").values("input[data-author]", "data-slider")
    assert [json.loads(one)["log"] for one in sliders if one] == [True, False]
    assert json.loads(sliders[0])["template"] == "{0} to {1} km"
    assert sliders[2] == ""


def test_an_answer_holds_just_the_changed_lines(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    page = read(f"/e/{one}?set.a={quote('1 to 2 OOM')}")
    assert page.value("form.answer", "action") == f"/e/{one}/reply"
    body = page.tree.css_first("form.answer textarea").text().removeprefix("\n")
    assert body == f"```estimate\nbased on >>{one}\na = 1 to 2 OOM\n```\n"


def answered(write: Write, outcome: str = "") -> tuple[str, str]:
    (one,) = write(SUM.replace("total = a + b", f"total = a + b\n{outcome}"))
    (two,) = write(f"```estimate\nbased on >>{one}\na = 1 to 2 OOM\n```", reply_to=(one,), title="Lower")
    return one, two


def test_an_entry_with_answers_compares_them(read: Read, write: Write) -> None:
    one, two = answered(write, "outcome total = 3 OOM on 2024-01-01")
    page = read(f"/e/{one}")
    rows = page.texts(".comparison tbody tr")
    assert "a 2 to 3 OOM 1 to 2 OOM" in rows
    assert any(
        re.fullmatch(r"total 4\.2\d OOM 3\.3.* to 5\.5\d OOM 3\.1.* to 4\.5\d OOM", row) for row in rows
    )
    assert rows[-1].endswith("closest")
    assert "They disagree most on a." in page.text(".comparison")
    assert page.text(".comparison th a") == "Lower"
    assert page.value(".comparison th a", "href") == f"/e/{two}"
    assert "based on" in read(f"/e/{two}").text("figcaption").lower()


def test_an_answer_without_a_title_is_named_by_its_prose_or_its_id(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    block = f"```estimate\nbased on >>{one}\na = 1 to 2 OOM\n```"
    write(f"I would say less.\n\n{block}", reply_to=(one,))
    (last,) = write(block.replace("1 to 2", "1 to 3"), reply_to=(one,))
    assert read(f"/e/{one}").texts(".comparison th a") == ["I would say less.", last]


def test_an_answer_that_came_before_its_base_is_evaluated_when_it_comes(read: Read, write: Write) -> None:
    later = "20240607-000900"
    (two,) = write(f"```estimate\nbased on >>{later}\na = 1 to 2 OOM\n```")
    assert "no entry >>20240607-000900 here" in read(f"/e/{two}").text(".withdrawn")
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.writing.drafts import Draft  # noqa: PLC0415
    from nanashi.writing.publish import publish_many  # noqa: PLC0415
    from tests.reading.conftest import DAY  # noqa: PLC0415

    with renderer(1) as rendering:
        list(publish_many([Draft(SUM, DAY, public_id=later)], rendering))
    assert read(f"/e/{two}").texts(".figures tbody tr") == ["total 3.19 OOM 2.3 OOM to 4.55 OOM"]


def test_a_base_that_is_edited_is_answered_anew_and_an_outcome_gives_a_score(
    read: Read, write: Write
) -> None:
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.lexicons.relinking import relink  # noqa: PLC0415

    one, two = answered(write)
    base = Entry.objects.get(public_id=one)
    base.source_text = SUM.replace("b = 1 to 3", "b = 2 to 4").replace(
        "total = a + b", "total = a + b\noutcome total = 5 OOM on 2024-02-01"
    )
    base.save()
    with renderer(1) as rendering:
        relink([base.key], rendering)
    assert len([text for text in read(f"/e/{one}").texts(".outcomes") if "CRPS" in text]) == 2
    assert read(f"/e/{two}").texts(".figures tbody tr")[0].startswith("total 4.2")
    assert [row.split()[0] for row in read("/estimates?settled=1").texts(".estimate-list li .figures")] == [
        "total",
        "total",
    ]


def test_when_the_base_is_withdrawn_only_the_changed_lines_are_left(read: Read, write: Write) -> None:
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.lexicons.estimating import erase  # noqa: PLC0415
    from nanashi.lexicons.relinking import relink  # noqa: PLC0415
    from nanashi.models import Occurrence, Reference, Stump  # noqa: PLC0415

    one, two = answered(write)
    base = Entry.objects.get(public_id=one)
    based = erase(base.key)
    assert Estimate.objects.count() == 0
    Occurrence.objects.filter(entry=base.key).delete()
    Reference.objects.filter(entry=base.key).delete()
    Stump.objects.create(key=base.key, public_id=one)
    base.delete()
    with renderer(1) as rendering:
        relink(based, rendering)
    page = read(f"/e/{two}")
    assert page.texts("figure pre") == [f"based on >>{one} a = 1 to 2 OOM"]
    assert "withdrawn" in page.text(".withdrawn")
    (row,) = Estimate.objects.all()
    assert "1 to 3" not in json.dumps(row.record) + page.html


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "There is no entry >>{} here (any more)"), ("ja", ">>{} の日記はここにありません")],
)
def test_a_base_that_went_without_a_stump_is_said_to_be_not_here(
    read: Read, write: Write, lang: str, told: str
) -> None:
    from nanashi.models import Stump  # noqa: PLC0415
    from nanashi.writing.withdrawing import withdraw_found  # noqa: PLC0415

    (one,) = write(SUM)
    (two,) = write(f"```estimate\nbased on >>{one}\na = 1 to 2 OOM\n```", lang=lang)
    assert read(f"/e/{two}").texts(".figures tbody th") == ["total"]
    withdraw_found(lambda: Entry.objects.get(public_id=one), struck=False)
    assert not Stump.objects.exists()
    page = read(f"/e/{two}")
    assert told.format(one) in page.text("figure .withdrawn")
    assert page.texts("figure pre") == [f"based on >>{one} a = 1 to 2 OOM"]
    assert page.texts("figure .problems") == page.texts("figure table") == []
    (row,) = Estimate.objects.all()
    assert "1 to 3" not in json.dumps(row.record) + page.html


def test_a_block_that_the_base_does_not_have_is_an_error(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    (two,) = write(f"```estimate\nbased on >>{one}#2\na = 1 to 2 OOM\n```")
    assert f"no block 2 of {one}" in read(f"/e/{two}").text("figure .problems")


def test_relinking_evaluates_nothing_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.lexicons.relinking import relink  # noqa: PLC0415

    answered(write)
    before = list(Estimate.objects.order_by("key").values())

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("evaluated again")

    monkeypatch.setattr("nanashi.estimates.evaluate", refuse)
    with renderer(1) as rendering:
        relink(list(Entry.objects.values_list("key", flat=True)), rendering)
    assert list(Estimate.objects.order_by("key").values()) == before


def test_open_estimates_by_year_a_page_at_a_time(read: Read, write: Write, settings: object) -> None:
    settings.PAGE_SIZE = 2  # type: ignore[attr-defined]
    titles = ["since 1990", *(f"by {year}" for year in (2031, 2029, 2040, 2035, 2030))]
    write(*(f"```estimate\ntitle: {title}\nx = 1 to 2\n```" for title in titles))
    seen: list[str] = []
    path: str | None = "/estimates"
    while path:
        page = read(path)
        seen += page.texts(".estimate-list .title")
        path = page.older
    assert seen == ["by 2029", "by 2030", "by 2031", "by 2035", "by 2040", "since 1990"]


def test_estimates_of_a_keyword(read: Read, write: Write, define: Callable[..., None]) -> None:
    write(f"雨\n\n{SUM}", f"雪\n\n{SUM.replace('total', 'snow')}")
    define("雨")
    page = read(f"/estimates?keyword={quote('雨')}")
    assert [text.split()[0] for text in page.texts(".figures")] == ["total"]
    assert read("/estimates?keyword=nothing").status == 404
    define("雪道")
    links = [read(f"/keyword/{quote(word)}").values("p.note a", "href") for word in ("雨", "雪道")]
    assert links == [[f"/estimates?keyword={quote('雨')}"], []]


@pytest.mark.parametrize("path", ["/chart/x.svg", f"/chart/{'0' * 32}-0-light.svg", "/estimates?after=%21"])
def test_addresses_that_lead_nowhere(read: Read, path: str) -> None:
    assert read(path).status == 404


def test_an_entry_without_estimates_has_no_numbers_to_change(read: Read, write: Write) -> None:
    (one,) = write("text")
    assert read(f"/e/{one}?set.a=1").status == 404
    assert read(f"/e/{one}/estimate").status == 404


def test_when_all_places_are_taken_the_numbers_are_kept(
    read: Read, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nanashi.lexicons import estimate_processes  # noqa: PLC0415
    from nanashi.reading.views import estimates  # noqa: PLC0415

    (one,) = write(SUM)
    monkeypatch.setattr(estimates, "readers", estimate_processes.ErrandProcess(places=0))
    page = read(f"/e/{one}?set.a=1")
    assert (page.status, page.response["Retry-After"]) == (503, "1")
    assert page.value("input[name='set.a']", "value") == "1"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_ten_examples_of_the_help_page(read: Read, language: str) -> None:
    examples = EXAMPLES[language]
    assert read("/estimates/help", language).texts("ol.examples h3") == [one.title for one in examples]
    assert len(examples) == 10
    first = parse(examples[0].text)
    for number, one in enumerate(examples):
        if number == WRONG:
            with pytest.raises(EstimateError) as wrong:
                evaluate(parse(one.text))
            assert wrong.value.problems[0].remedies_in(language)[0] in examples[WRONG + 1].text
        else:
            assert evaluate(parse(one.text, base=lambda _reference: first)).values


def test_both_languages_teach_the_same(read: Read) -> None:
    for english, japanese in zip(EXAMPLES["en"], EXAMPLES["ja"], strict=True):
        assert len(english.text.splitlines()) == len(japanese.text.splitlines())


def test_the_script_is_served_and_named_on_the_page(read: Read, write: Write) -> None:
    (one,) = write(SUM)
    assert read(f"/e/{one}/estimate").value("script[src^='/static/estimates.js']", "src")
    assert Client().get(f"/e/{one}/estimate?part=results&set.a=1").content.startswith(b"<div")


def test_the_form_of_a_reply_takes_the_numbers_and_a_table_begins_an_estimate(
    read: Read, write: Write
) -> None:
    (one,) = write(SUM)
    text = f"```estimate\nbased on >>{one}\na = 1 to 2 OOM\n```\n"
    page = read(f"/e/{one}/reply?body={quote(text)}")
    field = page.tree.css_first("textarea[name=body]")
    assert field is not None
    assert field.text().strip() == text.strip()
    assert any(row.startswith("total 3.19 OOM") for row in page.texts("figure.estimate .figures tbody tr"))
    assert page.values("figure.estimate img", "src") == []
    answer = Client().post("/new", {"body": "a\t1\t2\nb\t3\t4", "do": "estimate"}).content.decode()
    assert "```estimate\na = 1 to 2\nb = 3 to 4\n```" in answer
