"""A form with mistakes: shown beside its rows, corrected there, and nothing of it lost on the way."""

from __future__ import annotations

import pytest

from consult.questionnaires.document import from_document
from consult.questionnaires.xlsform import read_xlsform
from consult.surveys.models import Survey
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

BROKEN = """| survey |
| | type | name | label::English (en) | relevant |
| | text | town | Your town? | ${city} = 'x' |
| | text | shade | Your colour? | |
| | colour | tint | Your tint? | |
"""
HOSTILE = """| survey |
| | type | name | label::English (en) | relevant |
| | colour | q | <img src=x onerror=alert(1)><script>alert(2)</script> | "><b onmouseover='x' |
"""


def broken(authoring: Authoring, form: str = BROKEN, **fields: str) -> Page:
    return authoring.upload(form.encode(), "form.md", expect=422, **fields)


def test_each_finding_stands_beside_its_row(authoring: Authoring) -> None:
    page = broken(authoring)
    assert "There are 2 errors in the file" in page.text
    rows = [element.get("id") for element in page.document.iter("tbody")]
    assert rows == ["r-1-2", "r-1-4"]
    assert "Your colour?" not in page.text  # a row in which nothing was found


def test_the_wrong_cell_is_marked_and_can_be_corrected(authoring: Authoring) -> None:
    page = broken(authoring)
    marked = [element.text for element in page.document.iter("mark")]
    assert marked == ["${city} = 'x'", "colour"]
    assert page.value("cell.2.4.survey") == "${city} = 'x'"


def test_corrected_cells_make_the_form_usable(authoring: Authoring) -> None:
    page = broken(authoring, slug="towns")
    page = page.fill(**{"cell.2.4.survey": "", "cell.4.1.survey": "integer"})
    page.press("Read it again with these corrections")
    survey = authoring.survey()
    assert survey.slug == "towns"
    assert survey.draft is not None
    assert [one.kind for one in from_document(survey.draft).questions.values()] == ["text", "text", "integer"]


def test_what_was_corrected_stays_when_something_else_is_still_wrong(authoring: Authoring) -> None:
    page = broken(authoring).fill(**{"cell.4.1.survey": "integer"})
    page = page.press("Read it again with these corrections", expect=422)
    assert [element.get("id") for element in page.document.iter("tbody")] == ["r-1-2"]
    page.fill(**{"cell.2.4.survey": ""}).press("Read it again with these corrections")
    assert authoring.survey() is not None


def test_the_corrected_file_can_be_taken_away(authoring: Authoring) -> None:
    page = broken(authoring).fill(**{"cell.2.4.survey": "", "cell.4.1.survey": "integer"})
    sent = page.press("Download the corrected file")
    reading = read_xlsform(sent.response.get_data(), "corrected.xlsx")
    assert reading.questionnaire is not None
    assert authoring.survey() is None


def test_only_checking_saves_nothing_and_shows_the_warnings(authoring: Authoring) -> None:
    form = BROKEN.replace("${city} = 'x'", "").replace("colour | tint", "text | tint")
    page = authoring.upload(form.encode(), "form.md", do="check")
    assert "The questionnaire can be used" in page.text
    assert "There is no French version of the questionnaire." in page.text
    assert authoring.survey() is None
    page.press("Use the questionnaire")
    assert authoring.survey() is not None


def test_warnings_are_shown_when_asked_for(authoring: Authoring) -> None:
    page = broken(authoring, f"{BROKEN}| | text | more | More? | ${{town}} = ‘x’ |\n")
    assert "1 warning: it works, but look at it." in page.text
    assert "More?" not in page.text
    page = page.fill(warnings="yes").press("Only check", expect=422)
    assert "More?" in page.text


def test_hostile_cells_are_only_text(authoring: Authoring) -> None:
    page = broken(authoring, HOSTILE)  # the inspecting client finds inline code and broken markup
    assert "<img src=x onerror=alert(1)><script>" in page.text
    assert not list(page.document.iter("img"))


def test_a_file_with_thousands_of_mistakes_is_shown_in_parts(authoring: Authoring) -> None:
    rows = [f"| | colour | q{number} | Why? | |\n" for number in range(300)]
    page = broken(authoring, "".join([*BROKEN.splitlines(keepends=True)[:2], *rows]))
    assert "Part 1 of 8" in page.text
    assert len(list(page.document.iter("tbody"))) == 40
    page = page.fill(**{"cell.2.1.survey": "text"}).press("Next part", expect=422)
    assert "Part 2 of 8" in page.text
    page = page.press("Previous part", expect=422)
    assert page.document.find(".//tbody[@id='r-1-2']") is None  # corrected


def test_a_taken_address_does_not_cost_the_file(authoring: Authoring) -> None:
    authoring.new(slug="taken")
    form = BROKEN.replace("${city} = 'x'", "").replace("colour | tint", "text | tint")
    page = authoring.upload(form.encode(), "form.md", expect=422, slug="taken")
    assert "form.md is kept" in page.text
    page.fill(slug="free").press("Read the questionnaire")
    assert authoring.office.row(Survey, Survey.slug == "free") is not None


def test_a_draft_is_corrected_in_the_same_way(authoring: Authoring) -> None:
    authoring.new()
    page = authoring.upload(BROKEN.encode(), "form.md", to=f"{SURVEYS}welcome/form", expect=422)
    page = page.fill(**{"cell.2.4.survey": "", "cell.4.1.survey": "text"})
    page.press("Read it again with these corrections")
    survey = authoring.survey()
    assert survey.draft is not None
    assert "tint" in from_document(survey.draft).questions


@pytest.mark.parametrize("carried", ["", "AAAA", "%%%", "é", "UEsDBAoAAAA="])
def test_a_broken_load_is_as_good_as_none(authoring: Authoring, carried: str) -> None:
    token = str(authoring.ana.open(f"{SURVEYS}new").value("csrf_token"))
    page = authoring.ana.post(f"{SURVEYS}new", {"csrf_token": token, "carried": carried}, expect=422)
    assert "Choose the file with the questionnaire." in page.text


def test_staff_read_findings_in_french(authoring: Authoring) -> None:
    page = authoring.upload(
        BROKEN.encode(), "form.md", to=f"{SURVEYS}new".replace("/en/", "/fr/"), expect=422
    )
    assert page.document.get("lang") == "fr"
