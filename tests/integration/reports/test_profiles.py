"""Known numbers: uploaded by staff, compared with who answered, used for weights."""

from __future__ import annotations

import pytest

from consult.accounts.models import Role
from consult.reports.profiles import profile_kept
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page, Pages

PROFILE, MISSING, WEIGHTED = f"{RESULTS}profile", f"{RESULTS}who-is-missing", f"{RESULTS}weighted"
SHEET = (
    "question,category,number,source\n"
    "_language,en,500,Census\n_language,fr,300,Census\n_language,ar,200,Census\n"
)


@pytest.fixture
def staff(reporting: Reporting) -> Pages:
    return reporting.office.browser(reporting.office.person("ana", Role.STAFF))


def upload(staff: Pages, sheet: str, expect: int = 200) -> Page:
    chosen = staff.open(PROFILE).attach(file=(sheet.encode(), "numbers.csv"))
    return chosen.press("Upload the numbers", expect)


def rows(page: Page) -> dict[str, list[str]]:
    table = next(page.document.iter("table"))
    found = [["".join(cell.itertext()).strip() for cell in line] for line in table.iter("tr")]
    return {line[0]: line[1:] for line in found}


def test_an_upload_shows_who_is_missing(reporting: Reporting, staff: Pages) -> None:
    page = upload(staff, SHEET)

    assert "The numbers were read." in page.text
    assert "Source: Census" in page.text
    found = rows(page)
    assert found["English"][:3] == ["50%", "40", "67%"]
    assert found["English"][-1] == "More than their share"


def test_small_groups_are_only_said_to_be_small(staff: Pages) -> None:
    page = upload(staff, SHEET)

    assert rows(page)["Arabic"] == ["20%", "Small: not shown", "Missing"]
    assert rows(page)["French"][1] == "Small: not shown"  # would give Arabic away
    assert "Look first for “Arabic”" in page.text


def test_the_page_speaks_french(staff: Pages) -> None:
    upload(staff, SHEET)

    page = staff.open(MISSING.replace("/en/", "/fr/"))

    assert "50 %" in page.text


def test_weighted_results_stand_beside_those_counted(staff: Pages) -> None:
    upload(staff, SHEET)

    page = staff.open(WEIGHTED)

    assert "Range" in page.text
    # 30 of 40, 12 of 16 and 3 of 4 said yes: however much each language counts, it is 75 %.
    assert rows(page)["Yes"][:3] == ["45", "75%", "75%"]
    assert [row[2] for name, row in rows(page).items() if name == "No"] == ["25%"]


def test_a_sheet_with_an_error_changes_nothing(reporting: Reporting, staff: Pages) -> None:
    upload(staff, SHEET)

    page = upload(staff, "question,category,number\n_language,en,5\nstay,perhaps,5\n", 422)

    assert "Nothing was saved" in page.text
    assert "Row 3, column B:" in page.text
    with reporting.office.database.read() as session:
        kept = profile_kept(session, reporting.survey.id)
    assert kept is not None
    assert dict(kept.profile.targets[0].numbers) == {"en": 500, "fr": 300, "ar": 200}


def test_no_file_is_said_to_be_missing(staff: Pages) -> None:
    assert "Choose the file with the numbers." in upload(staff, "", 422).text


def test_a_newer_sheet_takes_the_place_of_the_old_one(reporting: Reporting, staff: Pages) -> None:
    upload(staff, SHEET)
    upload(staff, "question,category,number\nstay,yes,80\nstay,no,20\n")

    page = staff.open(PROFILE)

    assert "Will you stay?" in page.text
    assert "Language of the answers" not in page.text


def test_numbers_can_be_taken_away(staff: Pages) -> None:
    upload(staff, SHEET)

    page = staff.open(PROFILE).press("Take the numbers away")

    assert "Numbers in use" not in page.text
    assert "Give the numbers" in staff.open(MISSING).text
    assert staff.open(WEIGHTED).address == MISSING


def test_the_template_is_a_workbook(staff: Pages) -> None:
    response = staff.client.get(f"{PROFILE}.xlsx")

    assert response.status_code == 200
    assert response.data.startswith(b"PK")


def test_analysts_see_but_do_not_upload(reporting: Reporting) -> None:
    page = reporting.browser.open(MISSING)

    assert "Staff of your organisation can upload them." in page.text
    reporting.browser.open(PROFILE, 403)


def test_staff_of_others_do_not_find_it(reporting: Reporting) -> None:
    office = reporting.office
    other = office.browser(office.person("eve", Role.STAFF, organisation=office.theirs))

    for address in (PROFILE, MISSING, WEIGHTED):
        other.open(address, 404)
