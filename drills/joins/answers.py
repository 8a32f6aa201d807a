"""What the answers themselves give away: to a reader, to somebody on the way, to a moderator."""

import json
import re

from drills.joins.attack import Attack
from drills.joins.scores import Score, same_hand, seen
from drills.stage.images import DIARY, opened
from drills.stage.week import Week

OWN_HEADERS = {"date", "set-cookie", "content-encoding", "content-length", "transfer-encoding", "vary"}


def owner_pages(week: Week) -> Score:
    """20: a page as its owner gets it, and as a stranger does."""
    differ = 0
    pages = week.answers["pages"]
    for _, own, strange in pages:
        headers = [
            {k: v for k, v in answer.headers.items() if k.lower() not in OWN_HEADERS}
            for answer in (own, strange)
        ]
        differ += own.content != strange.content or _without_etag(headers[0]) != _without_etag(headers[1])
    return Score(differ, len(pages), 0.0)


def _without_etag(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "etag"}


def fine_times(week: Week) -> Score:
    """20: times in headers and pages that are finer than a quarter of an hour."""
    fine = 0
    for _, own, strange in week.answers["pages"]:
        fine += any("last-modified" in answer.headers for answer in (own, strange))
        fine += bool(re.search(r'datetime="[^"]*T\d\d:(?!00|15|30|45)\d\d', strange.text))
    return seen(fine > 0)


def compressed(week: Week) -> Score:
    """21: answers to somebody who is signed in that are compressed."""
    return seen(any("content-encoding" in own.headers for _, own, _ in week.answers["pages"]))


def remote(week: Week) -> Score:
    """22: anything that a page has its reader fetch from elsewhere."""
    pattern = re.compile(r"""(?:src|srcset|poster|data)=["']?(?:https?:)?//""")
    missing = any(
        "img-src 'self'" not in own.headers.get("content-security-policy", "") for _, own, _ in _pages(week)
    )
    return seen(missing or any(pattern.search(own.text) for _, own, _ in _pages(week)))


def _pages(week: Week) -> list[tuple[str, object, object]]:
    return week.answers["pages"]  # type: ignore[return-value]


def editors(week: Week) -> Score:
    """26: marks of editors, compared between keywords."""
    marks: dict[str, str] = {}
    group: dict[str, str] = {}
    truth: dict[str, str] = {}
    done = list(week.edits)
    with opened(week.folder / "sealed", DIARY) as database:
        rows = database.execute(
            "SELECT k.word, r.editor, r.content FROM nanashi_revision r JOIN nanashi_keyword k ON k.key = r.keyword_id "
            "WHERE r.editor <> ''"
        ).fetchall()
    for number, (word, editor, content) in enumerate(rows):
        for edited, name in done:
            if edited == word and f"について {name[::-1][:2]}" in json.loads(content).get("definition", ""):
                marks[str(number)], group[str(number)], truth[str(number)] = editor, word, name
    return same_hand(marks, truth, group)


def hands(week: Week) -> Score:
    """24: marks of one hand in a thread, compared between threads."""
    with opened(week.folder / "sealed", DIARY) as database:
        marks = dict(database.execute("SELECT public_id, hand FROM nanashi_entry WHERE hand <> ''"))
        group = dict(
            database.execute(
                "SELECT e.public_id, r.written_id FROM nanashi_entry e JOIN nanashi_reference r ON r.entry_id = e.key "
                "WHERE r.is_reply"
            )
        )
    shown = {one: mark for one, mark in marks.items() if one in group}
    return same_hand(shown, week.hands, group)


JOINS = (
    Attack("20", "pages of the owner and of a stranger", owner_pages),
    Attack("20", "times finer than a quarter", fine_times, planted=False),
    Attack("21", "compressed answers to writers", compressed),
    Attack("22", "what pages fetch from elsewhere", remote, planted=False),
    Attack("26", "marks of editors between keywords", editors, statistical=True),
    Attack("24", "marks of hands between threads", hands, statistical=True),
)
