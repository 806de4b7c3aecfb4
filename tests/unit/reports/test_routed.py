"""Which questions are asked of some only, read from the conditions of a form."""

from __future__ import annotations

import uuid

import pytest

from consult.reports.columns import Row
from consult.reports.disclosure.cells import Link
from consult.reports.disclosure.protect import Protected, protect
from consult.reports.edition_memory import edition_of, memory_of
from consult.reports.edition_tables import Choice, tables_of
from consult.reports.merging import Asked, merge
from consult.reports.routed import links_of, with_those_before
from tests.samples.questions import ask, choices, group, questionnaire

WORK = ask("select_one", "work", choices=choices("yes", "no", "unsure"))
NEEDS = ask("select_multiple", "needs", choices=choices("home", "school"))
SCORE = ask("range", "score", parameters={"start": "0", "end": "4", "step": "1"})


def asked(relevant: str) -> tuple[Asked, ...]:
    follow_up = ask("select_one", "more", choices=choices("a", "b"), relevant=relevant)
    return merge([(1, questionnaire(WORK, NEEDS, SCORE, ask("integer", "age"), follow_up))])


def link(dimension: str, *codes: str) -> Link:
    return Link(("more", ""), dimension, frozenset(codes))


@pytest.mark.parametrize(
    ("relevant", "found"),
    [
        ("${work} = 'yes'", link("work", "yes")),
        ("${work} != 'no'", link("work", "yes", "unsure", "")),
        ("${work} = 'yes' or ${work} = 'unsure'", link("work", "yes", "unsure")),
        ("not(${work} = 'yes')", link("work", "no", "unsure", "")),
        ("${score} > 2", link("score", "3", "4")),
        ("selected(${work}, 'yes') and ${age} > 17", link("work", "yes")),
    ],
)
def test_condition_says_after_which_answers_a_question_is_asked(relevant: str, found: Link) -> None:
    assert links_of(asked(relevant)) == (found,)


def test_choice_of_several_leads_on() -> None:
    assert link("needs/home", "1") in links_of(asked("selected(${needs}, 'home')"))


def test_question_in_a_group_is_asked_when_the_group_is() -> None:
    inner = ask("select_one", "more", choices=choices("a", "b"), relevant="${score} > 2")
    form = questionnaire(WORK, SCORE, group(inner, relevant="${work} = 'yes'"))
    assert links_of(merge([(1, form)])) == (link("work", "yes"), link("score", "3", "4"))


@pytest.mark.parametrize("relevant", ["${age} > 17", "${work} = ${more}", "${work} = 'yes' or ${age} > 17"])
def test_what_no_single_list_of_choices_decides_is_left_out(relevant: str) -> None:
    assert links_of(asked(relevant)) == ()


def test_numbers_lead_on_where_their_classes_are_named() -> None:
    found = links_of(asked("${age} > 17"), {"age": {"young": (12, 17), "both": (17, 18), "old": (40,)}})
    assert found == (link("age", "both", "old"),)


def test_questions_before_are_counted_with_those_that_are_published() -> None:
    form = asked("${work} = 'yes'")
    assert with_those_before(form, Choice(("more",))).questions == ("more", "work")
    assert with_those_before(form, Choice(("needs",))).questions == ("needs",)


def _protected() -> Protected:
    """95 of 104 work and answer the follow-up, 5 do not."""
    form = asked("${work} = 'yes'")
    given = [{"work": "yes", "more": "ab"[place % 2]} for place in range(95)] + [{"work": "no"}] * 5
    rows = [Row(uuid.uuid4(), 1, "en", "online", None, answers=each) for each in (*given, *[{}] * 4)]
    tables = tables_of(form, rows, with_those_before(form, Choice(("more",))), 10, 20)
    return protect(tables, key=b"k", links=links_of(form))


def test_follow_up_alone_does_not_tell_how_few_were_not_asked() -> None:
    shown = {cell.name: count for cell, count in _protected().shown.items()}
    assert shown["more="] is None


def test_later_editions_know_who_was_asked() -> None:
    edition = _protected().edition
    assert edition_of(memory_of(edition)).links == edition.links
    old = {key: value for key, value in memory_of(edition).items() if key != "links"}
    assert edition_of(old).links == ()
