"""Files: what they hold, how they are named, who may have them."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pyreadstat
import pytest
from openpyxl import load_workbook

from consult.accounts.models import Role
from consult.reports import export, giving
from tests.integration.reports.conftest import RESULTS, Reporting

DOWNLOAD = f"{RESULTS}download/"


def csv_of(data: bytes) -> list[list[str]]:
    assert data.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("words", ["en", "fr", "both"])
def test_workbook_opens_with_all_responses(words: str, reporting: Reporting) -> None:
    response = reporting.download(f"{DOWNLOAD}xlsx?words={words}")
    workbook = load_workbook(io.BytesIO(response.data))
    assert workbook.worksheets[2].max_row == 62
    assert response.mimetype.endswith("spreadsheetml.sheet")


def test_file_has_a_plain_name_and_is_kept_nowhere(
    reporting: Reporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    headers = reporting.download(f"{DOWNLOAD}xlsx?words=both").headers
    disposition = headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=newcomers-both-")
    assert disposition.endswith(".xlsx")
    assert "no-store" in headers["Cache-Control"] or "no-cache" in headers["Cache-Control"]
    assert not list(tmp_path.glob("consult-*"))


def test_selection_goes_into_the_file(reporting: Reporting) -> None:
    response = reporting.download(f"{DOWNLOAD}xlsx?words=en&language=fr")
    workbook = load_workbook(io.BytesIO(response.data))
    assert workbook["Responses"].max_row == 18
    assert [workbook["About"].cell(line, 2).value for line in range(1, 12)].count("answers in French") == 1


def test_breakdown_is_a_sheet_of_its_own(reporting: Reporting) -> None:
    response = reporting.download(f"{DOWNLOAD}xlsx?words=en&by=_language")
    breakdown = load_workbook(io.BytesIO(response.data))["Breakdown"]
    rows = [[cell.value for cell in line][:3] for line in breakdown.iter_rows()]
    found = {line[0]: line[1:] for line in rows}
    assert found["Language of the answers"] == ["English", None]
    assert (found["Yes"], found["Answered"]) == ([0.75, None], [40, None])
    assert any("given away by them: Arabic; French." in str(line[0]) for line in rows)


def test_spss_file_opens_with_all_responses(reporting: Reporting, tmp_path: Path) -> None:
    path = tmp_path / "responses.sav"
    path.write_bytes(reporting.download(f"{DOWNLOAD}sav?words=fr").data)
    columns, _ = pyreadstat.read_sav(str(path), output_format="dict")
    assert len(columns["meta_response"]) == 60


def test_links_on_the_page_carry_the_selection(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?language=fr&by=_language")
    links = [
        str(link.get("href")) for link in page.document.iter("a") if "/download/" in str(link.get("href"))
    ]
    assert len(links) >= 7
    assert all("language=fr" in link and "by=_language" in link for link in links)


def test_csv_has_labels_and_no_formula(reporting: Reporting) -> None:
    lines = csv_of(reporting.download(f"{DOWNLOAD}csv?words=fr").data)
    assert lines[0][-3:] == ["stay", "arrival", "change"]
    assert len(lines) == 61
    assert {line[-1] for line in lines[1:]} == {"'=1+1"}
    assert {line[-3] for line in lines[1:]} == {"Oui", "Non"}


def test_csv_can_have_codes(reporting: Reporting) -> None:
    lines = csv_of(reporting.download(f"{DOWNLOAD}csv?words=codes").data)
    assert {line[-3] for line in lines[1:]} == {"yes", "no"}
    assert {line[2] for line in lines[1:]} == {"en", "fr", "ar"}


def test_ndjson_has_one_response_a_line(reporting: Reporting) -> None:
    lines = reporting.download(f"{DOWNLOAD}ndjson").data.splitlines()
    assert len(lines) == 60
    assert json.loads(lines[0])["answers"]["change"] == "=1+1"


@pytest.mark.parametrize(
    "address",
    ["pdf", "xlsx?words=tlh", "xlsx?words=codes", "csv?language=xx", "xlsx?since=never", "csv?words="],
)
def test_file_that_cannot_be_is_not_there(address: str, reporting: Reporting) -> None:
    reporting.download(DOWNLOAD + address, expect=404)


def test_long_report_is_written_by_a_process_of_its_own(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = load_workbook(io.BytesIO(reporting.download(f"{DOWNLOAD}xlsx?words=en&language=fr").data))
    monkeypatch.setattr(export, "LONG", 1)
    monkeypatch.setattr(giving, "GRACE", 60.0)
    apart = load_workbook(io.BytesIO(reporting.download(f"{DOWNLOAD}xlsx?words=en&language=fr").data))
    for one, other in zip(here.worksheets, apart.worksheets, strict=True):
        assert list(one.values) == list(other.values)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_collector_downloads_own_entries_and_no_others(kind: str, reporting: Reporting) -> None:
    client = reporting.office.browser(reporting.omar).client
    response = client.get(f"{RESULTS}own/{kind}", buffered=True)
    assert response.status_code == 200
    if kind == "csv":
        assert len(csv_of(response.data)) == 13
    else:
        workbook = load_workbook(io.BytesIO(response.data))
        assert workbook.sheetnames == ["Responses", "Open answers", "Codebook"]
        assert workbook["Responses"].max_row == 14


def test_collector_does_not_get_the_results(reporting: Reporting) -> None:
    pages = reporting.office.browser(reporting.omar)
    pages.open(RESULTS, expect=403)
    pages.open(f"{DOWNLOAD}csv?words=en", expect=403)
    pages.open(f"{RESULTS}own/ndjson", expect=404)


def test_analyst_has_no_own_entries(reporting: Reporting) -> None:
    reporting.browser.open(f"{RESULTS}own/csv", expect=403)


def test_signed_out_browser_gets_no_file(reporting: Reporting) -> None:
    assert reporting.office.client().get(f"{DOWNLOAD}xlsx").status_code == 303


def test_collector_of_others_finds_nothing(reporting: Reporting) -> None:
    office = reporting.office
    stranger = office.browser(office.person("stranger", Role.COLLECTOR, organisation=office.theirs))
    stranger.open(f"{RESULTS}own/csv", expect=404)
