"""Archives to import, and what is read from the reports."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[..., Path]


@pytest.fixture
def line() -> Callable[..., str]:
    """A good line of an archive, with these fields changed; None takes one out."""

    def make(**fields: Any) -> str:
        record = {"date": "2024-06-06", "body": "雨が降っている。", **fields}
        return json.dumps({k: v for k, v in record.items() if v is not None}, ensure_ascii=False)

    return make


@pytest.fixture
def archive(tmp_path: Path) -> Write:
    """Write lines (texts or bytes) to a file."""

    def write(*lines: str | bytes, name: str = "entries.jsonl") -> Path:
        parts = [one.encode() if isinstance(one, str) else one for one in lines]
        (tmp_path / name).write_bytes(b"".join(part + b"\n" for part in parts))
        return tmp_path / name

    return write
