"""Every way out of the database says the same numbers, each read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from openpyxl import load_workbook

from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.document import summary_document
from consult.reports.queries import source_of
from consult.surveys.service import survey_by_slug
from tests import factories
from tests.integration.reports.conftest import Reporting
from tests.pages import Page
from tests.reports.building import MADE_ON, newcomers

ADDRESS = "/office/en/reports/all-kinds/"
ANSWERS: list[dict[str, Any]] = [
    {
        **({"arrival": 1999 + place % 9} if place % 7 else {}),
        **({"status": "worker" if place % 3 else "citizen"} if place % 5 else {}),
        **({"spoken": [["ar"], ["ar", "fr"], ["en", "other"]][place % 3]} if place % 4 else {}),
        **({"spoken_other": "Amharic"} if place % 12 == 2 else {}),
        "rent": 20 + place / 4,
        "welcome": place % 4,
        **({"needs": ["work", "home"] if place % 3 else ["home", "work"]} if place % 2 else {}),
        "moved_on": f"20{10 + place % 9}-03-05",
        "one_change": "Buses",
        "agreed": "OK",
    }
    for place in range(60)
]
"""Of these, every sixth question or so is left out by somebody."""

LANGUAGES = ["en", "fr", "ar"]
CHOICES = {"status": ["citizen", "worker"], "spoken": ["ar", "fr", "en", "other"]}
LABELS = {
    "citizen": "Citizen",
    "worker": "Temporary worker",
    "ar": "Arabic",
    "fr": "French",
    "en": "English",
    "other": "Other",
}

Counts = Mapping[str, int]


def wanted(key: str) -> tuple[int, Counts]:
    """Base and counts, from the answers themselves."""
    given = [each[key] for each in ANSWERS if key in each]
    codes = Counter(code for value in given for code in (value if isinstance(value, list) else [value]))
    return len(given), {code: codes[code] for code in CHOICES[key]}


@pytest.fixture
def page(reporting: Reporting, database: Database) -> Reporting:
    with database.write() as session:
        survey = factories.make_open_survey(
            session,
            specification=to_document(newcomers()),
            slug="all-kinds",
            organisation=reporting.office.ours,
        )
        for place, answers in enumerate(ANSWERS):
            factories.make_response(session, survey=survey, language=LANGUAGES[place % 3], answers=answers)
    return reporting


def file(page: Reporting, kind: str) -> bytes:
    content: bytes = page.download(f"{ADDRESS}download/{kind}").data
    return content


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def told(found: Counts) -> dict[str, int]:
    """By label instead of by code."""
    return {LABELS[code]: number for code, number in found.items()}


def of_table(rows: Iterator[list[str]]) -> dict[str, int]:
    """Second cell by first, below the head."""
    next(rows)
    return {line[0]: int(line[1]) for line in rows}


def plain(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("key", CHOICES)
def test_summary_command(key: str, page: Reporting) -> None:
    with page.office.database.read() as session:
        survey = survey_by_slug(session, "all-kinds")
        assert survey is not None
        source = source_of(session, survey, secret_key="s", made_on=MADE_ON)
        document = json.loads(json.dumps(summary_document(source)))
    (found,) = [each for each in document["questions"] if each["question"] == key]
    base, counts = wanted(key)
    assert found["answered"] == base
    assert {each["code"]: each["count"] for each in found["choices"]} == counts
    for each in found["choices"]:
        assert each["share"] == pytest.approx(counts[each["code"]] / base, abs=1e-9)


@pytest.mark.parametrize("key", CHOICES)
def test_results_page(key: str, page: Reporting) -> None:
    shown = page.browser.open(ADDRESS)
    section = shown.element(f"q-{key}")
    base, counts = wanted(key)
    assert f"Answered: {base} of 60." in plain(section)
    table = next(each for each in section.iter("table"))
    rows = ([plain(cell) for cell in line] for line in table.iter("tr"))
    assert of_table(rows) == told(counts)


@pytest.mark.parametrize("key", CHOICES)
def test_page_for_printing(key: str, page: Reporting) -> None:
    shown = page.browser.open(f"{ADDRESS}print?words=en")
    assert _of_printed(shown, key) == (f"Answered: {wanted(key)[0]} of 60.", told(wanted(key)[1]))


def _of_printed(shown: Page, key: str) -> tuple[str, dict[str, int]]:
    article = next(shown.document.iter("article"))
    blocks = list(article)
    heading = {"status": "2. What is your status?", "spoken": "3. Which languages do you speak?"}[key]
    place = next(at for at, each in enumerate(blocks) if each.tag == "h4" and plain(each) == heading)
    note = next(each for each in blocks[place:] if each.get("class") == "above")
    table = next(each for each in blocks[place:] if each.tag == "table")
    rows = ([plain(cell) for cell in line] for line in table.iter("tr"))
    return plain(note).split(". ")[0].rstrip(".") + ".", of_table(rows)


@pytest.mark.parametrize("key", CHOICES)
def test_word_summary(key: str, page: Reporting) -> None:
    document = Document(io.BytesIO(file(page, "docx?words=en")))
    blocks = list(document.iter_inner_content())
    heading = {"status": "2. What is your status?", "spoken": "3. Which languages do you speak?"}[key]
    is_it = [isinstance(each, Paragraph) and each.text == heading for each in blocks]
    table = next(each for each in blocks[is_it.index(True) :] if isinstance(each, Table))
    base, counts = wanted(key)
    assert of_table([cell.text for cell in line.cells] for line in table.rows) == told(counts)
    notes = [
        each.text for each in blocks if isinstance(each, Paragraph) and each.text.startswith("Answered:")
    ]
    assert any(note.startswith(f"Answered: {base} of 60.") for note in notes)


def test_what_word_does_not_show_is_not_on_the_page_for_printing_either(
    page: Reporting, database: Database
) -> None:
    """Three speak Somali and write so: the office counts them, whoever reads the summary cannot."""
    with database.write() as session:
        survey = survey_by_slug(session, "all-kinds")
        assert survey is not None
        for _ in range(3):
            factories.make_response(session, survey=survey, language="so", answers={"status": "citizen"})
    document = Document(io.BytesIO(file(page, "docx?words=en")))
    in_word = [[cell.text for cell in line.cells] for table in document.tables for line in table.rows]
    shown = page.browser.open(f"{ADDRESS}print?words=en").document
    printed = [[plain(cell) for cell in line][:3] for line in shown.iter("tr")]
    assert [line for line in printed if len(line) == 3] == [line for line in in_word if len(line) == 3]
    assert ["Arabic / Somali", "23", "36%"] in in_word
    workbook = load_workbook(io.BytesIO(file(page, "xlsx?words=en")), data_only=True)
    counted = {line[0].value: line[1].value for line in workbook["Who answered"].iter_rows()}
    assert (counted["Arabic"], counted["Somali"]) == (20, 3)


@pytest.mark.parametrize("key", CHOICES)
def test_workbook(key: str, page: Reporting) -> None:
    workbook = load_workbook(io.BytesIO(file(page, "xlsx?words=en")), data_only=True)
    rows = [[cell.value for cell in line][:3] for line in workbook["Summary"].iter_rows()]
    heading = {"status": "2. What is your status?", "spoken": "3. Which languages do you speak?"}[key]
    place = next(at for at, line in enumerate(rows) if line[0] == heading)
    base, counts = wanted(key)
    found = {line[0]: line for line in rows[place + 3 : place + 4 + len(counts)]}
    assert {label: found[label][1] for label in told(counts)} == told(counts)
    assert found["Answered"][1] == base
    for label, count in told(counts).items():
        assert found[label][2] == pytest.approx(count / base, abs=1e-9)
    keys = [cell.value for cell in workbook["Responses"][1]]
    if key == "spoken":
        sheet = list(workbook["Responses"].iter_rows(min_row=3, values_only=True))
        flags = {code: sum(line[keys.index(f"spoken/{code}")] or 0 for line in sheet) for code in counts}
        assert flags == counts


def counted(rows: list[dict[str, Any]], key: str, separator: str) -> tuple[int, dict[str, int]]:
    given = [line[key] for line in rows if line[key]]
    found = Counter(each for value in given for each in value.split(separator))
    return len(given), dict(found)


@pytest.mark.parametrize("key", CHOICES)
def test_csv_with_labels_and_with_codes(key: str, page: Reporting) -> None:
    base, counts = wanted(key)
    assert counted(lines(file(page, "csv?words=en")), key, "; ") == (base, told(counts))
    assert counted(lines(file(page, "csv?words=codes")), key, " ") == (base, counts)


@pytest.mark.parametrize("key", CHOICES)
def test_coded_responses_with_their_code_book(key: str, page: Reporting) -> None:
    base, counts = wanted(key)
    with zipfile.ZipFile(io.BytesIO(file(page, "codebook.zip"))) as archive:
        assert counted(lines(archive.read("responses.csv")), key, " ") == (base, counts)


@pytest.mark.parametrize("key", CHOICES)
def test_ndjson(key: str, page: Reporting) -> None:
    given = [json.loads(line)["answers"].get(key) for line in file(page, "ndjson").splitlines()]
    found = Counter(code for each in given if each for code in (each if isinstance(each, list) else [each]))
    assert (sum(each is not None for each in given), dict(found)) == wanted(key)


@pytest.mark.parametrize("words", ["en", "fr"])
def test_spss(words: str, page: Reporting, tmp_path: Path) -> None:
    path = tmp_path / "it.sav"
    path.write_bytes(file(page, f"sav?words={words}"))
    columns, about = pyreadstat.read_sav(str(path), output_format="dict")
    base, counts = wanted("status")
    numbers = {label: number for number, label in about.variable_value_labels["status"].items()}
    names = {"en": ("Citizen", "Temporary worker"), "fr": ("Citoyenneté", "Travail temporaire")}[words]
    found = Counter(value for value in columns["status"] if value is not None and value == value)
    assert [found[numbers[name]] for name in names] == [counts["citizen"], counts["worker"]]
    assert sum(found.values()) == base
    for code, count in wanted("spoken")[1].items():
        flags = [value for value in columns[f"spoken_{code}"] if value is not None and value == value]
        assert (len(flags), sum(flags)) == (wanted("spoken")[0], count)
    label = about.column_names_to_labels["status"]
    assert label == {"en": "What is your status?", "fr": "Quel est votre statut?"}[words]


def test_ddi_where_it_says_anything(page: Reporting) -> None:
    document = etree.fromstring(file(page, "ddi.xml"))
    for key, variable in (
        ("status", "status"),
        *(("spoken", f"spoken/{code}") for code in CHOICES["spoken"]),
    ):
        base, counts = wanted(key)
        (found,) = document.xpath("//*[local-name()='var' and @name=$name]", name=variable)
        (answered,) = found.xpath("*[local-name()='sumStat' and @type='vald']/text()")
        assert int(answered) == base
        stats = {
            category.findtext("{*}catValu"): category.findtext("{*}catStat")
            for category in found.findall("{*}catgry")
        }
        if key == "status":
            assert {code: int(number) for code, number in stats.items()} == counts
        elif stats["1"] is not None:
            assert int(stats["1"]) == counts[variable.split("/")[1]]


def test_statistics_of_numbers_are_the_same_everywhere(page: Reporting) -> None:
    given = [each["arrival"] for each in ANSWERS if "arrival" in each]
    mean = sum(given) / len(given)
    document = etree.fromstring(file(page, "ddi.xml"))
    (found,) = document.xpath(
        "//*[local-name()='var' and @name='arrival']/*[local-name()='sumStat' and @type='mean']/text()"
    )
    assert float(found) == pytest.approx(mean, abs=1e-9)
    workbook = load_workbook(io.BytesIO(file(page, "xlsx?words=en")), data_only=True)
    rows = [[cell.value for cell in line][:2] for line in workbook["Summary"].iter_rows()]
    assert next(line[1] for line in rows if line[0] == "Mean") == pytest.approx(mean, abs=1e-9)
    shown = page.browser.open(ADDRESS).element("q-arrival")
    assert f"{mean:.2f}".rstrip("0").rstrip(".") in plain(shown)
