"""What an author is told about the column ``appearance``: each word once, and never as an error."""

from __future__ import annotations

from consult.questionnaires.findings import Place
from consult.questionnaires.xlsform.appearances import appearance_findings
from tests.samples.questions import ask

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
