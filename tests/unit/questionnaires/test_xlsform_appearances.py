"""What an author is told about the column ``appearance``: each word once, and never as an error."""

from __future__ import annotations

import re

import pytest

from consult.questionnaires.findings import Place
from consult.questionnaires.paging import pages
from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from consult.questionnaires.xlsform.appearances import appearance_findings
from tests.samples.questions import ask
from tests.samples.rendering import filled
from tests.unit.questionnaires.small_forms import choices, questionnaire, survey

PLACE = Place("survey", 3, "appearance")


def codes(*appearances: str, kind: str = "text") -> list[str]:
    said: set[str] = set()
    questions = [ask(kind, appearance=appearance) for appearance in appearances]
    found = [each for question in questions for each in appearance_findings(question, PLACE, said)]
    assert all(each.severity == "warning" for each in found)
    return [each.code for each in found]


def test_words_of_the_field_pass_in_silence() -> None:
    assert codes("multiline w6", "numbers thousands-sep", "printer", "Minimal") == []


def test_a_word_that_means_nothing_is_told_once() -> None:
    assert codes("appareance", "appareance", "other-word appareance") == ["appearance_unknown"] * 2


def test_prose_in_the_column_is_one_finding() -> None:
    assert codes("Can now repeat over the answers which were NOT selected") == ["appearance_unknown"]


def test_another_app_and_another_calendar_are_told_once_each() -> None:
    assert codes("ex:org.example.app", "ex:org.example.other") == ["appearance_app"]
    assert codes("ethiopian", "ethiopian", "islamic", kind="date") == ["appearance_calendar"] * 2


@pytest.mark.parametrize("word", ["randomized", "minimal randomized", "randomized(2, 1)", "Randomized"])
def test_choices_in_random_order_as_surveycto_asks_for_them(word: str) -> None:
    lists = choices("yn | y | Yes", "yn | n | No")
    made = questionnaire(
        survey(f"select_one yn | a | A | {word}", header="type | name | label::en | appearance") + lists
    )
    assert made.questions["a"].parameters == {"randomize": "true"}
    assert codes(word, kind="select_one") == []


LABELLED = choices("how | 1 | Not at all", "how | 5 | Very much")


@pytest.mark.parametrize(("end", "shown"), [("5", "Very much"), ("100", "5: Very much")])
def test_numbers_of_a_range_get_the_labels_of_a_list(end: str, shown: str) -> None:
    form = survey(
        f"range | a | A | end={end} tick_labelset=how", header="type | name | label::en | parameters"
    )
    made = questionnaire(form + LABELLED)
    assert [choice.key for choice in made.questions["a"].choices] == ["1", "5"]
    assert shown in " ".join(re.sub("<[^>]*>", "", filled((made, *pages(made)), {}, "en")).split())
    assert read_xlsform(write_xlsform(made), "again.xlsx").questionnaire == made
