"""Questions of which the page's script cannot tell whether they are asked: tables are looked up here only."""

from __future__ import annotations

from collections.abc import Iterable

from consult.expressions import Expression
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question

_LOOKUPS = frozenset(("instance", "pulldata"))


def beyond_script(questionnaire: Questionnaire) -> frozenset[str]:
    """Their keys; worked out once and kept with the questionnaire."""
    kept: frozenset[str] | None = questionnaire.__dict__.get("_beyond_script")
    if kept is None:
        looked_up = _looked_up(questionnaire)
        found = _beyond(questionnaire.items, looked_up, is_inside=False)
        kept = questionnaire.__dict__["_beyond_script"] = frozenset(found)
    return kept


def _looked_up(questionnaire: Questionnaire) -> set[str]:
    """Calculations that look something up, or rest on one that does."""
    waiting = [question for question in questionnaire.questions.values() if question.calculation is not None]
    found: set[str] = set()
    while True:
        more = {question.key for question in waiting if _rests_on(question.calculation, found)}
        if more <= found:
            return found
        found |= more


def _beyond(items: Iterable[Question | Group], looked_up: set[str], *, is_inside: bool) -> Iterable[str]:
    for item in items:
        is_beyond = is_inside or _rests_on(item.relevant, looked_up)
        if isinstance(item, Group):
            yield from _beyond(item.items, looked_up, is_inside=is_beyond)
        elif is_beyond:
            yield item.key


def _rests_on(expression: Expression | None, looked_up: set[str]) -> bool:
    return expression is not None and not (
        expression.functions.isdisjoint(_LOOKUPS) and expression.references.isdisjoint(looked_up)
    )
