"""Charts are kept as files."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.reading.conftest import Write, read, write  # noqa: F401 - fixtures
from tests.reading.pages import Read

SUM = "```estimate\na = 2 to 3 OOM\nb = 1 to 3 OOM\ntotal = a + b\n```"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/St_Johns"])
def test_the_file_of_a_chart_tells_the_diarys_day_and_nothing_finer(
    read: Read,  # noqa: F811 - the fixture
    write: Write,  # noqa: F811 - the fixture
    settings: Settings,
    zone: str,
) -> None:
    from nanashi.lexicons.estimating import charts_folder  # noqa: PLC0415

    settings.TIME_ZONE = zone
    (one,) = write(SUM)
    days = [timezone.localdate()]
    assert read(read(f"/e/{one}").values("picture.chart img", "src")[0]).status == 200
    days.append(timezone.localdate())
    (file,) = charts_folder().glob("*.svg")
    moment = datetime.fromtimestamp(file.stat().st_mtime, ZoneInfo(zone))
    assert moment.time() == time()
    assert moment.date() in days
