"""Forms that are large or wrong throughout are answered too, without trying for ever."""

from __future__ import annotations

import time

import pytest

from consult.questionnaires.xlsform.reader import MOST_FINDINGS
from consult.questionnaires.xlsform.survey_sheet import MAX_ROWS
from tests.unit.questionnaires.small_forms import choices, codes, errors, questionnaire, read, survey

SECONDS = 8.0
"""Of processor time; each takes about two on an ordinary machine, and took minutes before it was bounded."""

MANY = 4_000


@pytest.mark.parametrize(
    "row",
    [
        "select_one list_{n} | q{n} | Q",
        "texxt{n} | q{n} | Q",
        "text | quest{n} | Q | ${{quist{n}}} = ${{quast{n}}}",
        "text | q{n} | Q | ${{q{next}}} = 1",
        "text {spaces} x | q{n} | Q",
        "text | q{n} | Q | {letters}",
        "text | a | Q | ${{a}} = 1 and ${{b}} = 1",
        "text | a b{n} | Q | ${{a b{next}}} = ${{a b}}",
        "begin_group | g | ${{g}} | ${{g}} = 1",
        "This row tells a story | ${{a}} | Q | (",
        "begin loop over a | a | Q | (",
    ],
)
def test_form_full_of_mistakes_is_read_in_bounded_time(row: str) -> None:
    form = survey(
        *(row.format(n=n, next=(n + 1) % MANY, spaces=" " * 300, letters="a" * 400) for n in range(MANY)),
        header="type | name | label::en | relevant",
    )
    start = time.process_time()
    reading = read(form)
    assert reading.questionnaire is None
    assert time.process_time() - start < SECONDS


def test_parameters_of_letters_only_are_read_in_bounded_time() -> None:
    rows = (f"text | q{n} | Q | {'a' * 400}" for n in range(MANY))
    start = time.process_time()
    read(survey(*rows, header="type | name | label::en | parameters"))
    assert time.process_time() - start < SECONDS


def test_list_of_findings_ends_and_says_so() -> None:
    reading = read(survey(*(f"txt | q{n} | Q" for n in range(MOST_FINDINGS + 100))))
    assert len(reading.findings) == MOST_FINDINGS + 1
    assert codes(reading)[-1] == "more_findings"


def test_form_with_too_many_rows_is_refused() -> None:
    rows = (f"text | q{n} | Q" for n in range(MAX_ROWS + 1))
    assert errors(read(survey(*rows))) == ["too_many_rows"]


def test_groups_within_groups_end_somewhere() -> None:
    assert "groups_too_deep" in errors(read(survey(*(f"begin_group | g{n} | G" for n in range(2_000)))))


def test_expressions_end_somewhere() -> None:
    rows = (f"calculate | c{n} | | | | {'1 + ' * 4_500}1" for n in range(40))
    assert errors(read(survey(*rows))) == ["expressions_too_long"]


def test_long_list_in_very_many_questions_is_refused() -> None:
    cities = choices(*(f"cities | c{n} | City {n}" for n in range(10_000)))
    asked = survey(*(f"select_one cities | q{n} | Where?" for n in range(20)))
    assert errors(read(asked + cities)) == ["too_many_choices"]


def test_questions_share_their_list() -> None:
    made = questionnaire(survey("select_one l | a | A", "select_one l | b | B") + choices("l | x | X"))
    assert made.questions["a"].choices is made.questions["b"].choices
