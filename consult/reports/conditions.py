"""Conditions in words, in all the languages of a report, for a codebook: when a question was asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consult.expressions import Expression
from consult.questionnaires import conditions
from consult.questionnaires.phrases import line
from consult.questions import Question
from consult.reports.wording import Said, Wording


class Conditions:
    """``questions``: those that conditions may speak of, by key."""

    def __init__(self, questions: Mapping[str, Question], wording: Wording) -> None:
        self._each = [
            conditions.Conditions(questions, language, wording.fallback) for language in wording.languages
        ]

    def said(self, condition: Expression | None) -> Said | None:
        """The condition in words; None where it never holds or there is none."""
        phrases = [each.said(condition) for each in self._each]
        return None if None in phrases else Said(line(phrase) for phrase in phrases if phrase is not None)
