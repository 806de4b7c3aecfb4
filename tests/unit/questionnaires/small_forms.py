"""Reading small forms, written as tables in the tests."""

from __future__ import annotations

from textwrap import dedent

from consult.questionnaires.findings import Finding
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import Reading, read_xlsform

_HEADER = "type | name | label::English (en) | relevant | constraint | calculation | default"


def read(form: str, filename: str = "form.md") -> Reading:
    return read_xlsform(dedent(form).encode(), filename)


def questionnaire(form: str) -> Questionnaire:
    """The questionnaire of a form that must have no errors."""
    reading = read(form)
    assert reading.questionnaire is not None, [str(found.message) for found in reading.findings]
    return reading.questionnaire


def survey(*rows: str, header: str = _HEADER) -> str:
    """A sheet survey of text rows: ``type | name | label | …``."""
    return "\n".join(["| survey |", *(f"| | {row} |" for row in (header, *rows))]) + "\n"


def choices(*rows: str, header: str = "list_name | name | label::English (en)") -> str:
    """A sheet choices of text rows."""
    return "\n".join(["| choices |", *(f"| | {row} |" for row in (header, *rows))]) + "\n"


def settings(header: str, row: str) -> str:
    """A sheet settings."""
    return f"| settings |\n| | {header} |\n| | {row} |\n"


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]


def errors(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings if found.severity == "error"]


def finding(reading: Reading, code: str) -> Finding:
    """The one finding of this code."""
    found = [each for each in reading.findings if each.code == code]
    assert len(found) == 1, codes(reading)
    return found[0]


def place(found: Finding) -> str:
    """As people write it: ``survey B3``."""
    return f"{found.sheet} {found.column}{found.row or ''}".strip()
