"""Lists beside a form, attached: whose choices they become, in which languages, under which filters."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest

from consult.expressions.tables import Table
from consult.questionnaires.data import tables_in
from consult.questionnaires.data.attach import attached
from consult.questionnaires.document import DocumentError, from_document, to_document
from consult.questionnaires.routing import QuestionState, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform
from tests.samples.questions import NOW
from tests.unit.questionnaires.small_forms import choices, survey

HEADER = "type | name | label::en | label::fr | choice_filter | calculation | appearance | parameters"
TOWNS = b"""name,label,label::French (fr),region,code
london,London,Londres,sw,1
hearst,Hearst,,no,2
windsor,New Windsor,Windsor,sw,3
,Nowhere,,sw,4
london,London again,,no,5
"""
PLACES = b"""{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "a", "properties": {"title": "Library"},
 "geometry": {"type": "Point", "coordinates": [-81, 43]}}]}"""
FILES = {
    "towns.csv": TOWNS,
    "places.geojson": PLACES,
    "things.xml": b"<root><item><name>x</name><label>X</label></item></root>",
}


def form(*rows: str, more: str = "", files: Mapping[str, bytes] = FILES) -> Questionnaire:
    written = survey(*rows, header=HEADER) + more
    reading = read_xlsform(written.encode(), "form.md", files)
    assert reading.questionnaire is not None, [str(found.message) for found in reading.findings]
    return attached(reading.questionnaire, tables_in(reading.files))


def labels(made: Questionnaire, key: str = "q", language: str = "en") -> dict[str, str]:
    return {choice.key: str(choice.label.pick(language)) for choice in made.questions[key].choices}


def state(made: Questionnaire, key: str = "q", language: str = "en", **answers: Any) -> QuestionState:
    return evaluate(made, answers, now=NOW, language=language).states[key]


def test_rows_of_a_file_are_the_choices_each_code_once() -> None:
    made = form("select_one_from_file towns.csv | q | Q | Q")
    assert labels(made) == {"london": "London", "hearst": "Hearst", "windsor": "New Windsor"}


def test_labels_of_a_file_may_be_in_several_languages() -> None:
    made = form("select_one_from_file towns.csv | q | Q | Q")
    assert labels(made, language="fr") == {"london": "Londres", "hearst": "Hearst", "windsor": "Windsor"}


def test_parameters_say_which_columns_are_read() -> None:
    made = form("select_one_from_file towns.csv | q | Q | Q | | | | value=code label=region")
    assert labels(made) == {"1": "sw", "2": "no", "3": "sw", "4": "sw", "5": "no"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("select_one_from_file places.geojson", {"a": "Library"}),
        ("select_multiple_from_file things.xml", {"x": "X"}),
        ("rank_from_file things.xml", {"x": "X"}),
    ],
)
def test_map_and_xml_are_lists_too(written: str, expected: dict[str, str]) -> None:
    assert labels(form(f"{written} | q | Q | Q")) == expected


def test_filter_names_columns_of_the_file() -> None:
    made = form("text | r | R | R", "select_one_from_file towns.csv | q | Q | Q | region = ${r}")
    assert state(made, r="sw").choices == ("london", "windsor")
    assert state(made, r="no").choices == ("hearst", "london")
    assert state(made).choices == ()


def test_answer_that_is_no_longer_on_offer_reads_as_empty() -> None:
    made = form("text | r | R | R", "select_one_from_file towns.csv | q | Q | Q | region = ${r}")
    assert state(made, r="no", q="windsor").value is None


EXTERNAL = """| external_choices |
| | list_name | name | label::en | label::fr | in |
| | province | on | Ontario | Ontario | |
| | town | london | London | Londres | on |
| | town | hull | Hull | Hull | qc |
"""


def test_external_choices_are_those_of_their_list() -> None:
    rows = ("select_one_external province | p | P | P", "select_one_external town | q | Q | Q | in = ${p}")
    made = form(*rows, more=EXTERNAL)
    assert labels(made, "p") == {"on": "Ontario"}
    assert labels(made, language="fr") == {"london": "Londres", "hull": "Hull"}
    assert state(made, "p").choices == ("on",)
    assert state(made, p="on").choices == ("london",)


@pytest.mark.parametrize(
    ("call", "offered"),
    [
        ("search('towns')", ["london", "hearst", "windsor"]),
        ("minimal search( 'towns.csv' )", ["london", "hearst", "windsor"]),
        ("search('towns', 'contains', 'label', ${t})", ["london", "windsor"]),
        ("search('towns', 'startswith', 'label', 'NEW')", ["windsor"]),
        ("search('towns', 'endswith', 'label', 'don')", ["london"]),
        ("search('towns', 'matches', 'name', 'hearst')", ["hearst"]),
        ("search('towns', 'matches', 'name', 'Hearst')", []),
        ("search('towns', 'matches', 'code', 3)", ["windsor"]),
        ("search('towns', 'contains', 'name, region', 'no')", ["hearst", "london"]),
        ("search('towns', 'contains', 'label', 'n', 'region', ${r})", ["london"]),
        (
            "search('towns', 'contains', 'label', 'n', 'region', concat('s', 'w')) minimal",
            ["london", "windsor"],
        ),
    ],
)
def test_search_offers_what_it_finds(call: str, offered: list[str]) -> None:
    made = form(
        "text | t | T | T",
        "text | r | R | R",
        f"select_one found | q | Q | Q | | | {call}",
        more=choices("found | name | label | label", header="list_name | name | label::en | label::fr"),
    )
    assert list(state(made, t="nd", r="no").choices or ()) == offered


def test_search_takes_several_columns_as_label_and_keeps_choices_that_are_numbers() -> None:
    made = form(
        "select_one found | q | Q | Q | | | search('towns', 'matches', 'region', 'no')",
        more=choices(
            "found | 99 | Another | Autre",
            "found | code | label, region | label",
            header="list_name | name | label::en | label::fr",
        ),
    )
    assert state(made).choices == ("99", "2", "5")
    assert labels(made)["2"] == "Hearst, no"


def test_label_of_a_choice_from_a_file_is_said_by_choice_name() -> None:
    made = form(
        "select_one_from_file towns.csv | q | Q | Q",
        "calculate | c | | | | jr:choice-name(${q}, '${q}')",
    )
    assert state(made, "c", "fr", q="london").value == "Londres"


@pytest.mark.parametrize(
    ("calculation", "value"),
    [
        ("pulldata('towns', 'label', 'name', ${t})", "Hearst"),
        ("instance('towns')/root/item[name = ${t}]/region", "no"),
        ("count(instance('towns')/root/item[region = 'sw'])", 3),
        ("instance('yes_no')/root/item[name = 'y']/label", "Oui"),
        ("count(instance('yes_no')/root/item)", 2),
        ("pulldata('nothing', 'a', 'b', 'c')", None),
    ],
)
def test_expressions_look_into_files_and_lists_of_the_form(calculation: str, value: Any) -> None:
    made = form(
        "text | t | T | T",
        "select_one yes_no | y | Y | Y",
        "csv-external | towns",
        f"calculate | c | | | | {calculation}",
        more=choices(
            "yes_no | y | Yes | Oui",
            "yes_no | n | No | Non",
            header="list_name | name | label::en | label::fr",
        ),
    )
    assert state(made, "c", "fr", t="hearst").value == value


def test_question_whose_list_is_missing_takes_words() -> None:
    made = form("select_one_from_file gone.csv | q | Q | Q | a = 'b'")
    assert made.questions["q"].kind == "text"
    assert state(made, q="A village").value == "A village"


def test_list_without_a_single_choice_takes_words_too() -> None:
    made = form("select_one_from_file empty.csv | q | Q | Q", files={"empty.csv": b"name,label\n"})
    assert made.questions["q"].kind == "text"


def test_what_is_attached_has_no_document() -> None:
    made = form("select_one_from_file towns.csv | q | Q | Q")
    with pytest.raises(DocumentError, match="attached"):
        to_document(made)


def test_document_comes_back_without_the_list() -> None:
    reading = read_xlsform(
        survey("select_one_from_file towns.csv | q | Q | Q", header=HEADER).encode(), "form.md", FILES
    )
    assert reading.questionnaire is not None
    document = to_document(reading.questionnaire)
    assert "Hearst" not in str(document)
    assert from_document(document) == reading.questionnaire


def test_form_without_files_stays_the_same_object() -> None:
    reading = read_xlsform(survey("text | q | Q | Q", header=HEADER).encode(), "form.md")
    assert reading.questionnaire is not None
    assert attached(reading.questionnaire, {}) is reading.questionnaire


def test_questions_share_the_list_of_a_file() -> None:
    rows = [f"select_one_from_file towns.csv | q{n} | Q | Q" for n in range(3)]
    made = form(*rows)
    assert made.questions["q0"].choices is made.questions["q2"].choices


def test_filter_of_twenty_thousand_rows_is_looked_up() -> None:
    rows = ("text | r | R | R", "select_one_from_file t.csv | q | Q | Q | region = ${r}")
    bare = read_xlsform(survey(*rows, header=HEADER).encode(), "form.md").questionnaire
    assert bare is not None
    table = Table(("name", "label", "region"), [(f"t{n}", f"T{n}", f"r{n % 500}") for n in range(20_000)])
    many = attached(bare, {"t.csv": table})
    assert len(state(many, r="r7").choices or ()) == 40
    begun = time.perf_counter()
    for _ in range(50):
        state(many, r="r7")
    assert (time.perf_counter() - begun) / 50 < 0.002
