"""`/e/<id>/reply`: an answer to one entry, or to several."""

from pytest_django.fixtures import Settings

from nanashi.models import Entry
from nanashi.writing.withdrawing import withdraw_found
from tests.reading.conftest import Write
from tests.reading.pages import Read
from tests.writing.views.conftest import Writer


def test_every_entry_has_a_button(read: Read, write: Write) -> None:
    (one,) = write("雨")
    for path in ("/", f"/e/{one}"):
        assert read(path).values("a.reply", "href") == [f"/e/{one}/reply"]


def test_the_form_says_what_is_answered(guest: Writer, write: Write) -> None:
    (one,) = write("雨", title="梅雨")
    page = guest.get(f"/e/{one}/reply")
    assert page.status == 200
    assert page.text("p.answered a") == "梅雨"
    assert page.value("form#write", "action") == f"/e/{one}/reply"


def test_a_reply_stands_under_each_entry_that_it_answers(writer: Writer, write: Write, read: Read) -> None:
    first, second = write("一", "二")
    answer = writer.entry(
        "二つとも読んだ。", path=f"/e/{first}/reply", also=f"http://127.0.0.1:8000/e/{second} と >>{first}"
    )
    for one in (first, second):
        assert read(f"/e/{one}").entries == [one, answer]


def test_a_text_that_begins_with_an_id_answers_it(writer: Writer, write: Write, read: Read) -> None:
    first, second, third = write("一", "二", "三")
    answer = writer.entry(f">>{first} >>{second}\n読んだ。>>{third} も。", path="/new")
    assert [read(f"/e/{one}").entries for one in (first, second, third)] == [
        [first, answer],
        [second, answer],
        [third],
    ]


def test_a_text_may_begin_with_an_id_that_is_not_here(writer: Writer, read: Read) -> None:
    one = writer.entry(">>20240606-zzzzzz はどこへ行ったのか。", path="/new")
    assert read(f"/e/{one}").entries == [one]


def test_no_text(writer: Writer, write: Write) -> None:
    (one,) = write("雨")
    page = writer.post("", f"/e/{one}/reply")
    assert page.status == 422
    assert page.value("form#write", "action") == f"/e/{one}/reply"


def test_no_such_entry(guest: Writer) -> None:
    assert guest.get("/e/20240606-zzzzzz/reply").status == 404


def test_an_entry_that_went_meanwhile_keeps_the_text(guest: Writer) -> None:
    page = guest.post("遅い返事", "/e/20240606-zzzzzz/reply")
    assert page.status == 409
    assert page.text("textarea[name=body]") == "遅い返事"


def test_the_same_hand_shows_one_mark_in_a_thread_and_another_elsewhere(writer: Writer, write: Write) -> None:
    root, other = write("根", "別")
    first = writer.entry("一つ目の返事", path=f"/e/{root}/reply", hand="1")
    deeper = writer.entry("その下の返事です", path=f"/e/{first}/reply", hand="1")
    elsewhere = writer.entry("よそでの返事をする", path=f"/e/{other}/reply", hand="1")
    silent = writer.entry("印のない返事をする", path=f"/e/{root}/reply")
    marks = [Entry.objects.get(public_id=one).hand for one in (first, deeper, elsewhere, silent)]
    assert marks[0] == marks[1] != ""
    assert marks[2] not in (marks[0], "")
    assert marks[3] == ""


def test_the_mark_stays_however_deep_the_thread_and_whatever_is_withdrawn(
    writer: Writer, write: Write, settings: Settings
) -> None:
    """45 levels, with the root and one on the way withdrawn; each mark is asked of what the page stores."""
    settings.RATE_FACTOR = 1_000
    (root,) = write("根")
    path = [root]
    for level in range(45):
        path.append(writer.entry(f"{level}段目の返事", path=f"/e/{path[-1]}/reply", hand="1"))
    for gone in (root, path[20]):
        withdraw_found(lambda gone=gone: Entry.objects.get(public_id=gone), struck=False)
    last = writer.entry("一番下の返事", path=f"/e/{path[-1]}/reply", hand="1")
    middle = writer.entry("取り下げの下の返事", path=f"/e/{path[21]}/reply", hand="1")
    marks = set(Entry.objects.filter(public_id__in=[path[1], path[45], last, middle]).values_list("hand"))
    assert len(marks) == 1


def test_under_an_answer_to_two_trees_the_mark_is_that_answers(writer: Writer, write: Write) -> None:
    one, other = write("根", "別の根")
    for first, second in ((one, other), (other, one)):
        both = writer.entry(f"両方への返事 {first}", path=f"/e/{first}/reply", also=second, hand="1")
        below = writer.entry(f"その下 {first}", path=f"/e/{both}/reply", hand="1")
        marks = [Entry.objects.get(public_id=one).hand for one in (both, below)]
        assert marks[0] == marks[1] != ""
