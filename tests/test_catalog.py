"""The Japanese catalog says all that the English interface says, and the compiled file is that catalog."""

import gettext
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "nanashi" / "locale" / "ja" / "LC_MESSAGES"
NAMED = re.compile(r"%\(\w+\)[-0]?\d*[a-z]")
PLACED = re.compile(r"%[-0]?\d*[a-z%]")
TAG = re.compile(r"<[^>]*>")

Key = tuple[str | None, str]


def read(file: Path) -> Catalog:
    with file.open("rb") as handle:
        return read_po(handle)


def messages(catalog: Catalog) -> dict[Key, Message]:
    return {(message.context, str(message.id)): message for message in catalog if message.id}


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def placeholders(text: str) -> tuple[list[str], list[str], list[str]]:
    """Named ones and tags in any order, as languages differ; nameless ones in theirs, as values have only it."""
    return sorted(NAMED.findall(text)), PLACED.findall(text), sorted(TAG.findall(text))


@pytest.fixture(scope="module")
def japanese() -> Catalog:
    return read(FOLDER / "django.po")


def test_the_catalog_has_every_message_of_the_sources_and_no_other(japanese: Catalog, tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--no-location"]
    command += ["--mapping-file", "scripts/messages.cfg", "--output-file", str(template), "nanashi"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wanted, written = set(messages(read(template))), set(messages(japanese))
    assert written == wanted, "run `make messages ARGS=update`, translate what is new, then `make messages`"
    assert not japanese.obsolete


def test_every_message_is_translated(japanese: Catalog) -> None:
    for message in messages(japanese).values():
        assert all(text.strip() for text in texts(message.string)), message.id
        assert not message.fuzzy, message.id


def test_every_translation_has_the_placeholders_and_tags_of_its_message(japanese: Catalog) -> None:
    for message in messages(japanese).values():
        wanted = placeholders(texts(message.id)[-1])
        for text in texts(message.string):
            assert placeholders(text) == wanted, message.id
        for check in checkers:
            check(japanese, message)


def test_no_percent_sign_stands_outside_of_a_placeholder(japanese: Catalog) -> None:
    """Templates format every message, so a bare one (90%) ends in an error for the reader; write ％ or %%."""
    for message in messages(japanese).values():
        for text in texts(message.string):
            assert "%" not in NAMED.sub("", PLACED.sub("", text)), text


def test_the_compiled_catalog_is_the_written_one(japanese: Catalog) -> None:
    now = io.BytesIO()
    write_mo(now, japanese)
    assert (FOLDER / "django.mo").read_bytes() == now.getvalue(), "run `make messages`"


def test_the_compiled_catalog_answers_in_japanese(japanese: Catalog) -> None:
    with (FOLDER / "django.mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    for message in messages(japanese).values():
        english, *_ = texts(message.id)
        wanted, *_ = texts(message.string)
        if isinstance(message.id, tuple):
            assert {compiled.ngettext(*message.id, count) for count in (0, 1, 2, 5)} == {wanted}
        elif message.context:
            assert compiled.pgettext(message.context, english) == wanted
        else:
            assert compiled.gettext(english) == wanted
