"""Findings: what is wrong with, or could be better in, what an author gave us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]

Message = Any
"""A text, or one that is translated when it is read (``lazy_gettext``)."""


class Place(NamedTuple):
    """Where in a workbook: sheet name, row (1 is the first), column letter; empty or ``None`` if nowhere."""

    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``message`` says what is wrong, ``remedy`` what to do.

    ``code`` is stable, for programs; an error keeps the questionnaire from being imported.
    """

    code: str
    severity: Severity
    sheet: str
    row: int | None
    column: str
    message: Message
    remedy: Message

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding as the command line and scripts get it (contract ``survey check --json``)."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "message": str(self.message),
            "remedy": str(self.remedy),
        }


def error(code: str, place: Place, message: Message, remedy: Message) -> Finding:
    """A finding that keeps the questionnaire from being imported."""
    return Finding(code, "error", place.sheet, place.row, place.column, message, remedy)


def warning(code: str, place: Place, message: Message, remedy: Message) -> Finding:
    """A finding that an author should look at."""
    return Finding(code, "warning", place.sheet, place.row, place.column, message, remedy)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "warning"]
