"""What migrations make of what is stored."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nanashi.models import Keyword, Proposal, Revision


def migrated(name: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("nanashi", name)])


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("revision 12 restored", ("", "restored", "12")),
        ("第3版に戻した", ("", "restored", "3")),
        ("revision 12 restored by hand", ("revision 12 restored by hand", "", "")),
        ("Retired: so", ("Retired: so", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_note_in_somebody_s_language_becomes_a_code(
    diary: Path, note: str, told: tuple[str, str, str]
) -> None:
    migrated("0004_estimates")
    insert = (
        "INSERT INTO nanashi_keyword (key, word, norm, reading, shelf, sort_key, definition, definition_html, explicit,"
        " see_also) VALUES (1, '雨', '雨', '', 'あ', 'あめ', '', '', 0, '[]')"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert)
        cursor.execute(
            "INSERT INTO nanashi_revision (key, keyword_id, number, day, editor, content, note)"
            " VALUES (1, 1, 1, '2026-06-11', '', '{}', %s)",
            [note],
        )
        cursor.execute(
            "INSERT INTO nanashi_proposal (key, keyword_id, kind, day, quarter, editor, reason, objection, objector)"
            " VALUES (1, 1, 'retire', '2026-06-11', 3, 'abc', 'so', '', '')"
        )
    migrated("0005_acts")
    assert Revision.objects.values_list("note", "act", "act_on").get() == told
    assert (Proposal.objects.get().reason, Keyword.objects.get().word) == ("so", "雨")
