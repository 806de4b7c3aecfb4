"""Answers inside other texts: a choice that names another answer is read with it, wherever it is read."""

from __future__ import annotations

from typing import Any

from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Questionnaire
from consult.responses.reading_back import read_back
from tests.samples.questions import NOW, ask, choices, one_page
from tests.samples.rendering import filled, parsed, words

WHERE = choices(("here", "In ${country}"), ("else", "Not in ${country}"))


def asked(*given: Any) -> tuple[Questionnaire, Page]:
    return one_page(
        ask("text", "country", "Country"), ask("select_one", "it", "Where?", choices=WHERE), *given
    )


def read(made: tuple[Questionnaire, Page], **answers: Any) -> list[str]:
    back = read_back(made[0], answers, "en", now=NOW, seed=0)
    return [str(line.answer) for section in back.sections() for line in section.lines]


def test_choice_is_read_back_with_the_answer_it_names() -> None:
    assert read(asked(), country="Mali", it="else") == ["Mali", "Not in Mali"]


def test_choice_in_another_text_brings_the_answer_it_names() -> None:
    html = filled(asked(ask("note", "said", "You live: ${it}")), {"country": "Mali", "it": "here"})
    assert "You live: In Mali" in words(parsed(html))


def test_choices_of_a_long_list_name_answers_too() -> None:
    many = (*WHERE, *choices(*(f"c{number}" for number in range(40))))
    made = one_page(ask("text", "country", "Country"), ask("select_one", "it", "Where?", choices=many))
    searched = {"it": {"texts": [], "details": {"find": "not in"}}}
    assert "Not in Mali" in words(parsed(filled(made, {"country": "Mali"}, unsaved=searched)))


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    assert read(asked(), country="${it}", it="here") == ["${it}", "In ${it}"]


def test_choices_that_name_each_other_come_to_an_end() -> None:
    around = one_page(
        ask("select_one", "a", "A", choices=choices(("x", "before ${b}"))),
        ask("select_one", "b", "B", choices=choices(("y", "after ${a}"))),
    )
    assert all(len(answer) < 100 for answer in read(around, a="x", b="y"))
