"""Workbooks of what was chosen: some questions, several breakdowns, marks, weighted figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from consult.reports.analysis.profiles import Profile, Target
from consult.reports.columns import Row
from consult.reports.contents import Contents, plan_of
from consult.reports.source import Source
from consult.reports.wording import Wording
from tests.reports.building import as_tables, row, source, written
from tests.reports.test_expected_workbooks import assert_is_expected
from tests.samples.questions import ask, choices, questionnaire

AREA = choices(
    ("city", {"en": "City", "fr": "Ville", "ar": "المدينة"}),
    ("farm", {"en": "Farmland", "fr": "Campagne", "ar": "الريف"}),
)
BUS = choices(("yes", {"en": "Yes", "fr": "Oui", "ar": "نعم"}), ("no", {"en": "No", "fr": "Non", "ar": "لا"}))
FORM = questionnaire(
    ask(
        "select_one",
        "area",
        {"en": "Where do you live?", "fr": "Où vivez-vous?", "ar": "أين تسكن؟"},
        choices=AREA,
    ),
    ask("select_one", "bus", {"en": "Is there a bus?", "fr": "Y a-t-il un autobus?"}, choices=BUS),
    ask("integer", "km", {"en": "Kilometres to work", "fr": "Kilomètres jusqu’au travail"}),
    ask("text", "wish", {"en": "One wish", "fr": "Un souhait"}),
)
PROFILE = Profile((Target("area", {"city": 500, "farm": 500}, "Census"),))
EVERYTHING = Contents(
    (), ("area", "_language,area"), has_marks=True, is_weighted=True, name="For the council"
)


def answered() -> list[Row]:
    """Sixty in the city, of whom fifty have a bus; twenty in the country, of whom four do."""
    found = []
    for place in range(80):
        city = place < 60
        bus = place < 50 or 60 <= place < 64
        answers: dict[str, Any] = {
            "area": "city" if city else "farm",
            "bus": "yes" if bus else "no",
            "km": 5 + place % 7 if city else 40 + place % 9,
        }
        if place % 40 == 0:
            answers["wish"] = "A bus"
        found.append(row(answers, place=place, language="fr" if place % 4 == 0 else "en"))
    return found


def made(
    folder: Path, contents: Contents, profile: Profile | None = None, words: str = "en", **given: Any
) -> Workbook:
    return load_workbook(
        written(source(FORM, answered(), **given), words, folder, contents, profile), data_only=True
    )


def texts(workbook: Workbook, sheet: str) -> list[list[Any]]:
    lines = ([cell.value for cell in line] for line in workbook[sheet].iter_rows())
    return [[value for value in line if value is not None] for line in lines]


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("language", ["en", "fr", "both", "ar"])
def test_workbook_with_everything_is_as_expected(language: str, tmp_path: Path) -> None:
    of = source(FORM, answered())
    path = written(of, language, tmp_path, EVERYTHING, PROFILE)
    assert_is_expected(as_tables(path, left_out=(1, 2, 3, 4, 8)), f"chosen-{language}")


def test_each_breakdown_has_a_sheet(tmp_path: Path) -> None:
    workbook = made(tmp_path, EVERYTHING, PROFILE)
    assert workbook.sheetnames[5:] == ["Breakdown 1", "Breakdown 2", "Weighted", "Who answered", "Method"]


def test_marks_are_off_unless_they_are_wanted(tmp_path: Path) -> None:
    plain = made(tmp_path, Contents((), ("area",)))["Breakdown"]
    assert not [cell for line in plain.iter_rows() for cell in line if "▲" in cell.number_format]
    assert not [
        line for line in texts(made(tmp_path, Contents((), ("area",))), "Method") if "Marks" in str(line)
    ]


def test_a_mark_stands_at_a_share_that_is_more_than_chance(tmp_path: Path) -> None:
    sheet = made(tmp_path, Contents((), ("area",), has_marks=True))["Breakdown"]
    lines = [line for line in sheet.iter_rows() if line[0].value == "Yes"]
    assert [(cell.value, cell.number_format) for cell in lines[0][1:3]] == [
        (pytest.approx(50 / 60), '0%" ▲"'),
        (0.2, '0%" ▼"'),
    ]
    note = "▲ more, ▼ less than all others together, by more than chance explains."
    assert texts(made(tmp_path, Contents((), ("area",), has_marks=True)), "Breakdown").count([note]) == 2


def test_a_question_without_a_mark_needs_no_explanation(tmp_path: Path) -> None:
    rows = [
        row({"area": code, "bus": "yes"}, place=place) for place, code in enumerate(["city", "farm"] * 20)
    ]
    path = written(source(FORM, rows), "en", tmp_path, Contents((), ("area",), has_marks=True))
    said = [str(cell.value) for line in load_workbook(path)["Breakdown"].iter_rows() for cell in line]
    assert not [text for text in said if text.startswith("▲")]


def test_groups_of_too_few_are_named_and_have_no_column(tmp_path: Path) -> None:
    rows = [
        *answered(),
        *(row({"area": "farm", "bus": "no"}, place=900 + place, language="ar") for place in range(3)),
    ]
    path = written(source(FORM, rows), "en", tmp_path, Contents((), ("_language",)))
    workbook = load_workbook(path)
    heads = [line for line in texts(workbook, "Breakdown") if line[:1] == ["Language of the answers"]]
    assert heads == [["Language of the answers", "English"]]
    assert any("given away by them: Arabic; French." in str(line) for line in texts(workbook, "Breakdown"))


def test_weighted_figures_stand_beside_those_counted(tmp_path: Path) -> None:
    workbook = made(tmp_path, EVERYTHING, PROFILE)
    lines = {line[0]: line for line in texts(workbook, "Weighted") if line}
    # City and country count alike: (50/60 + 4/20) / 2.
    assert lines["Yes"][1:4] == [54, pytest.approx(54 / 80), pytest.approx((50 / 60 + 4 / 20) / 2, abs=0.006)]
    assert lines["Weighted, 80 responses are as exact as 60 unweighted ones."]
    assert any("(raking)" in str(line) for line in texts(workbook, "Method"))


def test_weighted_figures_without_known_numbers_are_said_to_be_missing(tmp_path: Path) -> None:
    workbook = made(tmp_path, EVERYTHING)
    assert "Weighted" not in workbook.sheetnames
    assert any("Weighted figures are missing" in str(line) for line in texts(workbook, "About"))
    assert ["No weights were used: every response counts the same."] in texts(workbook, "Method")


def test_only_chosen_questions_are_there_and_keep_their_order(tmp_path: Path) -> None:
    workbook = made(tmp_path, Contents(("km", "bus"), ("area",)), PROFILE)
    assert [cell.value for cell in workbook["Responses"][1]][-2:] == ["bus", "km"]
    titles = [
        line[0]
        for line in texts(workbook, "Summary")
        if line and str(line[0])[:2] in ("1.", "2.", "3.", "4.")
    ]
    assert titles == ["2. Is there a bus?", "3. Kilometres to work"]
    assert workbook["Open answers"].max_row == 1
    assert "area" not in [cell.value for cell in workbook["Codebook"]["A"]]
    assert ["This report is about 2 of them."] in texts(workbook, "Method")


def test_a_question_that_is_gone_is_said_and_the_rest_is_made(tmp_path: Path) -> None:
    workbook = made(tmp_path, Contents(("bus", "street"), ("area", "street", "wish")))
    note = "This survey has no longer what this report was to contain: street, wish. All the rest is here."
    assert ["Please note", note] in texts(workbook, "About")
    assert "Breakdown" in workbook.sheetnames


def test_a_report_of_which_every_question_is_gone_is_not_of_all(tmp_path: Path) -> None:
    workbook = made(tmp_path, Contents(("street",)))
    assert workbook["Responses"].max_column == 9


def test_a_question_that_is_no_longer_asked_is_said(tmp_path: Path) -> None:
    newest = questionnaire(*FORM.items[1:])
    of: Source = source([FORM, newest], answered())
    plan = plan_of(of, Contents(("area", "bus")))
    assert [said.line for said in plan.remarks(Wording(("en",)))] == [
        "The newest version of the form no longer asks: Where do you live?. Here are the earlier answers."
    ]


def test_a_selection_of_too_few_has_neither_breakdowns_nor_weights(tmp_path: Path) -> None:
    workbook = made(tmp_path, EVERYTHING, PROFILE, total=85)
    assert workbook.sheetnames == ["About", "Summary", "Responses", "Open answers", "Codebook"]


def test_breakdown_is_printed_with_its_heads_and_whole_tables(tmp_path: Path) -> None:
    many = questionnaire(*(ask("select_one", f"q{place}", choices=AREA) for place in range(30)))
    answers = {f"q{place}": "city" for place in range(30)}
    of = source(many, [row(answers, place=place) for place in range(20)])
    sheet = load_workbook(written(of, "en", tmp_path, Contents((), ("_channel",))))["Breakdown"]
    assert sheet.print_title_rows == "$4:$4"
    starts = [page_break.id + 1 for page_break in sheet.row_breaks.brk]
    assert starts
    assert all(str(sheet.cell(line, 1).value)[0].isdigit() for line in starts)
