"""Before posting, a writer sees that nearly the same text was posted in the last day."""

import datetime

import pytest
from django.utils import timezone

from nanashi.lexicons.current import renderer
from nanashi.writing import duplicates
from nanashi.writing.drafts import Draft
from nanashi.writing.duplicates import near_duplicates
from nanashi.writing.publish import publish_many

TEXT = (
    "今日は研究室で一日じゅう実験の準備をして、夕方に雨が降り出した。傘は誰かが持って行ったあとで、"
    "濡れて帰るのも悪くないと思いながら駅まで歩いた。"
)
pytestmark = pytest.mark.usefixtures("diary")


def post(*drafts: Draft) -> None:
    with renderer(1) as rendering:
        list(publish_many(drafts, rendering))


def test_the_nearest_of_the_last_day_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    same, near = f"{today:%Y%m%d}-aaaaaa", f"{today:%Y%m%d}-bbbbbb"
    earlier = today - datetime.timedelta(days=2)
    post(
        Draft(TEXT, today, public_id=same),
        Draft(TEXT.replace("夕方", "夜"), today, public_id=near),
        Draft("まったく別の話を、別の言葉でする。" * 2, today),
        Draft(TEXT, earlier),
    )
    found = near_duplicates(TEXT, today)
    assert [public_id for public_id, _ in found] == [same, near]
    assert found[0][1] == 1.0
    assert near_duplicates(TEXT, today, besides=same) == found[1:]
    monkeypatch.setattr(duplicates, "CANDIDATES", 1)
    assert len(near_duplicates(TEXT, today)) <= 1


def test_nothing_is_like_an_empty_text() -> None:
    post(Draft(TEXT, timezone.localdate()))
    assert near_duplicates("", timezone.localdate()) == []
