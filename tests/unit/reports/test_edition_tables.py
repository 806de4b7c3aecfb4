"""From responses to tables in which every response is somewhere."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest

from consult.reports.breakdowns import BY_LANGUAGE
from consult.reports.columns import Row
from consult.reports.disclosure.cells import Cell, Table
from consult.reports.disclosure.protect import protect
from consult.reports.edition_memory import edition_of, memory_of
from consult.reports.edition_tables import Choice, can_be_grouped_by, can_be_published, tables_of
from consult.reports.merging import Asked, merge
from tests.samples.questions import ask, choices, questionnaire

FORM = questionnaire(
    ask("select_one", "stay", choices=choices("yes", "no")),
    ask("select_multiple", "needs", choices=choices("work", "home", "school")),
    ask("range", "score", parameters={"start": "0", "end": "4", "step": "1"}),
    ask("text", "wish"),
    ask("integer", "year"),
)
ASKED = merge([(1, FORM)])


def row(language: str = "en", version: int = 1, **answers: Any) -> Row:
    return Row(uuid.uuid4(), version, language, "online", None, answers=answers)


def tables(rows: list[Row], *questions: str, by: tuple[str, ...] = (), sensitive: str = "") -> list[Table]:
    choice = Choice(questions, frozenset(filter(None, (sensitive,))), by)
    return tables_of(ASKED, rows, choice, 10, 20)


def named(key: str) -> Asked:
    return next(each for each in ASKED if each.key == key)


@pytest.mark.parametrize(("key", "can"), [("stay", True), ("needs", True), ("score", True)])
def test_questions_of_few_answers_can_be_published(key: str, can: bool) -> None:
    assert can_be_published(named(key)) is can


@pytest.mark.parametrize("key", ["wish", "year"])
def test_words_and_numbers_stay_inside(key: str) -> None:
    assert not can_be_published(named(key))


def test_groups_are_of_questions_with_one_answer() -> None:
    assert [each.key for each in ASKED if can_be_grouped_by(each)] == ["stay"]


def test_who_gave_no_answer_is_counted() -> None:
    (table,) = tables([row(stay="yes"), row(stay="no"), row()], "stay")
    assert table.counts == {("yes",): 1, ("no",): 1, ("",): 1}


def test_who_was_asked_by_another_version_gave_no_answer() -> None:
    (table,) = tables([row(stay="yes"), row(version=2, stay="yes")], "stay")
    assert table.counts == {("yes",): 1, ("",): 1}


def test_each_choice_of_several_is_counted_of_those_who_answered() -> None:
    work, home, school = tables([row(needs=["work", "home"]), row(needs=["work"]), row()], "needs")
    assert work.counts == {("1",): 2, ("",): 1}
    assert home.counts == {("1",): 1, ("0",): 1, ("",): 1}
    assert school.counts == {("0",): 2, ("",): 1}


def test_no_answer_is_the_same_people_for_each_choice() -> None:
    cells = [dict(table.cells()) for table in tables([row(needs=["work"]), row()], "needs")]
    nobody = Cell(frozenset((("needs", ""),)))
    assert [found[nobody] for found in cells] == [1, 1, 1]


def test_number_on_a_scale_is_its_own_category() -> None:
    (table,) = tables([row(score=3), row(score=3.0), row(score=0)], "score")
    assert table.counts == {("3",): 2, ("0",): 1}
    assert table.dimensions[0].is_ordered


def test_every_response_is_in_one_group() -> None:
    _, table = tables([row("en", stay="yes"), row("fr"), row("fr", stay="no")], "stay", by=(BY_LANGUAGE,))
    assert sum(table.counts.values()) == 3
    assert table.dimensions[1].categories == ("en", "fr")


def test_sensitive_question_has_the_higher_threshold() -> None:
    found = tables([row(stay="yes")], "stay", "score", by=(BY_LANGUAGE,), sensitive="stay")
    assert [table.threshold for table in found] == [20, 20, 10, 10]


def test_question_is_not_broken_down_by_itself() -> None:
    assert len(tables([row(stay="yes")], "stay", by=("stay",))) == 1


def test_what_is_remembered_of_an_edition_is_all_of_it() -> None:
    draw = random.Random(1)
    rows = [
        row(draw.choice("eeeef"), stay=draw.choice(["yes", "no"]), needs=[draw.choice(["work", "home"])])
        for _ in range(200)
    ]
    edition = protect(tables(rows, "stay", "needs", by=(BY_LANGUAGE,)), key=b"k").edition
    again = edition_of(memory_of(edition))
    assert (again.tables, again.hidden, again.primary) == (edition.tables, edition.hidden, edition.primary)
    assert again.merged.parts == edition.merged.parts
    assert again.merged.tables == edition.merged.tables
