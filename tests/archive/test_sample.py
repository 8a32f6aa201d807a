"""The sample diary that ships with the package comes in whole, by the way that every archive comes."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from nanashi.archive.reports import Report
from nanashi.archive.sample import ENTRIES, KEYWORDS, load_sample
from nanashi.models import Entry, Keyword, Reference

Run = Callable[..., Result]


@pytest.mark.usefixtures("diary")
def test_every_line_of_the_sample_goes_in_without_a_word() -> None:
    report = Report()
    load_sample(report)
    assert report.errors.listed == []
    assert report.warnings.listed == []
    assert Entry.objects.count() == len(ENTRIES.read_text(encoding="utf-8").splitlines()) >= 60
    assert Keyword.objects.count() == len(KEYWORDS.read_text(encoding="utf-8").splitlines()) >= 300
    assert not Reference.objects.filter(target=None, is_reply=True).exists()
    assert not Keyword.objects.filter(definition_html="").exists()
    assert Keyword.objects.filter(definition_html__contains="/keyword/").exists()


def test_the_sample_is_only_a_diary_like_any_other(nanashi: Run) -> None:
    load_sample(Report())
    entries = json.loads(nanashi("import", "--json", ENTRIES).stdout)
    assert (entries["added"], entries["bad"]) == (0, 0)
    keywords = json.loads(nanashi("keywords", "import", "--json", KEYWORDS).stdout)
    assert (keywords["added"], keywords["updated"], keywords["bad"]) == (0, 0, 0)
