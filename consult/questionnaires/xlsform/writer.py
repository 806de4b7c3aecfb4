"""A questionnaire → an Excel workbook that the reader turns into the same questionnaire again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consult.expressions import Expression
from consult.i18n import Localized, language
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.xlsform.logic import is_expression, literal
from consult.questionnaires.xlsform.repairs import clean_text
from consult.questionnaires.xlsform.sheets import MAX_CELL, letter
from consult.questions import kind_of
from consult.questions.question import Question

Cells = dict[str, str]
"""Column header → text of one row."""

_TYPES = {"phone": "phonenumber", "dateTime": "dateTime"}
_ORDER = (
    *("list_name", "type", "name", "label", "exclusive", "hint", "guidance_hint"),
    *("required", "required_message", "relevant", "constraint", "constraint_message", "calculation"),
    *("default", "read_only", "appearance", "choice_filter", "parameters"),
    *("form_title", "form_id", "version", "default_language", "minutes"),
    *("introduction", "notice_authority", "notice_purpose", "notice_contact"),
)
_WIDTHS = {"type": 24, "name": 24, "list_name": 20, "label": 50, "hint": 40, "required": 10}
"""In characters."""


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """An .xlsx workbook with the sheets survey, choices and settings.

    Raises ValueError for a text longer than a cell can hold (32,767 characters).
    """
    headers = _Headers(questionnaire)
    sheets = {
        "survey": [_filled(row) for row in _survey(questionnaire.items, headers)],
        "choices": [_filled(row) for row in _choices(questionnaire, headers)],
        "settings": [_filled(_settings(questionnaire, headers))],
    }
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        _write(workbook, headers, name, rows)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Headers:
    """Headers of translated columns: ``label::Français (fr)``, the default language first."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.languages = {code: f"{language(code).own_name} ({code})" for code in questionnaire.languages}

    def cells(self, column: str, texts: Localized) -> Cells:
        return {self._header(column, code): texts[code] for code in self.languages if code in texts}

    def every(self, column: str) -> list[str]:
        return [self._header(column, code) for code in self.languages]

    def _header(self, column: str, code: str) -> str:
        return f"{column}::{self.languages[code]}"


def _survey(items: Iterable[Question | Group], headers: _Headers) -> Iterator[Cells]:
    for item in items:
        if isinstance(item, Group):
            yield {"type": "begin_group", **_shared(item, headers), **item.extra}
            yield from _survey(item.items, headers)
            yield {"type": "end_group"}
        else:
            yield _question(item, headers)


def _shared(item: Question | Group, headers: _Headers) -> Cells:
    return {
        "name": item.key,
        **headers.cells("label", item.label),
        **headers.cells("hint", item.hint),
        "relevant": _source(item.relevant),
        "appearance": " ".join(item.appearance),
    }


def _question(question: Question, headers: _Headers) -> Cells:
    shown = {name: value for name, value in question.parameters.items() if name != "type"}
    return {
        "type": _type(question),
        **_shared(question, headers),
        **headers.cells("guidance_hint", question.guidance),
        "required": _condition(question.required),
        **headers.cells("required_message", question.required_message),
        "constraint": _source(question.constraint),
        **headers.cells("constraint_message", question.constraint_message),
        "calculation": _source(question.calculation),
        "default": _default(question),
        "read_only": _condition(question.read_only),
        "choice_filter": _source(question.choice_filter),
        "parameters": " ".join(f"{name}={value}" for name, value in shown.items()),
        **question.extra,
    }


def _type(question: Question) -> str:
    if question.kind == "metadata":
        return question.parameters.get("type", "hidden")
    word = _TYPES.get(question.kind, kind_of(question).types[0])
    if not question.list_name:
        return word
    return f"{word} {question.list_name} or_other" if question.has_other else f"{word} {question.list_name}"


def _choices(questionnaire: Questionnaire, headers: _Headers) -> Iterator[Cells]:
    for list_name, choices in questionnaire.choice_lists.items():
        for choice in choices:
            yield {
                "list_name": list_name,
                "name": choice.key,
                **headers.cells("label", choice.label),
                "exclusive": "yes" if choice.is_exclusive else "",
                **choice.attributes,
            }


def _settings(questionnaire: Questionnaire, headers: _Headers) -> Cells:
    notice = questionnaire.notice
    return {
        **headers.cells("form_title", questionnaire.title),
        "form_id": questionnaire.key,
        "version": questionnaire.author_version,
        "default_language": headers.languages[questionnaire.default_language],
        "minutes": str(questionnaire.minutes or ""),
        **headers.cells("introduction", notice.introduction),
        **headers.cells("notice_authority", notice.authority),
        **headers.cells("notice_purpose", notice.purpose),
        **headers.cells("notice_contact", notice.contact),
        **questionnaire.settings,
    }


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""


def _condition(expression: Expression | None) -> str:
    return "yes" if expression and expression.source == "true()" else _source(expression)


def _default(question: Question) -> str:
    """A plain value where the reader makes the same expression of it, else the expression."""
    if question.default is None:
        return ""
    tree, source = question.default.tree, question.default.source
    if tree[0] == "s" and tree[1].strip() and not is_expression(tree[1], question.kind):
        plain = str(tree[1])
        return plain if literal(plain, question.kind) == source else source
    return source


def _write(workbook: Workbook, headers: _Headers, name: str, rows: Sequence[Cells]) -> None:
    sheet = workbook.create_sheet(name)
    columns = _columns(name, headers, rows)
    sheet.freeze_panes = "C2" if name == "survey" else "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[letter(number)].width = _WIDTHS.get(column.split("::")[0], 18)
    sheet.append([_cell(sheet, column, is_header=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column, "")) for column in columns])


def _filled(row: Mapping[str, str]) -> Cells:
    cells = {column: cleaned for column, text in row.items() if (cleaned := clean_text(text))}
    if any(len(text) > MAX_CELL for text in cells.values()):
        raise ValueError("a text is longer than a cell can hold")
    return cells


def _columns(name: str, headers: _Headers, rows: Iterable[Cells]) -> list[str]:
    """All columns that hold something, the standard's in their usual order, the author's own after them."""
    always = {
        "survey": ["type", "name", *headers.every("label")],
        "choices": ["list_name", "name", *headers.every("label")],
        "settings": ["form_id"],
    }
    found = dict.fromkeys([*always[name], *(column for row in rows for column in row)])
    places = {column: place for place, column in enumerate(_ORDER)}
    return sorted(found, key=lambda column: places.get(column.split("::")[0], len(places)))


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_header: bool = False) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # a label that begins with = is a label
    if is_header:
        cell.font = Font(bold=True)
    return cell
