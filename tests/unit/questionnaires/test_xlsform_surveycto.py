"""Functions that SurveyCTO has over the items of a repeat: read as the standard says the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import read_xlsform
from consult.questionnaires.xlsform.writer import export_xlsform
from tests.samples.surveycto import over_repeats
from tests.unit.questionnaires.logic_forms import state_of
from tests.unit.questionnaires.small_forms import errors, finding, place, questionnaire, read, survey

HEADER = "type | name | label::en | relevant | calculation"
MEMBERS = (
    *("integer | limit | L", "begin_repeat | members | M", "text | name | N", "integer | age | A"),
    *("begin_group | work | W", "integer | pay | P", "end_group"),
)


def asked(expression: str, *, inside: bool = False) -> str:
    calculation = f"calculate | c | | | {expression}"
    last = (calculation, "end_repeat") if inside else ("end_repeat", calculation)
    return survey(*MEMBERS, *last, header=HEADER)


def standard(expression: str, *, inside: bool = False) -> str:
    found = questionnaire(asked(expression, inside=inside)).questions["c"].calculation
    assert found is not None
    return found.source


def value(made: Questionnaire, **answers: Any) -> Any:
    return state_of(made, answers).states["c"].value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("join-if(', ', ${name}, ${age} > 17)", "join(', ', ${members}[./age > 17]/name)"),
        ("count-if(${members}, ${age} > 17)", "count(${members}[./age > 17])"),
        ("count-if(${name}, ${age} > 17)", "count(${members}[./age > 17])"),
        ("sum-if(${pay}, ${pay} > 500)", "sum(${members}[./work/pay > 500]/work/pay)"),
        ("min-if(${pay}, ${age} >= ${limit})", "min(${members}[./age >= ${limit}]/work/pay)"),
        ("max-if(${pay}, selected(${name}, 'a'))", "max(${members}[selected(./name, 'a')]/work/pay)"),
        ("1 + count-if(${members}, ${age}>17)*2", "1 + count(${members}[./age>17])*2"),
        ("COUNT-IF(${members}, ${name} = ‘a’)", "count(${members}[./name = 'a'])"),
        ("count-if(${members}, ${name} = '')", "count(${members}[string(./name) = ''])"),
        ("count-if(${members}, index() > 1)", "count(${members}[position(.) > 1])"),
        ("count-if(${members}, not(empty(${age})))", "count(${members}[not(empty(./age))])"),
        (
            "count-if(${members}, ${age} > indexed-repeat(${age}, ${members}, 1))",
            "count(${members}[./age > indexed-repeat(${age}, ${members}, 1)])",
        ),
        (
            "count-if(${members}, ${age} > min-if(${age}, ${age} > 3))",
            "count(${members}[./age > min(${members}[./age > 3]/age)])",
        ),
    ],
)
def test_function_is_said_in_the_standard(written: str, said: str) -> None:
    assert standard(written) == said


def test_author_is_told() -> None:
    reading = read(asked("count-if(${members}, ${age} > 17)"))
    found = finding(reading, "expression_in_standard")
    assert (found.severity, place(found), "count-if" in str(found.message)) == ("warning", "survey E10", True)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("${age} > 17", 2),
        ("${age} > ${limit}", 1),
        ("${pay} = ''", 1),
        ("${pay}", 1),
        ("string-length(${name})", 3),
        ("1", 3),
        ("false()", 0),
    ],
)
def test_condition_is_asked_of_every_item(condition: str, count: int) -> None:
    people = [{"name": "A", "age": 30, "pay": 5}, {"name": "B", "age": 20, "pay": 0}, {"name": "C", "age": 4}]
    assert (
        value(questionnaire(asked(f"count-if(${{members}}, {condition})")), limit=25, members=people) == count
    )


def test_inside_the_repeat_all_items_are_looked_at() -> None:
    made = questionnaire(asked("count-if(${members}, ${age} > 17)", inside=True))
    found = state_of(made, {"members": [{"age": 30}, {"age": 20}, {"age": 4}]})
    assert [each.state.value for each in found.every() if each.key == "c"] == [2, 2, 2]


@pytest.mark.parametrize(
    ("written", "rank"),
    [
        ("rank-index(1, ${pay})", 2),
        ("rank-index(2, ${pay})", 1),
        ("rank-index(3, ${pay})", 3),
        ("rank-index(4, ${pay})", 999),
        ("rank-index(9, ${pay})", 999),
        ("rank-index(0, ${pay})", 999),
        ("rank-index(1, ${name})", 999),
        ("rank-index-if(1, ${pay}, ${age} < 50)", 1),
        ("rank-index-if(2, ${pay}, ${age} < 50)", 999),
    ],
)
def test_rank_is_the_place_by_value(written: str, rank: int) -> None:
    people = [
        *({"name": "A", "age": 9, "pay": 5}, {"name": "B", "age": 60, "pay": 8}),
        *({"name": "C", "age": 9, "pay": 5}, {"name": "D", "age": 9}),
    ]
    assert value(questionnaire(asked(written)), members=people) == rank


RANKED = questionnaire(asked("rank-index(index(), ${pay})", inside=True))
MOST = questionnaire(asked("join-if(' ', ${pay}, ${age} > ${limit})"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 3), max_size=8))
def test_ranks_are_the_order_of_the_values_and_no_two_alike(pays: list[int]) -> None:
    found = state_of(RANKED, {"members": [{"pay": pay} for pay in pays]})
    ranks = [int(each.state.value) for each in found.every() if each.key == "c"]
    order = sorted(range(len(pays)), key=lambda place: (-pays[place], place))
    assert [order.index(place) + 1 for place in range(len(pays))] == ranks


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8), st.integers(0, 5))
def test_joined_are_those_of_whom_the_condition_holds(people: list[tuple[int, int]], limit: int) -> None:
    answers = [{"age": age, "pay": pay} for age, pay in people]
    expected = " ".join(str(pay) for age, pay in people if age > limit)
    assert (value(MOST, limit=limit, members=answers) or "") == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("count-if(${members})", "expression_argument"),
        ("join-if(${name}, ${age} > 1)", "expression_argument"),
        ("sum-if(${members}, ${age} > 1)", "expression_argument"),
        ("sum-if(${limit}, ${limit} > 1)", "expression_argument"),
        ("sum-if(1, ${age} > 1)", "expression_argument"),
        ("rank-index(${pay})", "expression_argument"),
        ("rank-index(1, ${limit})", "expression_argument"),
        ("count-if(${members}, )", "expression_argument"),
        ("count-if(${members}, ${age} >", "expression_argument"),
        ("count-if(${nobody}, ${age} > 1)", "expression_argument"),
    ],
)
def test_function_that_is_given_something_else_is_found_at_its_cell(written: str, code: str) -> None:
    reading = read(asked(written))
    assert errors(reading) == [code]
    assert place(finding(reading, code)) == "survey E10"


def test_calls_within_calls_grow_no_further_than_an_expression_may_be() -> None:
    nested = "1"
    for _ in range(12):
        nested = f"rank-index({nested}, ${{pay}})"
    assert errors(read(asked(nested))) == ["expression_too_long"]


def test_name_that_is_nowhere_is_found_inside_a_condition() -> None:
    assert errors(read(asked("count-if(${members}, ${agee} > 1)"))) == ["expression_unknown_name"]


ASKED = (
    *(
        "text | t | T",
        "begin_group | g | G | ${t} = ‘x’",
        "text | a | A | ${t} != ''",
        "text | b | B",
        "end_group",
    ),
    *("text | free | F", "begin_repeat | r | R", "text | c | C | ${free} = 'y'", "text | d | D | . = 1"),
)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("a", "((${t} = 'x') and (${t} != ''))"),
        ("b", "((${t} = 'x'))"),
        ("free", "true()"),
        ("c", "((${free} = 'y'))"),
    ],
)
def test_whether_a_question_is_asked_is_said_by_its_conditions(named: str, said: str) -> None:
    form = survey(
        *ASKED, f"calculate | z | | | if(relevant(${{{named}}}), 1, 0)", "end_repeat", header=HEADER
    )
    found = questionnaire(form).questions["z"].calculation
    assert found is not None
    assert found.source == f"if({said}, 1, 0)"


def test_place_of_an_item_is_the_same_for_who_asks_in_it() -> None:
    first = "text | first | F | index() = 1"
    rows = ("begin_repeat | r | R", first, "calculate | z | | | relevant(${first})", "end_repeat")
    found = questionnaire(survey(*rows, header=HEADER)).questions["z"].calculation
    assert found is not None
    assert found.source == "((index() = 1))"
    outside = ("begin_repeat | r | R", "text | x | X", "end_repeat", first, *rows[:1], *rows[2:])
    assert "expression_unsupported" in errors(read(survey(*outside, header=HEADER)))


@pytest.mark.parametrize("named", ["c", "d", "nobody"])
def test_conditions_that_mean_something_else_elsewhere_are_refused(named: str) -> None:
    inside = f"calculate | z | | | relevant(${{{named}}})" if named == "d" else "text | e | E"
    outside = "text | y | Y" if named == "d" else f"calculate | z | | | relevant(${{{named}}})"
    reading = read(survey(*ASKED, inside, "end_repeat", outside, header=HEADER))
    assert "expression_unsupported" in errors(reading)


@pytest.mark.parametrize("name", ["hash(${name})", "geo-scatter(${name}, 20)", "extract-signed('a', 'b')"])
def test_function_that_cannot_be_kept_is_refused_by_name(name: str) -> None:
    found = finding(read(asked(name)), "expression_unsupported")
    assert name.partition("(")[0] in str(found.message)


def test_everything_goes_out_as_the_standard_has_it_and_comes_back() -> None:
    made = over_repeats()
    exported = export_xlsform(made)
    assert [str(remark.message) for remark in exported.remarks] == []
    answer = converted(exported.workbook)
    assert "refused" not in answer, answer
    assert read_xlsform(exported.workbook, "again.xlsx").questionnaire == made
