"""Staff put a questionnaire on the web, people answer, staff take the report home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from consult.questionnaires.xlsform import write_xlsform
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.places import Places
from tests.browser.screen import Screen
from tests.integration.answering.questionnaires import WELCOME
from tests.samples.parts import PART

PRIYA = "priya@ashbrook.example"
MARC = "marc@ashbrook.example"
UPLOAD = "/office/en/surveys/new"


def upload(screen: Screen, file: Path) -> None:
    screen.open(UPLOAD)
    screen.page.locator("[name=file]").set_input_files(file)
    screen.press("Read the questionnaire")


def answer(screen: Screen, survey: str, language: str, area: str) -> None:
    screen.open(f"/{language}/s/{survey}/")
    screen.press("I agree. Start")
    screen.field("area").fill(area)
    screen.choose("works", "no")
    while not screen.place.endswith("/review"):
        screen.go_on()
    screen.press("Send my answers")


def test_form_is_uploaded_published_opened_answered_and_reported(
    office: Visit, visit: Visit, tmp_path: Path
) -> None:
    form = tmp_path / "welcome.xlsx"
    form.write_bytes(write_xlsform(WELCOME))
    staff = office(PRIYA)
    upload(staff, form)
    assert staff.heading == "Welcome survey"
    assert visit().open("/en/s/welcome/").status == 404  # nobody sees a draft
    staff.press("Publish the draft")
    staff.press("Open the survey")

    answer(visit(), "welcome", "en", "=HYPERLINK(North)")
    answer(visit(), "welcome", "fr", "Nord")

    staff.page.get_by_role("link", name="Results and downloads").click()
    report = tmp_path / "report.xlsx"
    with staff.page.expect_download() as download:
        staff.page.get_by_role("link", name="Excel with every response").first.click()
    download.value.save_as(report)
    book: Any = openpyxl.load_workbook(report)
    assert book.sheetnames[:5] == ["About", "Summary", "Responses", "Open answers", "Codebook"]
    rows = list(book["Responses"].iter_rows(min_row=3))
    areas = {str(cell.value): cell.data_type for row in rows for cell in row if "North" in str(cell.value)}
    assert len(rows) == 2
    assert areas == {"=HYPERLINK(North)": "s"}


def test_file_that_is_no_form_is_refused_in_words(office: Visit, tmp_path: Path) -> None:
    wrong = tmp_path / "budget.xlsx"
    wrong.write_bytes(b"%PDF-1.7 this is not a workbook")
    staff = office(PRIYA)
    upload(staff, wrong)
    assert staff.place == UPLOAD
    assert "Nothing was saved." in staff.text


BROKEN = """| survey |
| | A line of prose above the names of the columns, longer than any phone is wide |
| | type | name | label::English (en) | relevant |
| | select_ones area | area | Where do you live? | |
| | text | a name with spaces | Your street? | ${aera} = “a-very-long-word-without-any-space-in-it” |
"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_of_staff_fit_a_phone(office: Visit, known: Places, language: str, tmp_path: Path) -> None:
    screen = office(PRIYA, viewport=PHONE)
    too_wide = []
    mine = [path for endpoint, path in known[PRIYA].items() if endpoint.startswith("authoring.")]
    for path in [*mine, "/surveys/immigrant-survey/translate/ar"]:
        screen.open(f"/office/{language}{path}")
        too_wide += [path] if screen.width > PHONE["width"] else []
    form = tmp_path / "broken.md"
    form.write_text(BROKEN, encoding="utf-8")
    screen.open(f"/office/{language}/surveys/new")
    screen.page.locator("[name=file]").set_input_files(form)
    screen.page.locator("button[value=read]").last.click()
    assert screen.page.locator("mark").count() > 1
    assert [*too_wide, *(["an upload with errors"] if screen.width > PHONE["width"] else [])] == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_part_of_a_larger_form_is_imported_without_script(office: Visit, tmp_path: Path, size: Any) -> None:
    form = tmp_path / "crops.md"
    form.write_text(PART, encoding="utf-8")
    staff = office(PRIYA, viewport=size, java_script_enabled=False)
    upload(staff, form)
    staff.press("Import it as a draft with these assumptions")
    assert staff.place.startswith("/office/en/surveys/crops")
    assert staff.page.get_by_text("1 thing was assumed.").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_results_are_read_and_selected_without_scrolling_sideways(office: Visit, size: Any) -> None:
    screen = office(MARC, viewport=size)
    screen.open("/office/fr/reports/immigrant-survey/")
    assert screen.width <= size["width"]
    screen.page.locator(".choosing summary").click()
    screen.page.locator("[name=channel]").select_option("online")
    screen.press("Show")
    assert "channel=online" in screen.page.url
    assert screen.width <= size["width"]
