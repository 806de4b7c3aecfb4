"""Tables with filters and named ranges: as spreadsheets want them, or they repair the workbook and say so."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from consult.reports.named import LONGEST_HEADER, define_name, headers_of
from consult.reports.package import Package
from tests.reports.building import newcomers, row, rows, source, written
from tests.reports.households import FORM, households
from tests.reports.test_hostile_content import SHORT, hostile_source, named
from tests.samples.questions import ask, choices, questionnaire

MADE_AT = dt.datetime(2026, 3, 31, tzinfo=dt.UTC)


def assert_tables_are_sound(path: Path) -> None:
    """What Excel checks of each table when it opens a workbook."""
    workbook = load_workbook(path)
    taken = [name.casefold() for name in workbook.defined_names]
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            names = [column.name for column in table.tableColumns]
            headers = [sheet.cell(top, place).value for place in range(left, right + 1)]
            assert names == headers
            assert {sheet.cell(top, place).data_type for place in range(left, right + 1)} == {"s"}
            assert len({name.casefold() for name in names}) == len(names)
            assert all(0 < len(name.encode("utf-16-le")) // 2 <= LONGEST_HEADER for name in names)
            assert not any(re.search(r"[\t\n\r]", name) for name in names)
            assert bottom == max(sheet.max_row, top + 1)
            assert sheet.auto_filter.ref is None
            taken.append(table.displayName.casefold())
    assert len(set(taken)) == len(taken)
    assert all(
        re.fullmatch(r"[a-z_]\w*", name) and not re.fullmatch(r"[a-z]{1,3}\d+", name) for name in taken
    )


@pytest.mark.parametrize("words", ["en", "both", "ar"])
def test_tables_fit_their_rows_exactly(words: str, tmp_path: Path) -> None:
    answers = [{"one_change": "x", "spoken": ["ar"], "status": "worker"}, {}, {"one_change": "y"}]
    path = written(source(newcomers(), rows(*answers)), words, tmp_path)
    assert_tables_are_sound(path)
    sheets = load_workbook(path).worksheets
    assert [list(sheet.tables) for sheet in sheets[2:5]] == [["Responses"], ["Open_answers"], ["Codebook"]]


def test_tables_of_a_survey_without_responses_have_one_empty_row(tmp_path: Path) -> None:
    path = written(source(newcomers()), "fr", tmp_path)
    assert_tables_are_sound(path)
    assert load_workbook(path).worksheets[2].tables["Responses"].ref.endswith("3")


def test_each_repeat_has_a_table(tmp_path: Path) -> None:
    path = written(source(FORM, households()), "both", tmp_path)
    assert_tables_are_sound(path)
    tables = [name for sheet in load_workbook(path).worksheets for name in sheet.tables]
    assert tables == ["Responses", "Open_answers", "Codebook", "Entries_members", "Entries_members_schools"]


@pytest.mark.parametrize("payload", SHORT, ids=named)
def test_no_label_breaks_a_table(payload: str, tmp_path: Path) -> None:
    path = written(hostile_source(payload), "both", tmp_path)
    assert_tables_are_sound(path)
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.startswith("xl/tables/"):
                fromstring(package.read(part))


def test_questions_of_the_same_words_have_different_headers(tmp_path: Path) -> None:
    form = questionnaire(
        *(
            ask("text", key, label={"en": label})
            for key, label in (("a", "Why?"), ("b", "WHY?"), ("c", "Why?\nReally"), ("d", "x" * 400))
        )
    )
    path = written(source(form, [row({"a": "1"})]), "en", tmp_path)
    assert_tables_are_sound(path)
    headers = [cell.value for cell in load_workbook(path)["Responses"][2]][-4:]
    assert headers == ["Why?", "WHY? (2)", "Why? Really", f"{'x' * 254}…"]


def test_every_table_of_the_summary_has_a_name(tmp_path: Path) -> None:
    yes = choices("yes", "no")
    form = questionnaire(
        ask("select_one", "stay", choices=yes),
        ask("select_one", "Stay", choices=yes),
        ask("integer", "a1"),
        ask("text", "why"),
    )
    answers = rows({"stay": "yes", "Stay": "no", "a1": 3, "why": "x"})
    workbook = load_workbook(written(source(form, answers), "en", tmp_path), data_only=True)
    assert list(workbook.defined_names) == ["Q_stay", "Q_Stay_2", "Q_a1"]
    ((sheet, cells),) = workbook.defined_names["Q_stay"].destinations
    values = [[cell.value for cell in line] for line in workbook[sheet][cells]]
    assert values == [["Answer", "Responses", "Percentage"], ["YES", 1, 1], ["NO", 0, 0]]


def test_names_point_to_their_sheet_whatever_it_is_called(tmp_path: Path) -> None:
    package = Package(title="T", creator="C", language="en", direction="ltr", made_at=MADE_AT)
    sheet = package.add_sheet("L'été & l'hiver")
    define_name(sheet, "Q_it", "$A$1:$B$2")
    package.save(tmp_path / "named.xlsx")
    workbook = load_workbook(tmp_path / "named.xlsx")
    assert workbook.defined_names["Q_it"].attr_text == "'L''été & l''hiver'!$A$1:$B$2"


@given(st.lists(st.tuples(st.text(max_size=300), st.text(max_size=4)), max_size=12))
def test_headers_are_never_alike_empty_or_too_long(labels: list[tuple[str, str]]) -> None:
    headers = headers_of(labels)
    assert len({header.casefold() for header in headers}) == len(labels)
    assert all(
        0 < len(header.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_HEADER for header in headers
    )
