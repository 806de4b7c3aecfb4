"""What an author should look at before people are asked: nothing here keeps a questionnaire from use.

One module a subject. Every check is a short documented rule that stays silent where it is not sure: a warning
without a reason teaches people to read none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from consult.questionnaires.findings import Finding, Place, warning
from consult.questionnaires.lint import answering, choices, languages, length, logic, reading, scales, wording
from consult.questionnaires.lint.length import estimated_minutes
from consult.questionnaires.lint.remark import Remark
from consult.questionnaires.specification import Questionnaire

__all__ = ["CHECKS", "Locate", "Remark", "Subject", "estimated_minutes", "lint", "nowhere", "remarks"]

Subject = Literal["answering", "length", "wording", "choices", "languages", "logic"]
Check = Callable[[Questionnaire], Iterator[Remark]]
Locate = Callable[[str, str], Place]
"""(path of a text as in texts.py, or of what it belongs to; language) → where its author wrote it."""

CHECKS: tuple[tuple[Subject, tuple[Check, ...]], ...] = (
    ("answering", (answering.open_questions, answering.sensitive_questions, answering.grids)),
    ("choices", (choices.ranges, choices.others, choices.long_lists, scales.directions)),
    ("wording", (wording.double_negatives, wording.leading, reading.levels, reading.long_sentences)),
    ("length", (length.minutes, length.long_pages)),
    ("languages", (languages.official_languages, languages.notice, languages.translations)),
    ("logic", (logic.codes, logic.patterns, logic.empty_values, logic.unused_lists)),
)
"""Every check by its subject, those first that hurt respondents most."""


def nowhere(_path: str, _language: str) -> Place:
    """For questionnaires that do not come from a file."""
    return Place()


def remarks(questionnaire: Questionnaire) -> Iterator[tuple[Subject, Remark]]:
    """Everything that an author should look at."""
    for subject, checks in CHECKS:
        for check in checks:
            for remark in check(questionnaire):
                yield subject, remark


def lint(questionnaire: Questionnaire, locate: Locate = nowhere) -> list[Finding]:
    """All warnings, each at its place in the file."""
    found = []
    for _subject, remark in remarks(questionnaire):
        is_text = remark.path.count(":") > 1 or remark.path.startswith("notice")
        place = locate(remark.path, remark.language if is_text or remark.path == "title" else "")
        found.append(warning(remark.code, place, remark.message, remark.remedy))
    return found
