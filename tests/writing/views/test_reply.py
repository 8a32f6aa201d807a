"""`/e/<id>/reply`: an answer to one entry, or to several."""

from nanashi.models import Entry
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
        "二つとも読んだ。", path=f"/e/{first}/reply", also=f"https://a.example/e/{second} と >>{first}"
    )
    for one in (first, second):
        assert read(f"/e/{one}").entries == [one, answer]


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
