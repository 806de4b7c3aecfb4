"""KoboToolbox's own blocks: rating, ranking and matrix come in as what the standard has for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import read_xlsform
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.questions.question import Question
from tests.unit.questionnaires.small_forms import (
    choices,
    codes,
    errors,
    finding,
    place,
    questionnaire,
    read,
    survey,
)

HEADER = "type | name | label::en | {list} | required | relevant | appearance"
LISTS = choices(
    *("sat | 1 | Bad", "sat | 2 | Good", "yn | yes | Yes", "yn | no | No"),
    *("needs | food | Food", "needs | water | Water", "needs | shelter | Shelter"),
    *("things | car | Car", "things | bike | Bike"),
)


def score(*rows: str, lists: str = LISTS) -> str:
    return survey(*rows, header=HEADER.format(list="kobo--score-choices")) + lists


def rank(*rows: str, lists: str = LISTS) -> str:
    header = HEADER.format(list="kobo--rank-items") + " | kobo--rank-constraint-message"
    return survey(*rows, header=header) + lists


def matrix(*rows: str, lists: str = LISTS) -> str:
    return survey(*rows, header=HEADER.format(list="kobo--matrix_list")) + lists


RATING = score(
    *("begin_score | rate | Our services | sat | true", "score__row | food | The food"),
    *("score__row | hall | The hall | | | ${food} = '1'", "end_score"),
)
TOP_TWO = rank(
    "begin_rank | top | Your needs | needs | | | | Choose another one",
    *("rank__level | n1 | 1st need", "rank__level | n2 | 2nd need", "end_rank"),
)
ALL_THREE = rank(
    *("begin_rank | top | Your needs | needs | | ${a} = 'x'", "rank__level | n1 | 1st need"),
    *("rank__level | n2 | 2nd need", "rank__level | n3 | 3rd need", "end_rank", "text | a | A"),
)
MATRIX = matrix(
    "begin_kobomatrix | m | Your things | things",
    *(
        "select_one yn | have | Do you have one? | | true | | w1",
        "integer | many | How many? | | | ${have} = 'yes'",
    ),
    "end_kobomatrix",
)


def only_group(form: str) -> Group:
    (found,) = (item for item in questionnaire(form).items if isinstance(item, Group))
    return found


def keys(made: Questionnaire) -> list[str]:
    return list(made.questions)


def source(question: Question, what: str) -> str:
    expression = getattr(question, what)
    return "" if expression is None else str(expression.source)


def test_rating_is_a_table_of_its_rows() -> None:
    group = only_group(RATING)
    assert (group.key, group.label, group.appearance) == ("rate", {"en": "Our services"}, ("table-list",))
    rows = [item for item in group.items if isinstance(item, Question)]
    assert [(row.key, row.kind, row.list_name) for row in rows] == [
        ("food", "select_one", "sat"),
        ("hall", "select_one", "sat"),
    ]
    assert [source(row, "required") for row in rows] == ["true()", "true()"]
    assert source(rows[1], "relevant") == "${food} = '1'"


def test_rows_of_a_voluntary_rating_are_voluntary() -> None:
    form = score("begin score | r | R | sat | false", "score__row | a | A", "end score")
    assert questionnaire(form).questions["a"].required is None


def test_condition_of_a_block_is_one_of_its_group() -> None:
    form = score(
        "text | t | T", "begin_score | r | R | sat | | ${t} = 'x'", "score__row | a | A", "end_score"
    )
    group = only_group(form)
    assert group.relevant is not None
    assert group.relevant.source == "${t} = 'x'"


def test_ranking_of_some_choices_asks_for_each_place() -> None:
    made = questionnaire(TOP_TWO)
    assert keys(made) == ["n1", "n2"]
    first, second = made.questions.values()
    assert [source(each, "constraint") for each in (first, second)] == ["", ". != ${n1}"]
    assert [source(each, "required") for each in (first, second)] == ["true()", "true()"]
    assert [each.appearance for each in (first, second)] == [("minimal",), ("minimal",)]
    assert (first.constraint_message, second.constraint_message) == ({}, {"en": "Choose another one"})


def test_third_place_refuses_both_before_it() -> None:
    form = ALL_THREE.replace("text | a | A", "text | a | You put ${n1} first")
    assert source(questionnaire(form).questions["n3"], "constraint") == ". != ${n1} and . != ${n2}"


def test_ranking_of_all_choices_is_one_ranking() -> None:
    question = questionnaire(ALL_THREE).questions["top"]
    assert (question.kind, question.list_name, question.label) == ("rank", "needs", {"en": "Your needs"})
    assert (source(question, "required"), source(question, "relevant")) == ("true()", "${a} = 'x'")
    assert keys(questionnaire(ALL_THREE)) == ["top", "a"]


@pytest.mark.parametrize(
    "change",
    [
        ("text | a | A", "text | a | After ${n2}"),  # somebody names the second place
        ("2nd need", "Second need"),  # a place with words of its own
        ("1st need", "1st need (of 3)"),
        ("rank__level | n3 | 3rd need", "rank__level | n3 | 3rd need | | | ${a} = 'y'"),
        ("rank__level | n3 | 3rd need", "rank__level | n3 | 3rd need | |"),
    ],
    ids=["referred to", "words", "another number", "condition", "nothing"],
)
def test_places_that_mean_something_stay_questions(change: tuple[str, str]) -> None:
    made = questionnaire(ALL_THREE.replace(*change))
    expected = ["top", "a"] if change[1].endswith("| |") else ["n1", "n2", "n3", "a"]
    assert keys(made) == expected


def test_place_that_is_switched_off_is_none() -> None:
    rows = (
        "begin_rank | top | T | needs | ",
        "rank__level | n1 | 1st |  | yes",
        "rank__level | n2 | 2nd",
        "end_rank",
    )
    form = survey(*rows, header="type | name | label::en | kobo--rank-items | disabled") + LISTS
    assert keys(questionnaire(form)) == ["n2"]


def test_place_without_a_name_gets_one_so_that_others_can_refuse_its_choice() -> None:
    form = rank("begin_rank | top | T | needs", "rank__level | | First", "rank__level | | Second", "end_rank")
    reading = read(form)
    assert codes(reading).count("name_made_up") == 2
    assert source(questionnaire(form).questions["top_2"], "constraint") == ". != ${top_1}"


def test_matrix_asks_every_question_for_every_row_under_the_names_of_kobo() -> None:
    made = questionnaire(MATRIX)
    assert keys(made) == ["m_car_have", "m_car_many", "m_bike_have", "m_bike_many"]
    assert next(iter(made.paths.values())) == "m/m_car/m_car_have"
    assert source(made.questions["m_bike_many"], "relevant") == "${m_bike_have} = 'yes'"
    assert source(made.questions["m_bike_have"], "required") == "true()"


def test_matrix_is_one_page_and_every_question_says_its_row() -> None:
    group = only_group(MATRIX)
    assert group.appearance == ("field-list",)
    rows = [item for item in group.items if isinstance(item, Group)]
    assert [(row.key, row.label) for row in rows] == [("m_car", {"en": "Car"}), ("m_bike", {"en": "Bike"})]
    assert questionnaire(MATRIX).questions["m_bike_many"].label == {"en": "Bike – How many?"}


def test_columns_of_a_matrix_share_the_page_in_their_proportions() -> None:
    made = questionnaire(MATRIX)
    assert made.questions["m_car_have"].appearance == ("w4", "horizontal-compact")
    assert made.questions["m_car_many"].appearance == ("w8",)


def test_group_of_the_same_name_around_a_matrix_is_no_mistake() -> None:
    form = MATRIX.replace("| | begin_kobomatrix", "| | begin_group | m | Things |\n| | begin_kobomatrix", 1)
    form = form.replace("| | end_kobomatrix |", "| | end_kobomatrix |\n| | end_group |")
    assert "name_repeated" not in codes(read(form))
    assert keys(questionnaire(form))[0] == "m_car_have"


def test_rows_of_a_matrix_are_no_list_of_choices_any_more() -> None:
    assert "things" not in questionnaire(MATRIX).choice_lists
    asked = MATRIX.replace("end_kobomatrix |", "end_kobomatrix |\n| | select_one things | t | T |")
    assert "things" in questionnaire(asked).choice_lists


def test_matrix_is_in_every_language_of_the_form() -> None:
    form = survey(
        *(
            "begin_kobomatrix | m | Things | Objets | things",
            "text | why | Why? | Pourquoi ?",
            "end_kobomatrix",
        ),
        header="type | name | label::en | label::fr | kobo--matrix_list",
    ) + choices("things | car | Car | Auto", header="list_name | name | label::en | label::fr")
    assert questionnaire(form).questions["m_car_why"].label == {"en": "Car – Why?", "fr": "Auto – Pourquoi ?"}


@pytest.mark.parametrize(
    ("form", "code", "where"),
    [(RATING, "kobo_rating", "A2"), (TOP_TWO, "kobo_ranking", "A2"), (MATRIX, "kobo_matrix", "A2")],
)
def test_author_is_told_what_became_of_a_block(form: str, code: str, where: str) -> None:
    found = finding(read(form), code)
    assert (found.severity, place(found)) == ("warning", f"survey {where}")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("begin_score", "end_score"),
        ("begin score", "end score"),
        ("Begin_Score", "END SCORE"),
        ("begin_koboscore", "end_koboscore"),
    ],
)
def test_blocks_are_read_in_every_spelling(begin: str, end: str) -> None:
    assert keys(questionnaire(score(f"{begin} | r | R | sat", "score__row | a | A", end))) == ["a"]


@pytest.mark.parametrize("end", ["end_kobomatrix", "end kobomatrix", "end_matrix"])
def test_matrix_ends_as_documentation_has_it(end: str) -> None:
    form = matrix("begin_kobomatrix | m | M | things", "text | a | A", end)
    assert keys(questionnaire(form)) == ["m_car_a", "m_bike_a"]


def test_names_that_the_form_builder_gave_count() -> None:
    form = survey(
        *(
            "begin_score | | r | Rate | k1 | sat",
            "score__row | old | food | Food | k2",
            "end_score | | | | /k1",
        ),
        header="type | name | $autoname | label::en | $kuid | kobo--score-choices",
    ) + choices("sat | | 1 | Bad", "sat | | 2 | Good", header="list_name | name | $autovalue | label::en")
    made = questionnaire(form)
    assert [item.key for item in made.items] == ["r"]
    assert keys(made) == ["food"]
    assert [choice.key for choice in made.questions["food"].choices] == ["1", "2"]


def test_book_keeping_of_the_form_builder_is_left_out() -> None:
    made = questionnaire(survey("text | a | A | k1", header="type | name | label::en | $kuid"))
    assert dict(made.questions["a"].extra) == {}


@pytest.mark.parametrize(
    ("form", "code", "where"),
    [
        (score("begin_score | r | R | sat", "score__row | a | A"), "group_not_closed", "A2"),
        (
            score(
                "begin_score | r | R | sat",
                "score__row | a | A",
                "begin_group | g | G",
                "text | b | B",
                "end_group",
            ),
            "group_not_closed",
            "A2",
        ),
        (score("text | a | A", "end_score"), "group_not_open", "A3"),
        (score("begin_score | r | R | sat", "score__row | a | A", "end_rank"), "group_mixed_up", "A4"),
        (score("score__row | a | A", "text | b | B"), "kobo_part_outside", "A2"),
        (score("begin_score | r | R | sat", "rank__level | a | A", "end_score"), "kobo_part_outside", "A3"),
        (score("begin_score | r | R", "score__row | a | A", "end_score"), "kobo_list_missing", "D2"),
        (rank("begin_rank | r | R", "rank__level | a | A", "end_rank"), "kobo_list_missing", "D2"),
        (matrix("begin_kobomatrix | m | M", "text | a | A", "end_kobomatrix"), "kobo_list_missing", "D2"),
        (
            matrix("begin_kobomatrix | m | M | thing", "text | a | A", "end_kobomatrix"),
            "kobo_list_missing",
            "D2",
        ),
        (score("begin_score | r | R | sat", "end_score", "text | b | B"), "kobo_block_empty", "A2"),
        (
            matrix("begin_kobomatrix | m | M | things", "end_kobomatrix", "text | b | B"),
            "kobo_block_empty",
            "A2",
        ),
    ],
)
def test_broken_block_is_found_at_its_row(form: str, code: str, where: str) -> None:
    reading = read(form)
    found = finding(reading, code)
    assert errors(reading) == [code]
    assert (place(found), bool(str(found.remedy))) == (f"survey {where}", True)


def test_list_of_a_matrix_with_a_slip_is_suggested() -> None:
    found = finding(
        read(matrix("begin_kobomatrix | m | M | thing", "text | a | A", "end_kobomatrix")),
        "kobo_list_missing",
    )
    assert "“things”" in str(found.remedy)


def test_missing_list_of_a_rating_is_answered_in_words_as_everywhere() -> None:
    reading = read(score("begin_score | r | R | sit", "score__row | a | A", "end_score"))
    assert errors(reading) == []
    assert "list_missing" in codes(reading)


def test_block_inside_a_repeat_stays_there() -> None:
    form = MATRIX.replace(
        "| | begin_kobomatrix", "| | begin_repeat | people | People |\n| | begin_kobomatrix", 1
    )
    form = form.replace("| | end_kobomatrix |", "| | end_kobomatrix |\n| | end_repeat |")
    repeat = only_group(form)
    assert (repeat.key, repeat.is_repeat, [item.key for item in repeat.items]) == ("people", True, ["m"])


def test_endless_matrix_is_too_long_and_takes_no_time() -> None:
    rows = [f"things | t{number} | T" for number in range(3_000)]
    form = matrix(
        "begin_kobomatrix | m | M | things",
        *(f"text | q{n} | Q" for n in range(50)),
        "end_kobomatrix",
        lists=choices(*rows),
    )
    assert "too_many_rows" in errors(read(form))


TYPES = (
    *("begin_score", "score__row", "end_score", "begin_rank", "rank__level", "end_rank", "begin_kobomatrix"),
    *(
        "end_kobomatrix",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "text",
        "select_one yn",
        "",
    ),
)
ROWS = st.tuples(
    *(
        st.sampled_from(TYPES),
        st.sampled_from(("a", "b", "c", "")),
        st.sampled_from(("1st", "A", "${a}", "")),
    ),
    *(st.sampled_from(("sat", "yn", "nosuch", "")), st.sampled_from(("", "${a} = 'x'", "${c} > 1"))),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=12))
def test_blocks_in_any_order_are_read_or_refused_and_what_is_read_comes_back(
    rows: list[tuple[str, ...]],
) -> None:
    header = "type | name | label::en | kobo--score-choices | relevant | kobo--rank-items | kobo--matrix_list"
    lines = (f"{' | '.join(row)} | {row[3]} | {row[3]}" for row in rows)
    reading = read(survey(*lines, header=header) + LISTS)
    assert bool(errors(reading)) is (reading.questionnaire is None)
    if reading.questionnaire is not None:
        again = read_xlsform(export_xlsform(reading.questionnaire).workbook, "again.xlsx")
        assert again.questionnaire == reading.questionnaire


@pytest.mark.parametrize(
    "form", [RATING, TOP_TWO, ALL_THREE, MATRIX], ids=["rating", "top", "ranking", "matrix"]
)
def test_block_goes_out_as_the_standard_has_it_and_comes_back(form: str) -> None:
    made = questionnaire(form)
    workbook = export_xlsform(made).workbook
    answer = converted(workbook)
    assert "refused" not in answer, answer
    assert read_xlsform(workbook, "again.xlsx").questionnaire == made
