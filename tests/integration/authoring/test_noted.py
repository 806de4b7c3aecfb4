"""What was noted while a file was read is there afterwards, too, in both languages."""

from __future__ import annotations

from consult.authoring.noted import MOST_ALIKE
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

FORM = """| survey |
| | type | name | label::English (en) | relevant |
| | select_one places | town | Your town? | |
| | text | my street | Your street? | |
| | text | shade | Your colour? | ${town} = “x” |
| | start | start | | |
| choices |
| | list_name | name | label::English (en) |
| | colours | red | Red |
"""
NOTES = f"{SURVEYS}welcome/notes"


def notes(authoring: Authoring, form: str = FORM, address: str = NOTES) -> Page:
    authoring.upload(form.encode(), "form.md", slug="welcome")
    return authoring.ana.open(address)


def test_survey_says_that_something_was_assumed_and_leads_there(authoring: Authoring) -> None:
    page = authoring.upload(FORM.encode(), "form.md", slug="welcome")
    assert "When the file was read, 2 things were repaired, assumed or left out." in page.text
    assert page.follow("Look whether it is what you meant").heading == "Notes on the file"


def test_note_says_where_and_what(authoring: Authoring) -> None:
    text = notes(authoring).text
    assert "survey A2 The sheet choices has no list “places”." in text
    assert "survey B3 “my street” cannot be a name; “my_street” was taken." in text


def test_what_may_change_the_meaning_comes_first(authoring: Authoring) -> None:
    page = notes(authoring)
    headings = [heading for heading in page.document.iter("h2") if heading.get("id")]
    assert [(heading.text or "").strip() for heading in headings] == [
        "Is this what you meant?",
        "Nothing needs to be done",
    ]
    assert page.text.index("“places”") < page.text.index("Nothing needs") < page.text.index("Curly quotation")


def test_notes_are_read_in_french(authoring: Authoring) -> None:
    text = notes(authoring, address=NOTES.replace("/en/", "/fr/")).text
    assert "La feuille « choices » n’a pas de liste « places »." in text


def test_many_notes_of_one_kind_are_told_once_and_counted(authoring: Authoring) -> None:
    rows = "\n".join(f"| | select_one gone | q{n} | Question {n}? | |" for n in range(MOST_ALIKE + 30))
    form = "| survey |\n| | type | name | label::English (en) | relevant |\n" + rows
    page = notes(authoring, f"{form}\n| choices |\n| | list_name | name | label |\n| | a | b | B |\n")
    assert page.text.count("has no list “gone”") == MOST_ALIKE
    assert "30 more like these" in page.text
    assert f"A{MOST_ALIKE + 2}, A{MOST_ALIKE + 3}" in page.text


def test_next_file_has_its_own_notes(authoring: Authoring) -> None:
    notes(authoring)
    clean = "| survey |\n| | type | name | label::English (en) |\n| | text | town | Your town? |\n"
    authoring.upload(clean.encode(), "form.md", f"{SURVEYS}welcome/form")
    assert "nothing was repaired or assumed" in authoring.ana.open(NOTES).text


def test_advice_is_no_note(authoring: Authoring) -> None:
    text = notes(authoring).text
    assert "legal authority" not in text


def test_what_changes_nothing_is_not_announced(authoring: Authoring) -> None:
    form = "| survey |\n| | type | name | label |\n| | start | s | |\n| | text | town | Your town? |\n"
    form += "| settings |\n| | default_language |\n| | en |\n"
    page = authoring.upload(form.encode(), "form.md", slug="welcome")
    assert "When the file was read" not in page.text
    assert "Notes on the file 1 note" in page.text
