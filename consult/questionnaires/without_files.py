"""The same questionnaire where files are not taken: their questions are read, and not answered."""

from __future__ import annotations

from dataclasses import replace

from consult.expressions import Expression
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of
from consult.questions.file import NOT_ONLINE

_ALWAYS = Expression.parse("true()")


def takes_files(questionnaire: Questionnaire) -> bool:
    """Whether it asks for a file anywhere."""
    return any(kind_of(question).takes_file for question in questionnaire.questions.values())


def without_files(questionnaire: Questionnaire) -> Questionnaire:
    """Questions for files cannot be answered, and none of them is required; itself if it has none.

    Made once for each questionnaire, which is immutable.
    """
    if not takes_files(questionnaire):
        return questionnaire
    kept: dict[str, Questionnaire] = questionnaire.__dict__
    if "_without_files" not in kept:
        kept["_without_files"] = replace(questionnaire, items=_without(questionnaire.items))
    return kept["_without_files"]


def _without(items: tuple[Question | Group, ...]) -> tuple[Question | Group, ...]:
    return tuple(
        replace(item, items=_without(item.items)) if isinstance(item, Group) else _closed(item)
        for item in items
    )


def _closed(question: Question) -> Question:
    if not kind_of(question).takes_file:
        return question
    return replace(
        question,
        required=None,
        constraint=None,
        default=None,
        read_only=_ALWAYS,
        appearance=(*question.appearance, NOT_ONLINE),
    )
