"""The sheet survey: types in every spelling, names, groups, what is refused."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Group
from tests.unit.questionnaires.small_forms import codes, errors, finding, place, questionnaire, read, survey

CHOICES = "\n| choices |\n| | list_name | name | label::en |\n| | yn | yes | Yes |\n| | yn | no | No |"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("text", "text"),
        ("string", "text"),
        ("Integer", "integer"),
        ("int", "integer"),
        ("decimal", "decimal"),
        ("range", "range"),
        ("date", "date"),
        ("time", "time"),
        ("dateTime", "dateTime"),
        ("datetime", "dateTime"),
        ("note", "note"),
        ("acknowledge", "acknowledge"),
        ("trigger", "acknowledge"),
        ("email", "email"),
        ("phonenumber", "phone"),
        ("phone number", "phone"),
        ("hidden", "hidden"),
        ("select_one yn", "select_one"),
        ("select one yn", "select_one"),
        ("Select One from yn", "select_one"),
        ("select1 yn", "select_one"),
        ("add select one prompt using yn", "select_one"),
        ("select_multiple yn", "select_multiple"),
        ("select multiple yn", "select_multiple"),
        ("select all that apply from yn", "select_multiple"),
        ("rank yn", "rank"),
        ("te\u200bxt", "text"),
        ("select_one\u00a0yn", "select_one"),
    ],
)
def test_every_spelling_of_a_type_is_understood(written: str, kind: str) -> None:
    assert questionnaire(survey(f"{written} | a | A") + CHOICES).questions["a"].kind == kind


@pytest.mark.parametrize(
    "written", ["select_one yn or_other", "select_one yn or other", "select1 yn or specify other"]
)
def test_or_other_is_kept(written: str) -> None:
    asked = questionnaire(survey(f"{written} | a | A") + CHOICES).questions["a"]
    assert (asked.list_name, asked.has_other) == ("yn", True)


def test_other_text_can_be_referred_to() -> None:
    form = survey("select_one yn or_other | a | A", "note | b | You said ${a_other}") + CHOICES
    assert "b" in questionnaire(form).questions


def test_question_with_the_name_of_an_other_text_is_renamed() -> None:
    made = questionnaire(survey("select_one yn or_other | a | A", "text | a_other | Which?") + CHOICES)
    assert list(made.questions) == ["a", "a_other_2"]


@pytest.mark.parametrize(
    "written", ["start", "end", "today", "deviceid", "username", "audit", "subscriberid", "imei"]
)
def test_metadata_is_accepted_and_said_to_stay_empty(written: str) -> None:
    reading = read(survey(f"{written} | meta", "text | a | A"))
    assert reading.questionnaire is not None
    assert finding(reading, "metadata_empty").severity == "warning"


def test_metadata_needs_no_name() -> None:
    assert list(questionnaire(survey("start", "text | a | A")).questions) == ["start", "a"]


@pytest.mark.parametrize("written", ["email", "phonenumber"])
def test_email_and_phone_without_a_label_are_metadata(written: str) -> None:
    assert questionnaire(survey(f"{written} | a", "text | b | B")).questions["a"].kind == "metadata"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("begin_group", "end_group"),
        ("begin group", "end group"),
        ("Begin  Group", "END GROUP"),
        ("begingroup", "end_group"),
    ],
)
def test_every_spelling_of_a_group_is_understood(begin: str, end: str) -> None:
    made = questionnaire(survey(f"{begin} | g | Group", "text | a | A", end))
    assert made.items[0] == Group("g", made.items[0].label, items=(made.questions["a"],))


def test_groups_stand_in_groups() -> None:
    made = questionnaire(
        survey("begin_group | g", "begin_group | h", "text | a | A", "end_group", "end_group")
    )
    assert made.paths == {"a": "g/h/a"}


def test_group_that_is_not_closed_is_found_where_it_begins() -> None:
    found = finding(read(survey("text | b | B", "begin_group | g", "text | a | A")), "group_not_closed")
    assert place(found) == "survey A3"


def test_end_without_a_beginning_is_found() -> None:
    assert place(finding(read(survey("text | a | A", "end_group")), "group_not_open")) == "survey A3"


def test_group_without_a_name_gets_one() -> None:
    reading = read(survey("begin_group | | Group", "text | a | A", "end_group"))
    assert reading.questionnaire is not None
    assert place(finding(reading, "name_made_up")) == "survey B2"


def test_unknown_type_comes_with_the_likeliest_spelling() -> None:
    found = finding(read(survey("txt | a | A")), "type_unknown")
    assert (place(found), str(found.remedy)) == ("survey A2", "Did you mean “text”?")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("select_ones area", "select_one area"),
        ("selct one area or_other", "select_one area or_other"),
        ("slect_multiple area", "select_multiple area"),
        ("geopiont", "geopoint"),
        ("texte", "text"),
    ],
)
def test_likeliest_spelling_keeps_the_name_of_the_list(written: str, meant: str) -> None:
    found = finding(read(survey(f"{written} | a | A")), "type_unknown")
    assert str(found.remedy) == f"Did you mean “{meant}”?"


@pytest.mark.parametrize("written", ["select_one", "select multiple", "Rank"])
def test_type_with_choices_but_no_list_says_what_is_missing(written: str) -> None:
    found = finding(read(survey(f"{written} | a | A")), "list_not_named")
    assert str(found.message) == f"After “{written}” the name of a list of choices is missing."


@pytest.mark.parametrize("name", ["a", "_a", "A-b.c", "prénom", "اسم"])
def test_usable_name_is_kept(name: str) -> None:
    assert list(questionnaire(survey(f"text | {name} | A")).questions) == [name]


def test_question_without_a_label_shows_its_name_with_a_warning() -> None:
    reading = read(survey("text | first_name"))
    assert (place(finding(reading, "label_missing")), errors(reading)) == ("survey C2", [])
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["first_name"].label == {"en": "first name"}


@pytest.mark.parametrize("kind", ["text", "integer", "date", "note"])
def test_calculation_without_a_label_is_not_shown_whatever_its_type(kind: str) -> None:
    reading = read(survey("text | b | B", f"{kind} | a | | | | 1 + 1"))
    assert "label_missing" not in codes(reading)
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].kind == "calculate"


def test_calculation_with_a_label_is_shown() -> None:
    assert questionnaire(survey("integer | a | Total | | | 1 + 1")).questions["a"].kind == "integer"


def test_hint_is_enough_to_be_read() -> None:
    form = survey("text | a | | Town", header="type | name | label::en | hint::en")
    assert questionnaire(form).questions["a"].hint["en"] == "Town"


def test_calculation_without_an_expression_is_found() -> None:
    assert place(finding(read(survey("text | b | B", "calculate | a")), "calculation_missing")) == "survey F3"


def test_all_findings_come_at_once() -> None:
    reading = read(survey("txt | a | A", "select_one x | b | B", "text | c | C | ${d} = 1", "end_group"))
    assert errors(reading) == ["type_unknown", "list_missing", "expression_unknown_name", "group_not_open"]


def test_row_with_a_label_but_no_type_is_found() -> None:
    assert place(finding(read(survey("text | b | B", "| a | A")), "type_missing")) == "survey A3"


def test_remark_below_the_header_does_not_disturb() -> None:
    form = "| survey |\n| | type | name | label::en | remark |\n| | | | | what to ask |\n| | text | a | A | |"
    reading = read(form)
    assert reading.questionnaire is not None
    assert finding(reading, "row_without_type").severity == "warning"


def test_disabled_row_is_left_out_and_said() -> None:
    form = (
        "| survey |\n| | type | name | label::en | disabled |\n| | text | a | A | yes |\n| | text | b | B | |"
    )
    reading = read(form)
    assert reading.questionnaire is not None
    assert list(reading.questionnaire.questions) == ["b"]
    assert "row_disabled" in codes(reading)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("start=0;end=10;step=1", {"start": "0", "end": "10", "step": "1"}),
        ("start = 0, end = 10", {"start": "0", "end": "10"}),
        ("end=5 Step=0.5", {"end": "5", "step": "0.5"}),
    ],
)
def test_parameters_are_read_in_every_spelling(parameters: str, expected: dict[str, str]) -> None:
    form = survey(f"range | a | A | {parameters}", header="type | name | label::en | parameters")
    assert questionnaire(form).questions["a"].parameters == expected


@pytest.mark.parametrize("parameters", ["start=0 to=", "many", "start=a", "start=1 end=1", "end=5 step=0"])
def test_unusable_range_is_found(parameters: str) -> None:
    form = survey(f"range | a | A | {parameters}", header="type | name | label::en | parameters")
    assert {place(found) for found in read(form).findings if found.severity == "error"} == {"survey D2"}


def test_appearance_and_randomising_are_kept() -> None:
    form = (
        "| survey |\n| | type | name | label::en | appearance | parameters |\n"
        "| | begin_group | g | | table-list  w1 | |\n"
        "| | select_one yn | a | A | list-nolabel | randomize=true seed=42 |\n| | end_group |" + CHOICES
    )
    made = questionnaire(form)
    assert made.items[0].appearance == ("table-list", "w1")
    assert made.questions["a"].appearance == ("list-nolabel",)
    assert made.questions["a"].parameters == {"randomize": "true", "seed": "42"}


def test_columns_of_the_author_are_kept() -> None:
    form = "| survey |\n| | type | name | label::en | chapter | bind::x:y |\n| | text | a | A | 1.0 | z |"
    assert questionnaire(form).questions["a"].extra == {"chapter": "1.0", "bind::x:y": "z"}


def test_form_without_questions_is_found() -> None:
    assert errors(read(survey("begin_group | g | G", "end_group"))) == ["no_questions"]
