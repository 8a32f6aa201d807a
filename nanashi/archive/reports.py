"""What an import did, and what was wrong with the lines that it left out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nanashi.text.documents import Finding

LISTED = 100
"""Errors, and warnings, that a report lists one by one; the rest are counted."""


@dataclass(slots=True)
class Findings:
    """The first of many findings, and how many there are."""

    tell: Callable[[Finding], None] | None = None
    """Called with each finding that is listed, as it comes."""
    listed: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, finding: Finding) -> None:
        self.count += 1
        if self.count <= LISTED:
            self.listed.append(finding)
            if self.tell is not None:
                self.tell(finding)

    @property
    def left_off(self) -> int:
        return self.count - len(self.listed)


@dataclass(slots=True)
class Report:
    """The outcome of an import; `lines` counts those that are not blank."""

    errors: Findings = field(default_factory=Findings)
    warnings: Findings = field(default_factory=Findings)
    files: int = 0
    lines: int = 0
    added: int = 0
    updated: int = 0
    already_here: int = 0
    withdrawn: int = 0
    """Lines of entries that were withdrawn here: they do not come back."""

    def as_json(self) -> dict[str, object]:
        """The report as `--json` prints it."""
        return {
            "files": self.files,
            "lines": self.lines,
            "added": self.added,
            "updated": self.updated,
            "already_here": self.already_here,
            "withdrawn": self.withdrawn,
            "bad": self.errors.count,
            "warnings": [_as_json(one) for one in self.warnings.listed],
            "warnings_left_off": self.warnings.left_off,
            "errors": [_as_json(one) for one in self.errors.listed],
            "errors_left_off": self.errors.left_off,
        }


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "field": finding.field,
        "message": finding.message,
    }
