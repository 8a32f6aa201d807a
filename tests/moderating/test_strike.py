"""The operator strikes an entry; its writer's ring counts the strike, and nobody else can."""

import datetime
from collections.abc import Callable

import pytest
from click.testing import Result

from nanashi.identity.entry_keys import derived_key, key_words
from nanashi.lexicons.current import renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.own import own_entries, publish_as
from nanashi.writing.withdrawing import withdraw

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)
MASTER = b"m" * 32
pytestmark = pytest.mark.usefixtures("diary")


def struck(nanashi: Run) -> str:
    with renderer(1) as rendering:
        public_id = publish_as(MASTER, Draft("悪い日記", DAY), rendering)
    assert nanashi("strike", public_id).exit_code == 0
    return public_id


def test_a_struck_entry_is_gone_and_counts(nanashi: Run) -> None:
    struck(nanashi)
    assert Entry.objects.count() == 0
    assert own_entries(MASTER) == [(0, None, True)]


def test_a_strike_is_lifted_by_the_words_of_the_key(nanashi: Run) -> None:
    struck(nanashi)
    assert nanashi("strike", "--lift", key_words(derived_key(MASTER, 1))).exit_code != 0
    assert nanashi("strike", "--lift", key_words(derived_key(MASTER, 0))).exit_code == 0
    assert own_entries(MASTER) == [(0, None, False)]


def test_by_its_id_an_entry_may_be_imported_again_and_the_strike_stays(nanashi: Run) -> None:
    public_id = struck(nanashi)
    line = f'{{"id": "{public_id}", "date": "2024-06-06", "body": "悪い日記"}}\n'
    nanashi("import", "-", given=line)
    assert Entry.objects.count() == 0
    assert nanashi("strike", "--lift", public_id).exit_code == 0
    nanashi("import", "-", given=line)
    assert Entry.objects.get().public_id == public_id
    assert own_entries(MASTER)[0].struck


def test_what_its_writer_withdrew_is_not_lifted(nanashi: Run) -> None:
    with renderer(1) as rendering:
        public_id = publish_as(MASTER, Draft("自分で取り下げた日記", DAY), rendering)
    withdraw(public_id, derived_key(MASTER, 0))
    for named in (public_id, key_words(derived_key(MASTER, 0))):
        result = nanashi("strike", "--lift", named)
        assert result.exit_code == 1
        assert f"nothing was struck under {named}" in result.output
    nanashi(
        "import",
        "-",
        given=f'{{"id": "{public_id}", "date": "2024-06-06", "body": "自分で取り下げた日記"}}\n',
    )
    assert Entry.objects.count() == 0


def test_an_unknown_id_is_said_to_be_unknown(nanashi: Run) -> None:
    result = nanashi("strike", "20240606-aaaaaa")
    assert result.exit_code != 0
    assert "no entry has the id 20240606-aaaaaa" in result.output
