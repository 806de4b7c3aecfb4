"""A part of a larger form: told as one, and imported with assumptions that a person has read."""

from __future__ import annotations

import pytest

from consult.questionnaires.document import from_document
from consult.surveys.models import Survey
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

IMPORT = "Import it as a draft with these assumptions"
HEADER = "| survey |\n| | type | name | label::English (en) | relevant |\n"
PART = f"""{HEADER}| | note | about | About ${{crop_label}} | |
| | text | town | Your town? | ${{crop_label}} != '' |
"""
LONG_PART = HEADER + "".join(f"| | text | q{n} | Which field? | ${{crop_label}} = {n} |\n" for n in range(30))


def part(authoring: Authoring, form: str = PART, to: str = f"{SURVEYS}new", **fields: str) -> Page:
    return authoring.upload(form.encode(), "module.md", to=to, expect=422, **fields)


def kinds(survey: Survey) -> dict[str, str]:
    assert survey.draft is not None
    return {key: question.kind for key, question in from_document(survey.draft).questions.items()}


def test_a_part_of_a_larger_form_is_told_as_one_with_every_assumption(authoring: Authoring) -> None:
    page = part(authoring)
    assert "This looks like a part of a larger form" in page.text
    assert "An empty hidden question at the start stands in for it." in page.text
    assert "Sheet survey, rows 2, 3" in page.text
    assert authoring.survey() is None


def test_one_button_makes_it_a_draft_and_says_that_something_was_assumed(authoring: Authoring) -> None:
    page = part(authoring, slug="crops").press(IMPORT)
    survey = authoring.survey()
    assert (survey.slug, survey.current_version_id) == ("crops", None)
    assert kinds(survey) == {"crop_label": "hidden", "about": "note", "town": "text"}
    assert "1 thing was assumed. Missing questions are named" in page.text


def test_a_draft_is_replaced_in_the_same_way(authoring: Authoring) -> None:
    authoring.new()
    part(authoring, to=f"{SURVEYS}welcome/form").press(IMPORT)
    assert "crop_label" in kinds(authoring.survey())


def test_corrections_made_beside_the_rows_count_too(authoring: Authoring) -> None:
    page = part(authoring).fill(**{"cell.2.3.survey": "About you"})
    page.press(IMPORT)
    draft = authoring.survey().draft
    assert draft is not None
    assert from_document(draft).questions["about"].label["en"] == "About you"


def test_what_nobody_has_read_is_not_assumed(authoring: Authoring) -> None:
    page = part(authoring).fill(**{"cell.2.3.survey": "About ${field_name}"})
    page = page.press(IMPORT, expect=422)
    assert authoring.survey() is None
    assert "No question is called “field_name”." in page.text
    page.press(IMPORT)
    assert set(kinds(authoring.survey())) == {"crop_label", "field_name", "about", "town"}


def test_a_slip_made_while_correcting_is_shown_and_nothing_saved(authoring: Authoring) -> None:
    page = part(authoring).fill(**{"cell.3.4.survey": "${crop_label} = ("})
    page = page.press(IMPORT, expect=422)
    assert authoring.survey() is None
    assert IMPORT not in page.text


def test_nothing_is_offered_where_something_else_is_wrong(authoring: Authoring) -> None:
    page = part(authoring, f"{PART}| | colour | tint | Your tint? | |\n")
    assert "This looks like a part of a larger form" not in page.text


@pytest.mark.parametrize("sent", ["", "0123456789ab"])
def test_pressing_the_button_without_its_page_assumes_nothing(authoring: Authoring, sent: str) -> None:
    page = part(authoring, do="assume", seen=sent)
    assert authoring.survey() is None
    assert IMPORT in page.text


def test_a_taken_address_costs_neither_file_nor_consent(authoring: Authoring) -> None:
    authoring.new(slug="taken")
    page = part(authoring, slug="taken").press(IMPORT, expect=422)
    assert "module.xlsx is kept" in page.text
    page.fill(slug="free").press("Read the questionnaire")
    survey = authoring.office.row(Survey, Survey.slug == "free")
    assert survey is not None
    assert "crop_label" in kinds(survey)


def test_a_file_too_large_for_the_page_is_chosen_again(
    authoring: Authoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.questionnaires.mending.MOST_PACKED", 10)
    page = part(authoring)
    assert "The file is too large to be kept on this page." in page.text
    page.attach(file=(PART.encode(), "module.md")).press(IMPORT)
    assert "crop_label" in kinds(authoring.survey())


def test_who_presses_enter_in_a_cell_has_it_read_again(authoring: Authoring) -> None:
    page = part(authoring).fill(**{"cell.2.3.survey": "About you"})
    page = page.press_on(expect=422)
    assert authoring.survey() is None
    assert "There is 1 error in the file" in page.text


def test_what_is_said_of_many_rows_is_told_once(authoring: Authoring) -> None:
    page = part(authoring, LONG_PART)
    assert "The same in 29 other rows: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, …" in page.text
    shown, folded = page.document.iter("table")
    assert [row.get("id") for row in shown.iter("tbody")] == ["r-1-2"]
    assert len(list(folded.iter("tbody"))) == 29
    assert page.value("cell.31.4.survey") == "${crop_label} = 29"  # can still be corrected


def test_staff_read_assumptions_in_french(authoring: Authoring) -> None:
    to = f"{SURVEYS}new".replace("/en/", "/fr/")
    page = part(authoring, LONG_PART, to=to)
    assert page.document.get("lang") == "fr"
    assert "crop_label" in page.text


def test_advice_remembers_what_is_empty_until_a_question_takes_its_place(authoring: Authoring) -> None:
    part(authoring, slug="crops").press(IMPORT)
    page = authoring.ana.open(f"{SURVEYS}crops/advice")
    assert "“crop_label” is hidden and nothing in the form fills it" in page.text
