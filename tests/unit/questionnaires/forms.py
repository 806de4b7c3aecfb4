"""XLSForms written as tables of text, as workbooks and as the questionnaires they are read as."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform


def survey(*rows: str, columns: str = "type | name | label") -> str:
    """The sheet ``survey`` with these rows: ``survey("text | a | A")``."""
    return "\n".join(["| survey |", f"| | {columns} |", *(f"| | {row} |" for row in rows)])


def workbook(tables: str) -> bytes:
    """A workbook from tables: a line ``| name |`` begins a sheet, ``| | a | b |`` is a row of it."""
    made = Workbook()
    made.remove(made.active)
    sheet = None
    for line in tables.strip().splitlines():
        first, *cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if first:
            sheet = made.create_sheet(first)
        elif sheet is not None:
            sheet.append([cell or None for cell in cells])
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def questionnaire(tables: str) -> Questionnaire:
    """What the tables are read as; fails with the findings if they are not accepted."""
    reading = read_xlsform(workbook(tables), "form.xlsx")
    assert reading.questionnaire is not None, [str(finding.message) for finding in reading.findings]
    return reading.questionnaire
