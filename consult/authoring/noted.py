"""What was noted while a file was read: repaired, assumed, left out. Kept with the draft that came of it.

A form that can be used is used at once, and its file is not kept; without this nobody could say afterwards
why a choice has become a question in words. Advice on the questionnaire is another thing (advice.py): it
follows the draft, whatever is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale

from consult.i18n import OFFICIAL_LANGUAGES, Localized, LocalText, babel_code
from consult.questionnaires.findings import Finding, Message

MOST_ALIKE = 12
"""Notes of one kind that are kept with all their words; of the others only where they are."""

MOST_PLACES = 300

_SHOWN_ELSEWHERE = frozenset(("file_missing", "external_choices_missing"))
"""As long as they hold, the survey’s own page says so."""

_HARMLESS = (
    *("metadata_empty", "row_above_header", "row_of_prose", "row_disabled", "setting_without_effect"),
    *("appearance_calendar", "sheet_unused", "text_repaired", "characters_repaired", "column_put_aside"),
    *("expression_repaired", "kobo_matrix", "kobo_ranking", "kobo_rating", "list_name_varies"),
)
"""Nothing that people are asked is different because of these."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note: where in the file, what, and what to do."""

    sheet: str
    cell: str
    message: LocalText
    remedy: LocalText


@dataclass(frozen=True, slots=True)
class Alike:
    """Notes of one kind, in the order of the file. ``places``: of those that are not ``shown``."""

    count: int
    shown: list[Note]
    places: list[str]
    is_harmless: bool

    @property
    def hidden(self) -> int:
        return self.count - len(self.shown)


def to_keep(findings: Iterable[Finding]) -> dict[str, Any] | None:
    """The notes as a document, in both languages of the office; None where there are none."""
    unique = {(one.code, one.sheet, one.row, one.column, str(one.message)): one for one in findings}
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(unique.values(), key=_place):
        if finding.code not in _SHOWN_ELSEWHERE:
            by_code.setdefault(finding.code, []).append(finding)
    return {"alike": [_kept(code, alike) for code, alike in by_code.items()]} if by_code else None


def notes_of(document: Mapping[str, Any] | None, language: str) -> list[Alike]:
    """What :func:`to_keep` kept, in a language; what may have changed the meaning first."""
    found = [_read(kept, language) for kept in (document or {}).get("alike", ())]
    return sorted(found, key=lambda alike: alike.is_harmless)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notes there are, and how many of them may have changed what people are asked."""

    all: int
    doubtful: int


def counts_of(document: Mapping[str, Any] | None) -> Counts:
    """The counts of what :func:`to_keep` kept."""
    alike = (document or {}).get("alike", ())
    doubtful = (kept["count"] for kept in alike if kept["code"] not in _HARMLESS)
    return Counts(sum(kept["count"] for kept in alike), sum(doubtful))


def _kept(code: str, alike: list[Finding]) -> dict[str, Any]:
    return {
        "code": code,
        "count": len(alike),
        "shown": [
            {
                "sheet": finding.sheet,
                "cell": _cell(finding),
                "message": _in_both(finding.message),
                "remedy": _in_both(finding.remedy),
            }
            for finding in alike[:MOST_ALIKE]
        ],
        "places": [_cell(finding) for finding in alike[MOST_ALIKE : MOST_ALIKE + MOST_PLACES]],
    }


def _read(kept: Mapping[str, Any], language: str) -> Alike:
    shown = [
        Note(
            note["sheet"],
            note["cell"],
            Localized(note["message"]).pick(language),
            Localized(note["remedy"]).pick(language),
        )
        for note in kept["shown"]
    ]
    return Alike(kept["count"], shown, kept["places"], kept["code"] in _HARMLESS)


def _place(finding: Finding) -> tuple[bool, bool, str, int, int, str]:
    sheet = finding.sheet.lower()
    return sheet == "choices", sheet != "survey", sheet, finding.row or 0, len(finding.column), finding.column


def _cell(finding: Finding) -> str:
    """As a spreadsheet names it: B14, or the row alone."""
    return f"{finding.column}{finding.row or ''}"


def _in_both(message: Message) -> dict[str, str]:
    said = {}
    for code in OFFICIAL_LANGUAGES:
        with force_locale(babel_code(code)):
            said[code] = str(message)
    return said
