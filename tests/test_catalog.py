"""The Japanese catalog says all that the English interface says, and the compiled file is that catalog."""

import gettext
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "nanashi" / "locale" / "ja" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?0?\d*[a-z%]")


def catalog(file: Path) -> Catalog:
    with file.open("rb") as handle:
        return read_po(handle)


def messages(of: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(message.context, str(message.id)): message for message in of if message.id}


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.fixture(scope="module")
def japanese() -> dict[tuple[str | None, str], Message]:
    return messages(catalog(FOLDER / "django.po"))


def test_the_catalog_has_every_message_of_the_sources_and_no_other(
    japanese: dict[tuple[str | None, str], Message], tmp_path: Path
) -> None:
    template = tmp_path / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--no-location"]
    command += ["--mapping-file", "scripts/messages.cfg", "--output-file", str(template), "nanashi"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert set(messages(catalog(template))) == set(japanese)


def test_every_message_is_translated_with_its_placeholders(
    japanese: dict[tuple[str | None, str], Message],
) -> None:
    for message in japanese.values():
        wanted = sorted(PLACEHOLDER.findall(texts(message.id)[-1]))
        for text in texts(message.string):
            assert text.strip(), message.id
            assert not message.fuzzy, message.id
            if message.id not in ("l, j F Y", "j F Y"):
                assert sorted(PLACEHOLDER.findall(text)) == wanted, message.id


def test_the_compiled_catalog_is_the_written_one(
    japanese: dict[tuple[str | None, str], Message],
) -> None:
    with (FOLDER / "django.mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    for message in japanese.values():
        english, *_ = texts(message.id)
        if isinstance(message.id, tuple):
            assert compiled.ngettext(*message.id, 2) == texts(message.string)[0]
        elif message.context:
            assert compiled.pgettext(message.context, english) == message.string
        else:
            assert compiled.gettext(english) == message.string
