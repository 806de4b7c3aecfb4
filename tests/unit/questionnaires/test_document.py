"""A questionnaire survives its way through JSON, and its digest stands for its content."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.document import (
    DocumentError,
    canonical,
    digest,
    from_document,
    notice_digest,
    to_document,
)
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question
from tests.unit.questionnaires.generated import UNHURRIED, questionnaires

YES = Choice("yes", Localized({"en": "Yes", "fr": "Oui"}))
NO = Choice("no", Localized({"en": "No", "fr": "Non"}), {"region": "all"}, is_exclusive=True)
TOWN = Question("town", "text", Localized({"en": "Town?"}))
SMALL = Questionnaire(
    "small",
    Localized({"fr": "Petit", "en": "Small"}),
    ("fr", "en"),
    (
        Group(
            "page", Localized({"en": "Page"}), items=(Question("town", "text", Localized({"en": "Town?"})),)
        ),
        Question(
            "born_here",
            "select_one",
            Localized({"en": "Born in ${town}?"}),
            relevant=Expression.parse("${town} != ''"),
            list_name="yes_no",
            choices=(YES, NO),
        ),
        Group("empty"),
    ),
    {"yes_no": (YES, NO)},
    Notice(purpose=Localized({"en": "To plan"})),
)


@settings(UNHURRIED, max_examples=60)
@given(questionnaires())
def test_questionnaire_survives_json(made: Questionnaire) -> None:
    assert from_document(json.loads(canonical(to_document(made)))) == made


def test_document_of_a_question_is_what_an_author_would_recognise() -> None:
    assert to_document(SMALL)["items"][1] == {
        "key": "born_here",
        "kind": "select_one",
        "label": {"en": "Born in ${town}?"},
        "relevant": "${town} != ''",
        "list_name": "yes_no",
    }


def test_empty_group_stays_a_group() -> None:
    assert from_document(to_document(SMALL)).items[2] == Group("empty")


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    document = to_document(SMALL)
    assert digest(dict(reversed(document.items()))) == digest(document)


def test_digest_depends_on_the_order_of_languages() -> None:
    turned = replace(SMALL, languages=("en", "fr"))
    assert digest(to_document(turned)) != digest(to_document(SMALL))


def test_notice_digest_changes_with_the_notice_only() -> None:
    document = to_document(SMALL)
    renamed = to_document(replace(SMALL, title=Localized({"en": "Other"})))
    other_notice = to_document(replace(SMALL, notice=Notice(purpose=Localized({"en": "To count"}))))
    assert notice_digest(renamed) == notice_digest(document)
    assert notice_digest(other_notice) != notice_digest(document)


def test_questionnaire_without_notice_has_a_notice_digest() -> None:
    assert len(notice_digest(to_document(replace(SMALL, notice=Notice())))) == 64


def test_question_with_other_choices_than_its_list_is_refused() -> None:
    lost = replace(SMALL, choice_lists={"yes_no": (YES,)})
    with pytest.raises(DocumentError, match="born_here"):
        to_document(lost)


def changed(**changes: Any) -> dict[str, Any]:
    return {**to_document(SMALL), **changes}


@pytest.mark.parametrize(
    "document",
    [
        {},
        changed(format=2),
        changed(items=[{"key": "a"}]),
        changed(items=[{"key": "a", "kind": "text", "surprise": 1}]),
        changed(items=[{"key": "a", "kind": "text", "relevant": "1 ="}]),
        changed(items=[{"key": "a", "kind": "text", "has_other": "yes"}]),
        changed(items=["a"]),
        changed(items=7),
        changed(title="Small"),
        changed(minutes="ten"),
        changed(choice_lists={"a": [{"label": {}}]}),
        changed(unknown=1),
    ],
    ids=lambda document: str(list(document.items())[-1:])[:40],
)
def test_what_is_no_questionnaire_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DocumentError):
        from_document(document)
