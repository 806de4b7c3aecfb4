"""Questionnaires in a few words, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.routing import Evaluation, evaluate
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Choice, Question

NOW = datetime.fromisoformat("2026-01-31T12:00:00-05:00")
_LOGIC = ("required", "relevant", "constraint", "calculation", "default", "read_only", "choice_filter")


def form(*items: Question | Group) -> Questionnaire:
    return Questionnaire("form", Localized({"en": "Form"}), ("en", "fr"), items, {})


def ask(key: str, kind: str = "text", **given: Any) -> Question:
    """A question; its conditions are written as text."""
    return Question(key, kind, **{name: _parsed(name, value) for name, value in given.items()})


def group(key: str, *items: Question | Group, relevant: str = "", appearance: tuple[str, ...] = ()) -> Group:
    condition = Expression.parse(relevant) if relevant else None
    return Group(key, Localized({"en": key.title()}), relevant=condition, items=items, appearance=appearance)


def repeat(
    key: str,
    *items: Question | Group,
    count: str = "",
    relevant: str = "",
    appearance: tuple[str, ...] = (),
) -> Group:
    inner = group(key, *items, relevant=relevant, appearance=appearance)
    return replace(inner, is_repeat=True, repeat_count=Expression.parse(count) if count else None)


def choices(*codes: str, **attributes: str) -> tuple[Choice, ...]:
    """Choices by code; ``of`` given as ``toronto="ontario"`` becomes their attribute ``of``."""
    return tuple(
        Choice(code, Localized({"en": code.title(), "fr": f"{code} (fr)"}), {"of": attributes.get(code, "")})
        for code in codes
    )


def state_of(questionnaire: Questionnaire, answers: Mapping[str, Any], **how: Any) -> Evaluation:
    return evaluate(questionnaire, answers, **{"now": NOW, "language": "en", **how})


def _parsed(name: str, value: Any) -> Any:
    return Expression.parse(value) if name in _LOGIC else value
