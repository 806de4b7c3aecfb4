"""What other programs would refuse is written as they want it, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pytest
from openpyxl import load_workbook

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import read_xlsform
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.questions.question import Choice, Question

Cells = dict[str, str]
LIST = (Choice("yes", Localized({"en": "Yes"})), Choice("none", Localized({"en": "None"}), is_exclusive=True))
RICH = (Choice("x", Localized({"en": "X"}), MappingProxyType({"filter": "1"})),)
OTHERS = (Choice("no", Localized({"en": "No"})),)


def question(key: str = "a", kind: str = "text", **details: Any) -> Question:
    details.setdefault("label", Localized({"en": "A"}))
    return Question(key, kind, **details)


def listed(key: str = "a", kind: str = "select_one", **details: Any) -> Question:
    return question(key, kind, **{"list_name": "answers", "choices": LIST} | details)


def form(*items: Question | Group, **details: Any) -> Questionnaire:
    lists = {"answers": LIST, "others": OTHERS}
    return Questionnaire("form", Localized({"en": "Form"}), ("en",), items, lists, **details)


def expression(source: str) -> Expression:
    return Expression.parse(source)


def cells(made: Questionnaire, sheet: str = "survey", row: int = 2) -> Cells:
    """One row as it was written, by its headers."""
    header, *rows = load_workbook(BytesIO(export_xlsform(made).workbook))[sheet].iter_rows(values_only=True)
    return {
        str(name): str(cell) for name, cell in zip(header, rows[row - 2], strict=True) if cell is not None
    }


def said(made: Questionnaire) -> list[str]:
    return [str(remark.message) for remark in export_xlsform(made).remarks]


def assert_goes_out_and_comes_back(made: Questionnaire) -> None:
    workbook = export_xlsform(made).workbook
    answer = converted(workbook)
    assert "refused" not in answer, answer
    reading = read_xlsform(workbook, "again.xlsx")
    assert reading.questionnaire == made, [str(found.message) for found in reading.findings]


FORMS = {
    "title in two languages": replace(
        form(question(label=Localized({"en": "A", "fr": "A"}))),
        title=Localized({"en": "Form", "fr": "Formulaire"}),
        languages=("en", "fr"),
    ),
    "title not in the default language": replace(
        form(question(label=Localized({"en": "A", "fr": "A"}))),
        title=Localized({"fr": "Formulaire"}),
        languages=("en", "fr"),
    ),
    "large picture without a small one": form(question(media={"big-image": Localized({"en": "plan.png"})})),
    "picture not in the default language": replace(
        form(question(label=Localized({"en": "A", "fr": "A"}), media={"image": Localized({"fr": "a.png"})})),
        languages=("en", "fr"),
    ),
    "notice": form(question(), minutes=10),
    "settings that it uses inside": form(question(), settings={"children": "x", "style": "pages"}),
    "lines in a label": form(question(label=Localized({"en": "One\ntwo"}))),
    "phone": form(question(kind="phone"), question("b", "email")),
    "calculate with a default alone": form(question(), Question("c", "calculate", default=expression("'5'"))),
    "audit of another name": form(question(), Question("log", "audit")),
    "trigger that nobody sees": form(
        question(),
        Question("h", "hidden"),
        Question("c", "calculate", calculation=expression("now()"), trigger=("a", "h")),
    ),
    "types of one product": form(
        question(),
        Question("case", "metadata", parameters={"type": "caseid"}),
        Question("place", "metadata", parameters={"type": "background-geopoint"}),
        Question("start", "metadata", parameters={"type": "start-geopoint"}),
    ),
    "two audits": form(question(), Question("log", "audit"), Question("journal", "audit")),
    "audit that is asked for": form(Question("log", "audit"), question(relevant=expression("${log} = ''"))),
    "other of a filtered list": form(
        listed(has_other=True, choice_filter=expression("name != 'no'")),
    ),
    "exclusive choice": form(listed(kind="select_multiple", constraint=expression("count-selected(.) < 3"))),
    "parameters of ours": form(question(parameters={"colour": "red", "rows": "5"})),
    "seed without randomize": form(listed(parameters={"seed": "4"})),
    "seed with capitals": form(question("Age"), listed(parameters={"randomize": "true", "seed": "${Age}"})),
    "step wider than the range": form(
        question(kind="range", parameters={"start": "0", "end": "1", "step": "5"})
    ),
    "head of a grid": form(listed(label=Localized(), appearance=("label",))),
    "table of two lists": form(
        Group(
            "g",
            appearance=("table-list", "w1"),
            items=(listed(), listed("b", list_name="others", choices=OTHERS)),
        )
    ),
    "filtered table": form(
        Group("g", appearance=("table-list",), items=(listed(choice_filter=expression("name != 'no'")),))
    ),
    "reserved name": form(question("meta"), question("b", relevant=expression("${meta} = 1"))),
    "filter by a column that nothing fills": replace(
        form(listed(choices=RICH, choice_filter=expression("a = '' or filter = '1'"))),
        choice_lists={"answers": RICH, "others": OTHERS},
    ),
    "question called data": form(question("data"), question("b", relevant=expression("${data} = 1"))),
    "list called as a file": form(
        question(kind="select_one", source="answers.geojson"),
        listed("b", relevant=expression("instance('answers')/root/item[id=${a}]/title != ''")),
    ),
    "repeat called data": form(Group("data", Localized({"en": "D"}), items=(question(),), is_repeat=True)),
    "columns it uses inside": form(question(extra={"actions": "x", "children": "y", "tag": "z"})),
    "columns with more colons": form(question(extra={"label::x::y": "x", "control::a b": "y"})),
    "namespace that is not said": form(question(extra={"bind::x:y": "z"})),
    "reference to nothing in a remark": form(question(extra={"remark": "as ${b} and ${"})),
    "defaults that look calculated": form(
        question(default=expression("'well-known (x)'")), question("b", default=expression("'a * b'"))
    ),
    "date that begins as a sum": form(
        question(kind="date", default=expression("today() + 1")),
        question("b", kind="dateTime", default=expression("now() - 1")),
    ),
    "quoted default": form(question(default=expression('"it"'))),
    "curly quotation marks": form(
        question(relevant=expression("'l’école' != \"a “b” c\"")),
        question("b", constraint=expression("concat('“', \"’\") != '’“'")),
    ),
    "functions of ours": form(
        question(),
        question("b", relevant=expression("floor(${a}) = ceiling(1.5) and substring(${a}, 2) = 'x'")),
        question("c", constraint=expression("string() != coalesce(${a}, ${b}, 'x')")),
        Question("d", "calculate", calculation=expression("base64-encode(${a})")),
    ),
    "words of other, asked elsewhere": form(
        listed(has_other=True),
        question("b", relevant=expression("${a_other} != ''")),
        question("c", label=Localized({"en": "You said ${a_other}"})),
        Group(
            "r",
            is_repeat=True,
            items=(
                listed("d", has_other=True),
                Group("g", items=(question("e", relevant=expression("${d_other} != ${a_other}")),)),
                listed("f", choice_filter=expression("name != ${d_other}")),
            ),
        ),
        listed("h", has_other=True, choice_filter=expression("name != 'no'")),
        question("i", relevant=expression("${h_other} = 'x'")),
    ),
    "functions of one product": form(
        listed(),
        question("b", relevant=expression("empty(${a}) or choice-label(${a}, ${a}) = 'No'")),
        Group("r", is_repeat=True, items=(question("c", relevant=expression("index() > 1")),)),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_with_goes_out_and_comes_back(name: str) -> None:
    assert_goes_out_and_comes_back(FORMS[name])


def test_path_follows_a_group_that_gets_another_name() -> None:
    inner = Group("a", items=(question("x", "integer"),))
    total = Question("t", "calculate", calculation=expression("sum(${r}[./a/x > 1]/a/x)"))
    made = form(question(), Group("r", is_repeat=True, items=(inner,)), total)
    assert cells(made, row=8)["calculation"] == "sum(${r}[./a_2/x > 1]/a_2/x)"
    assert_goes_out_and_comes_back(made)


def test_what_would_grow_beyond_all_bounds_is_left_out() -> None:
    nested = "1"
    for _ in range(40):
        nested = f"substring('a', {nested}, 1)"
    made = form(Question("d", "calculate", calculation=expression(nested)))
    assert said(made) == ["“d”: the function “substring” is not known there."]


def test_words_of_other_are_found_by_their_path() -> None:
    made = FORMS["words of other, asked elsewhere"]
    assert cells(made, row=3)["relevant"] == "/data/a_other != ''"
    assert cells(made, row=4)["label::English (en)"] == "You said …"
    assert cells(made, row=8)["relevant"] == "current()/../../d_other != /data/a_other"
    assert cells(made, row=10)["choice_filter"] == "name != current()/../d_other"
    assert cells(made, row=13)["relevant"] == "'' = 'x'"
    assert "“c” does not show there what was written as “other”." in said(made)


def test_attributes_that_are_no_words_of_xml_go_out_and_come_back() -> None:
    attributes = {"my region": "north", "1st": "x", "a:b": "y", "parent": "p", "région": "r"}
    choice = Choice("x", Localized({"en": "X"}), MappingProxyType(attributes))
    made = form(question(kind="select_one", list_name="mine", choices=(choice,)))
    assert_goes_out_and_comes_back(replace(made, choice_lists={**made.choice_lists, "mine": (choice,)}))


def test_form_that_others_take_as_it_is_has_no_sheet_of_ours() -> None:
    assert load_workbook(BytesIO(export_xlsform(form(listed())).workbook)).sheetnames == [
        *("survey", "choices", "settings"),
    ]


def test_asked_telephone_number_is_a_text_to_others() -> None:
    row = cells(form(question(kind="phone")))
    assert (row["type"], row["appearance"]) == ("text", "numbers")


def test_exclusive_choice_is_a_constraint_to_others() -> None:
    assert cells(form(listed(kind="select_multiple")))["constraint"] == (
        "not((selected(., 'none')) and count-selected(.) > 1)"
    )


def test_constant_that_looks_calculated_is_said_to_be_a_text() -> None:
    assert cells(form(question(default=expression("'a * b'"))))["default"] == "string('a * b')"


def test_quoted_constant_loses_its_quotation_marks() -> None:
    assert cells(form(question(default=expression('"it"'))))["default"] == "it"


def test_what_others_cannot_do_is_said() -> None:
    assert said(FORMS["functions of one product"]) == []
    assert said(FORMS["functions of ours"]) == ["“d”: the function “base64-encode” is not known there."]
    assert said(FORMS["other of a filtered list"]) == [
        "“a” offers no “other” there, because its choices are filtered."
    ]
    assert said(FORMS["filtered table"]) == ["“g” is shown as a page of questions, not as a table."]
    assert said(FORMS["parameters of ours"]) == ["“a”: the parameter “colour” is not taken there."]


def test_group_that_asks_nothing_is_said() -> None:
    calculation = Question("c", "calculate", calculation=expression("1 + 1"))
    assert said(form(question(), Group("g", items=(calculation,)))) == [
        "The group “g” asks nothing; ODK Validate refuses that."
    ]


def test_column_put_aside_is_said_once() -> None:
    made = form(question(extra={"bind::x:y": "1"}), question("b", extra={"bind::x:y": "2"}))
    assert said(made) == ["Other programs would stumble over the column “bind::x:y”."]


def test_date_that_begins_as_a_sum_begins_as_a_date() -> None:
    assert cells(FORMS["date that begins as a sum"])["default"] == "date(today() + 1)"


def test_picture_of_one_language_is_one_of_the_default_language() -> None:
    assert cells(FORMS["picture not in the default language"])["media::image::English (en)"] == "a.png"


def test_large_picture_leads_to_itself_elsewhere() -> None:
    written = cells(FORMS["large picture without a small one"])
    assert written["media::image::English (en)"] == "plan.png"
    assert written["media::big-image::English (en)"] == "plan.png"


def test_reference_has_no_spaces_for_others() -> None:
    made = form(question(), question("b", relevant=expression("${ a } = 1")))
    assert cells(made, row=3)["relevant"] == "${a} = 1"


def test_declared_namespace_is_taken() -> None:
    made = form(question(extra={"bind::x:y": "1"}), settings={"namespaces": 'x="http://x.example/"'})
    assert said(made) == []
    assert cells(made)["bind::x:y"] == "1"
