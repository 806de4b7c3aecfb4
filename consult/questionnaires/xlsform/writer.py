"""A questionnaire → an Excel workbook that ODK and KoboToolbox take, and the reader turns back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consult.expressions.tables import Table
from consult.questionnaires.data.sources import ITEMSETS
from consult.questionnaires.findings import Finding
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import kept
from consult.questionnaires.xlsform.beside import EXTERNAL_CHOICES
from consult.questionnaires.xlsform.fitting import fit
from consult.questionnaires.xlsform.written_rows import Cells, WrittenForm, write_rows
from consult.questionnaires.xlsform.written_workbook import write_workbook

_NO_TABLES: Mapping[str, Table] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook, and warnings about what other programs will not do with it."""

    workbook: bytes
    remarks: tuple[Finding, ...]


def export_xlsform(questionnaire: Questionnaire, tables: Mapping[str, Table] = _NO_TABLES) -> Export:
    """An .xlsx workbook with the sheets survey, choices and settings, and others where they are needed.

    ``tables``: lists beside the form, by file name; itemsets.csv becomes the sheet external_choices.
    Raises ValueError for a text longer than a cell can hold (32,767 characters).
    """
    form = write_rows(questionnaire)
    itemsets = tables.get(ITEMSETS)
    outside = [] if itemsets is None else [itemsets.record(row) for row in range(len(itemsets))]
    wanted = _cells(form)
    remarks = fit(form, has_itemsets=bool(outside))
    written = {name: [_filled(row) for row in rows] for name, rows in _cells(form).items()}
    aside = kept.kept_rows(wanted, written)
    beside = {EXTERNAL_CHOICES: [_filled(row) for row in outside], kept.SHEET: aside}
    sheets = written | {name: rows for name, rows in beside.items() if rows}
    # Its rows make up a file again, which is known by the hash of its bytes.
    exactly = {EXTERNAL_CHOICES: itemsets.columns} if itemsets is not None else {}
    return Export(write_workbook(sheets, _always(form), exactly), tuple(remarks))


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook of :func:`export_xlsform` alone."""
    return export_xlsform(questionnaire).workbook


def _cells(form: WrittenForm) -> dict[str, list[Cells]]:
    return {name: [dict(row.cells) for row in rows] for name, rows in form.sheets().items()}


def _filled(cells: Mapping[str, str]) -> Cells:
    return {column: text for column, text in cells.items() if text}


def _always(form: WrittenForm) -> dict[str, list[str]]:
    return {
        "survey": ["type", "name", *form.headers.every("label")],
        "choices": ["list_name", "name", *form.headers.every("label"), *_empty_columns(form.questionnaire)],
        "settings": ["form_id"],
        kept.SHEET: ["sheet", "list_name", "name", "column", "text", "instead_of"],
    }


def _empty_columns(questionnaire: Questionnaire) -> list[str]:
    """Columns of choices that a filter asks for and that no choice fills: without them it asks in vain."""
    rows = (choice for choices in questionnaire.choice_lists.values() for choice in choices)
    filled = {name for choice in rows for name in choice.attributes}
    questions = [each for each in questionnaire.questions.values() if not (each.source or each.entries_of)]
    filters = (each.choice_filter for each in questions)
    asked = {name for expression in filters if expression is not None for name in expression.attributes}
    return sorted(asked - filled - {"name", "label", "list_name"})
