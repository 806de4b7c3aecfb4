"""Surveys at the edges, and what makes a workbook pleasant: panes, filters, print, direction, properties."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.reports.entries import data_tables
from consult.reports.package import Package
from consult.reports.quotes import Quotes
from consult.reports.sheets.open_answers import add_open_answers
from consult.reports.sheets.responses import add_responses
from consult.reports.source import Selection, Source
from consult.reports.wording import Said, Wording
from consult.reports.workbook import write_entries
from tests.reports.building import MADE_ON, newcomers, row, rows, source, written
from tests.samples.kobo import kobo_form
from tests.samples.questions import ask, choices, questionnaire

YES_NO = choices(("yes", {"en": "Yes", "fr": "Oui"}), ("no", {"en": "No", "fr": "Non"}))


def opened(of: Source, folder: Path, words: str = "en") -> Workbook:
    return load_workbook(written(of, words, folder))


def lines(workbook: Workbook, sheet: int) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in workbook.worksheets[sheet].iter_rows()]


def texts(workbook: Workbook, sheet: int) -> list[Any]:
    return [value for line in lines(workbook, sheet) for value in line if value is not None]


def test_survey_without_responses_has_every_sheet(tmp_path: Path) -> None:
    workbook = opened(source(newcomers()), tmp_path)
    assert workbook.sheetnames == ["About", "Summary", "Responses", "Open answers", "Codebook", "Method"]
    assert texts(workbook, 1).count("Nobody has answered this question yet.") == 8
    assert workbook["Responses"].max_row == 2
    assert not workbook["Summary"]._charts


def test_single_response_is_summed_up(tmp_path: Path) -> None:
    workbook = opened(source(questionnaire(ask("integer")), rows({"it": 7})), tmp_path)
    assert ["Mean", 7, None] in [line[:3] for line in lines(workbook, 1)]
    assert ["Standard deviation", None, None] in [line[:3] for line in lines(workbook, 1)]


def test_response_without_an_answer_is_a_row_of_blanks(tmp_path: Path) -> None:
    workbook = opened(source(newcomers(), rows({})), tmp_path)
    assert {cell.value for cell in workbook["Responses"][3][5:]} == {None}


def test_long_list_shows_what_was_chosen_the_most_frequent_first(tmp_path: Path) -> None:
    many = ask("select_one", choices=choices(*(f"c{place}" for place in range(300))))
    answers = [{"it": "c250"}, {"it": "c250"}, {"it": "c3"}]
    workbook = opened(source(questionnaire(many), rows(*answers)), tmp_path)
    summary = lines(workbook, 1)
    start = next(place for place, line in enumerate(summary) if line[0] == "Answer")
    assert [line[:2] for line in summary[start + 1 : start + 3]] == [["C250", 2], ["C3", 1]]
    assert "298 choices that nobody chose are left out" in str(summary[start + 4][0])
    assert workbook["Codebook"].max_row == 1 + 9 + 1 + 200 + 1


def test_percentages_are_of_a_share_and_french_has_its_space(tmp_path: Path) -> None:
    of = source(
        questionnaire(ask("select_one", choices=YES_NO)), rows({"it": "yes"}, {"it": "yes"}, {"it": "no"})
    )
    for words, shown in (("en", "0%"), ("fr", '0"\u00a0"%'), ("both", '0"\u00a0"%')):
        summary = opened(of, tmp_path, words).worksheets[1]
        cell = next(line[2] for line in summary.iter_rows() if line[0].value in ("Yes", "Oui", "Yes / Oui"))
        assert (cell.value, cell.number_format) == ("=B7/B$9", shown)


def test_percentages_can_be_calculated_again_and_are_there_without(tmp_path: Path) -> None:
    of = source(
        questionnaire(ask("select_one", choices=YES_NO)), rows({"it": "yes"}, {"it": "yes"}, {"it": "no"})
    )
    shown = load_workbook(written(of, "en", tmp_path), data_only=True)["Summary"]
    assert [shown[cell].value for cell in ("B7", "B8", "B9", "C9")] == [2, 1, 3, 1]
    assert round(shown["C7"].value, 4) == 0.6667


def test_dates_and_numbers_are_typed(tmp_path: Path) -> None:
    form = questionnaire(ask("date", "d"), ask("time", "t"), ask("decimal", "n"), ask("text", "w"))
    answers = {"d": "2026-03-05", "t": "09:30", "n": -1.5, "w": "12"}
    responses = opened(source(form, rows(answers)), tmp_path)["Responses"]
    assert [cell.value for cell in responses[3][9:]] == [
        dt.datetime.fromisoformat("2026-03-05T00:00"),
        dt.time(9, 30),
        -1.5,
        "12",
    ]


def test_editing_a_text_does_not_make_a_formula_of_it(tmp_path: Path) -> None:
    responses = opened(source(questionnaire(ask("text")), rows({"it": "=1+1"})), tmp_path)["Responses"]
    assert responses.cell(3, 10).quotePrefix


def test_responses_keep_their_headers_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    responses = opened(source(questionnaire(ask("text")), rows({}, {})), tmp_path)["Responses"]
    assert responses.freeze_panes == "B3"
    assert responses.tables["Responses"].ref == responses.tables["Responses"].autoFilter.ref == "A2:J4"
    assert responses.auto_filter.ref is None
    assert responses.print_title_rows == "$1:$2"


def test_summary_is_set_up_for_paper(tmp_path: Path) -> None:
    form = questionnaire(*(ask("select_one", f"q{place}", choices=YES_NO) for place in range(30)))
    answers = [{f"q{place}": "yes" for place in range(30)}]
    summary = opened(source(form, rows(*answers)), tmp_path)["Summary"]
    assert summary.page_setup.paperSize == 1
    assert summary.print_title_rows == "$1:$1"
    first_of_page = {page_break.id + 1 for page_break in summary.row_breaks.brk}
    assert first_of_page
    assert all(str(summary.cell(line, 1).value)[0].isdigit() for line in first_of_page)


def test_every_question_of_choices_has_a_chart_of_its_own_cells(tmp_path: Path) -> None:
    of = source(questionnaire(ask("select_one", choices=YES_NO)), rows({"it": "yes"}))
    summary = opened(of, tmp_path)["Summary"]
    (chart,) = summary._charts
    series = chart.series[0]
    assert [point.v for point in series.cat.strRef.strCache.pt] == ["Yes", "No"]
    first, last = (
        summary[cell.replace("$", "")].value for cell in series.cat.strRef.f.split("!")[1].split(":")
    )
    assert (first, last) == ("Yes", "No")


def test_charts_say_in_words_what_they_show(tmp_path: Path) -> None:
    label = {"en": 'Do you "agree" <now>?'}
    of = source(questionnaire(ask("select_one", label=label, choices=YES_NO)), rows({"it": "yes"}))
    with zipfile.ZipFile(written(of, "en", tmp_path)) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert (
        "descr='Bar chart: 1. Do you \"agree\" &lt;now&gt;? – Most frequent answer: “Yes” (100%).'" in drawing
    )


def test_arabic_report_runs_from_right_to_left(tmp_path: Path) -> None:
    workbook = opened(source(newcomers(), rows({"arrival": 2020})), tmp_path, "ar")
    assert all(sheet.sheet_view.rightToLeft for sheet in workbook.worksheets)
    assert workbook.worksheets[1].cell(4, 1).alignment.horizontal == "right"
    assert workbook.properties.language == "ar"


def test_document_says_what_it_is_and_in_which_language(tmp_path: Path) -> None:
    properties = opened(source(newcomers()), tmp_path, "fr").properties
    assert (properties.title, properties.language) == ("Personnes nouvellement arrivées", "fr-CA")
    assert properties.creator == "Partenariat du bord du lac"
    assert properties.created.date() == MADE_ON


def test_selection_is_named_and_a_small_one_not_summed_up(tmp_path: Path) -> None:
    of = source(newcomers(), rows({"arrival": 2020}), total=50, selection=Selection(language="fr"))
    workbook = opened(of, tmp_path)
    assert ["Selection", "answers in French"] in [line[:2] for line in lines(workbook, 0)]
    assert ["Responses in this report", "1 of 50"] in [line[:2] for line in lines(workbook, 0)]
    assert any("nothing is summed up" in str(text) for text in texts(workbook, 1))


def test_own_entries_have_no_summary(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    write_entries(source(newcomers(), rows({"arrival": 2020})), Wording.of("fr"), path)
    assert len(load_workbook(path).sheetnames) == 3


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(tmp_path: Path) -> None:
    form = questionnaire(*(ask("text", f"q{place}") for place in range(8)))
    of = source(form, [row({"q7": str(place)}, place=place) for place in range(5)])
    (table,) = data_tables(of.asked, Wording.of("en"))
    package = package_of(of)
    add_responses(package, of, table, Said(("R",)), size=5, pointer="…", most_rows=5, most_columns=10)
    package.save(tmp_path / "many.xlsx")
    workbook = load_workbook(tmp_path / "many.xlsx")
    assert workbook.sheetnames == ["R", "R (2)", "R (3)", "R (4)"]
    assert [sheet.max_row for sheet in workbook.worksheets] == [5, 4, 5, 4]
    assert [workbook["R (4)"].cell(line, 8).value for line in (1, 3, 4)] == ["q7", "3", "4"]
    assert {sheet.cell(1, 1).value for sheet in workbook.worksheets} == {"_response"}


def test_open_answers_go_on_in_the_next_sheet_too(tmp_path: Path) -> None:
    of = source(questionnaire(ask("text")), rows(*({"it": str(place)} for place in range(5))))
    wording = Wording.of("en")
    package = package_of(of)
    with Quotes(data_tables(of.asked, wording), wording) as quotes:
        for each in of.rows():
            quotes.add(each)
        add_open_answers(package, wording, quotes, Said(("O",)), most_rows=4)
        package.save(tmp_path / "open.xlsx")
    workbook = load_workbook(tmp_path / "open.xlsx")
    assert [[cell.value for cell in sheet["B"]][1:] for sheet in workbook.worksheets] == [
        ["0", "1", "2"],
        ["3", "4"],
    ]


def package_of(of: Source) -> Package:
    moment = dt.datetime.combine(of.made_on, dt.time(), dt.UTC)
    return Package(title="T", creator="C", language="en", direction="ltr", made_at=moment)


@pytest.mark.parametrize("words", ["en", "both"])
def test_joined_labels_that_are_too_long_go_on_among_the_open_answers(words: str, tmp_path: Path) -> None:
    labels = [(f"c{place}", "long label " * 30) for place in range(200)]
    question = ask("select_multiple", choices=choices(*labels))
    everything = {"it": [code for code, _ in labels]}
    workbook = opened(source(questionnaire(question), rows(everything)), tmp_path, words)
    whole = "; ".join(label for _, label in labels)
    assert "".join(str(cell.value) for cell in workbook.worksheets[3]["B"][1:]) == whole


def test_unused_language_of_the_form_is_no_error(tmp_path: Path) -> None:
    form = Questionnaire("f", Localized({"so": "Foom"}), ("so",), (ask("text", label={"so": "Su’aal"}),), {})
    workbook = opened(source(form, rows({"it": "x"})), tmp_path, "so")
    assert workbook.worksheets[2].cell(2, 10).value == "Su’aal"


def test_questions_of_a_matrix_say_their_row_and_a_rating_is_counted_row_by_row(tmp_path: Path) -> None:
    answers = {"food": "good", "n1": "work", "n2": "rent", "order": ["rent", "lang", "work"]}
    workbook = opened(
        source(kobo_form(), rows({**answers, "home_phone_own": "yes", "home_phone_many": 2})), tmp_path
    )
    heads = [[cell.value for cell in line] for line in workbook["Responses"].iter_rows(max_row=2)]
    labels = dict(zip(*heads, strict=True))
    assert {"food", "hall", "n1", "n2", "order", "home_phone_own", "home_laptop_many"} <= set(labels)
    assert str(labels["home_laptop_many"]).endswith("Laptop – How many?")
    assert "Phone – Do you own one?" in " ".join(map(str, texts(workbook, 1)))
