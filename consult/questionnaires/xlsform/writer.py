"""A questionnaire → an Excel workbook that ODK and KoboToolbox take, and the reader turns back into it."""

from __future__ import annotations

from dataclasses import dataclass

from consult.questionnaires.findings import Finding
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import kept
from consult.questionnaires.xlsform.fitting import fit
from consult.questionnaires.xlsform.written_rows import Cells, WrittenForm, write_rows
from consult.questionnaires.xlsform.written_workbook import write_workbook


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook, and warnings about what other programs will not do with it."""

    workbook: bytes
    remarks: tuple[Finding, ...]


def export_xlsform(questionnaire: Questionnaire) -> Export:
    """An .xlsx workbook with the sheets survey, choices and settings, and consult where it is needed.

    Raises ValueError for a text longer than a cell can hold (32,767 characters).
    """
    form = write_rows(questionnaire)
    wanted = _cells(form)
    remarks = fit(form)
    written = {name: [_filled(row) for row in rows] for name, rows in _cells(form).items()}
    aside = kept.kept_rows(wanted, written)
    sheets = written | ({kept.SHEET: aside} if aside else {})
    return Export(write_workbook(sheets, _always(form)), tuple(remarks))


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook of :func:`export_xlsform` alone."""
    return export_xlsform(questionnaire).workbook


def _cells(form: WrittenForm) -> dict[str, list[Cells]]:
    return {name: [dict(row.cells) for row in rows] for name, rows in form.sheets().items()}


def _filled(cells: Cells) -> Cells:
    return {column: text for column, text in cells.items() if text}


def _always(form: WrittenForm) -> dict[str, list[str]]:
    return {
        "survey": ["type", "name", *form.headers.every("label")],
        "choices": ["list_name", "name", *form.headers.every("label")],
        "settings": ["form_id"],
        kept.SHEET: ["sheet", "list_name", "name", "column", "text", "instead_of"],
    }
