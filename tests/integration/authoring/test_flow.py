"""The chart of a form: what leads where, in words, for everybody who may see the survey."""

from __future__ import annotations

from dataclasses import replace

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group
from consult.questions.question import Question
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring

FLOW = f"{SURVEYS}welcome/flow"


def test_conditions_are_said_with_the_words_of_the_form(authoring: Authoring) -> None:
    authoring.new()
    text = authoring.ana.open(FLOW).text
    assert "Only if “Do you work?” is “Yes”" in text
    assert "3 pages · 5 questions" in text


def test_each_page_says_where_it_leads(authoring: Authoring) -> None:
    authoring.new()
    page = authoring.ana.open(FLOW)
    assert "2. Your work, if “Do you work?” is “Yes”" in page.text
    assert "3. Your wishes, otherwise" in page.text
    assert "Answers here decide about: 2. Your work" in page.text


def test_french_staff_read_french_labels(authoring: Authoring) -> None:
    authoring.new()
    assert "Votre travail" in authoring.ana.open(FLOW.replace("/en/", "/fr/")).text


def test_a_formula_without_words_is_shown_as_it_is(authoring: Authoring) -> None:
    odd = Question("odd", "text", Localized({"en": "Odd?"}), relevant=Expression.parse("${age} mod 2 = 1"))
    authoring.new(replace(WELCOME, items=(*WELCOME.items, odd)))
    page = authoring.ana.open(FLOW)
    assert any(element.text == "${age} mod 2 = 1" for element in page.document.iter("code"))


def test_hostile_labels_stay_text(authoring: Authoring) -> None:
    label = Localized({"en": "<script>alert(1)</script> %(num)s {{ 7*7 }}"})
    hostile = Question("h", "text", label, relevant=Expression.parse("${works} = 'yes'"))
    authoring.new(replace(WELCOME, items=(*WELCOME.items, hostile)))
    page = authoring.ana.open(FLOW)
    assert "alert(1) %(num)s {{ 7*7 }}" in page.text
    assert not any(element.text for element in page.document.iter("script"))


def test_the_sections_of_a_long_form_are_folded_until_asked_for(authoring: Authoring) -> None:
    authoring.new(replace(WELCOME, items=(*WELCOME.items, *(_section(number) for number in range(60)))))
    folded = authoring.ana.open(FLOW)
    assert [each.get("open") for each in folded.document.iter("details")] == [None] * 60
    whole = folded.follow("Unfold everything, for example to print it")
    assert all(each.get("open") is not None for each in whole.document.iter("details"))


def _section(number: int) -> Group:
    pages = tuple(
        Group(
            f"g{number}p{page}",
            Localized({"en": f"Page {page}"}),
            items=(Question(f"q{number}p{page}", "text", Localized({"en": "Why?"})),),
        )
        for page in range(2)
    )
    return Group(f"g{number}", Localized({"en": f"Section {number}"}), items=pages)
