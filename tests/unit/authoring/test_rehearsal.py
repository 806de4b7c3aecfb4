"""A rehearsal carries its answers, and shows pages to which no answer leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from consult.authoring.rehearsal import Rehearsal, first_place, laid_open, same_page, signed, unsigned
from consult.authoring.wording import shortened
from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.routing import pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question

NOW = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
ADULT = Expression.parse("${age} > 17")
FORM = Questionnaire(
    "f",
    Localized({"en": "F"}),
    ("en",),
    (
        Question("age", "integer", Localized({"en": "Age?"})),
        Group("adults", items=(Question("job", "text", Localized({"en": "Job?"})),), relevant=ADULT),
        Group(
            "kids",
            items=(Question("kid", "text", Localized({"en": "Kid?"})),),
            is_repeat=True,
            repeat_count=Expression.parse("0"),
        ),
    ),
    {},
)


def rehearsal(questionnaire: Questionnaire = FORM, **answers: object) -> Rehearsal:
    return Rehearsal(questionnaire, "en", answers, NOW)


@pytest.mark.parametrize(("age", "concerns"), [(20, True), (5, False)])
def test_a_page_concerns_whom_its_condition_lets_in(age: int, concerns: bool) -> None:
    here = rehearsal(age=age)
    spot = here.spot("adults")
    assert spot is not None
    assert here.concerns(spot) is concerns


@pytest.mark.parametrize("place", ["adults", "kids-item/1"])
def test_a_page_is_laid_open_where_no_answers_lead_to_it(place: str) -> None:
    here = rehearsal()
    spot = here.spot(place)
    assert spot is not None
    assert not here.concerns(spot)
    opened = laid_open(FORM, spot.page)
    inside = here.inside(opened, spot)
    assert inside.page_relevant(same_page(opened, spot).page, spot.trail)


def test_a_page_whose_every_question_is_hidden_shows_them_all() -> None:
    hidden = replace(
        FORM, items=(FORM.items[0], Question("q", "text", Localized({"en": "Q"}), relevant=ADULT))
    )
    alone = replace(hidden, items=(Group("g", items=(hidden.items[1],)),))  # type: ignore[arg-type]
    page = pages(alone)[0]
    assert laid_open(alone, page).questions["q"].relevant is None


def test_what_questions_of_a_page_ask_of_each_other_still_holds() -> None:
    page = pages(
        replace(FORM, items=(FORM.items[0], Question("q", "text", Localized({"en": "Q"}), relevant=ADULT)))
    )
    both = replace(FORM, items=page[0].questions)
    assert laid_open(both, page[0]).questions["q"].relevant is not None


def test_the_first_item_stands_for_all() -> None:
    assert [first_place(page) for page in pages(FORM)] == ["age", "adults", "kids", "kids-item/1"]


def test_answers_come_back_as_they_were() -> None:
    answers = {"age": 3, "kids": [{"kid": "ن"}]}
    assert unsigned(signed(answers, "key"), "key") == answers


@pytest.mark.parametrize("text", ["", "x", '{"age": 3}', "e30.AAAA"])
def test_answers_that_nobody_signed_are_none(text: str) -> None:
    assert unsigned(text, "key") == {}
    assert unsigned(signed({"age": 3}, "another key"), "key") == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [("**Why** ${name}?", "Why …?"), ("<b>A</b>\nB", "A B"), ("x" * 200, "x" * 89 + "…"), ("", "")],
)
def test_titles_are_one_short_line(text: str, line: str) -> None:
    assert shortened(text) == line
