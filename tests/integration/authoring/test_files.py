"""Staff upload a questionnaire with the files beside it."""

from __future__ import annotations

import io
import zipfile
from io import BytesIO

from consult.questionnaires.bundle import write_bundle
from consult.surveys.models import Survey
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

TOWNS = b"name,label\nlondon,London\ngatineau,Gatineau\n"
FORM = (
    b"| survey |\n| | type | name | label::English (en) |\n"
    b"| | select_one_from_file towns.csv | town | Where do you live? |\n"
)


def upload(authoring: Authoring, *files: tuple[str, bytes], to: str = "new", expect: int = 200) -> Page:
    form = authoring.ana.open(f"{SURVEYS}{to}")
    sent = {"csrf_token": str(form.value("csrf_token")), "slug": "towns"}
    chosen = [(BytesIO(data), name) for name, data in files]
    return authoring.ana.post(f"{SURVEYS}{to}", {**sent, "file": chosen}, expect)


def stored_files(authoring: Authoring) -> list[str]:
    survey: Survey = authoring.office.row(Survey)
    return list((survey.draft or {}).get("files", {}))


def test_form_and_its_list_are_uploaded_together(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM), ("towns.csv", TOWNS))
    assert stored_files(authoring) == ["towns.csv"]


def test_zip_of_both_is_uploaded(authoring: Authoring) -> None:
    upload(authoring, ("all.zip", write_bundle("form.md", FORM, {"towns.csv": TOWNS})))
    assert stored_files(authoring) == ["towns.csv"]


def test_form_without_its_list_is_taken_and_the_page_of_the_survey_says_what_is_missing(
    authoring: Authoring,
) -> None:
    page = upload(authoring, ("form.md", FORM))
    assert page.address == f"{SURVEYS}towns/"
    assert "The file “towns.csv” is not beside the form." in page.text


def test_list_that_was_uploaded_once_need_not_come_again(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM), ("towns.csv", TOWNS))
    page = upload(authoring, ("form.md", FORM.replace(b"Where do", b"Where did")), to="towns/form")
    assert "is not beside the form" not in page.text
    assert stored_files(authoring) == ["towns.csv"]


def test_list_alone_is_no_form(authoring: Authoring) -> None:
    page = upload(authoring, ("towns.csv", TOWNS), ("cities.csv", TOWNS), expect=422)
    assert "There is no form among the files." in page.text


def test_list_that_cannot_be_read_is_explained_and_nothing_is_kept(authoring: Authoring) -> None:
    page = upload(authoring, ("form.md", FORM), ("towns.csv", b"label\nLondon\n"), expect=422)
    assert "The file “towns.csv” has no column “name”." in page.text
    assert authoring.office.row(Survey) is None


def test_form_with_files_is_downloaded_as_a_zip_of_all(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM), ("towns.csv", TOWNS))
    reply = authoring.ana.client.get(f"{SURVEYS}towns/form.xlsx")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="towns.zip"'
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert archive.namelist() == ["towns.xlsx", "towns.csv"]
        assert archive.read("towns.csv") == TOWNS


def test_missing_list_is_brought_alone(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM))
    page = authoring.ana.open(f"{SURVEYS}towns/").follow("Bring the files")
    assert "They can be brought alone" in page.text
    page = upload(authoring, ("towns.csv", TOWNS), to="towns/form")
    assert "The draft has its files now." in page.text
    assert "is not beside the form" not in page.text
    assert stored_files(authoring) == ["towns.csv"]


def test_files_alone_come_in_a_zip_and_what_nothing_uses_is_named(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM))
    packed = write_bundle("towns.csv", TOWNS, {"villages.csv": TOWNS})
    page = upload(authoring, ("all.zip", packed), to="towns/form")
    assert "The form does not use the file “villages.csv”." in page.text
    assert stored_files(authoring) == ["towns.csv"]


def test_file_alone_that_cannot_be_used_changes_nothing(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM), ("towns.csv", TOWNS))
    before = authoring.office.row(Survey).draft
    page = upload(authoring, ("towns.csv", b"label\nLondon\n"), to="towns/form", expect=422)
    assert "The file “towns.csv” has no column “name”." in page.text
    assert authoring.office.row(Survey).draft == before


def test_files_alone_are_only_checked_where_that_is_asked(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM))
    page = authoring.upload(TOWNS, "towns.csv", f"{SURVEYS}towns/form", do="check")
    assert "The questionnaire can be used" in page.text
    assert stored_files(authoring) == []


def test_files_alone_leave_the_notes_on_the_form(authoring: Authoring) -> None:
    upload(authoring, ("form.md", FORM + b"| | text | my street | Street? |\n"))
    upload(authoring, ("towns.csv", TOWNS), to="towns/form")
    assert "my_street" in authoring.ana.open(f"{SURVEYS}towns/notes").text


def test_many_missing_files_are_counted_first(authoring: Authoring) -> None:
    rows = "".join(f"| | select_one_from_file l{n}.csv | q{n} | Q{n} |\n" for n in range(5))
    page = upload(authoring, ("form.md", b"| survey |\n| | type | name | label |\n" + rows.encode()))
    summaries = ["".join(each.itertext()) for each in page.document.iter("summary")]
    assert "5 files that the questionnaire uses are missing" in summaries
    assert "The file “l4.csv” is not beside the form." in page.text
