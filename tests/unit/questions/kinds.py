"""What the tests of kinds share: cleaning one question, and the sentence with which it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from consult.questions import Given, Question, Refused, kind_of
from tests.samples.questions import NOW


def clean(
    question: Question, *texts: str, language: str = "en", details: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The coded answers of what was typed."""
    given = Given(texts, details or {}, language, NOW)
    return dict(kind_of(question).clean(question, given))


def refused(
    question: Question, *texts: str, language: str = "en", details: Mapping[str, str] | None = None
) -> str:
    """The sentence with which it is refused; fails when it is taken."""
    with pytest.raises(Refused) as refusal:
        clean(question, *texts, language=language, details=details)
    return str(refusal.value)


def problem(question: Question, value: Any) -> str | None:
    """What is wrong with a coded value."""
    found = kind_of(question).problem(question, value)
    return None if found is None else str(found)


def typed_and_read_back(question: Question, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What is cleaned from what the inputs show for stored answers."""
    kind = kind_of(question)
    shown = kind.typed(question, answers, language)._replace(language=language, now=NOW)
    return dict(kind.clean(question, shown))


def cells(question: Question, answers: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """Column key → cell."""
    return {column.key: column.cell(answers, language) for column in kind_of(question).columns(question)}
