"""Which row of a sheet is its header: the first one, unless prose or an empty form stands above it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from consult.questionnaires.xlsform.columns import CHOICES, SURVEY, read_header
from consult.questionnaires.xlsform.sheets import Row, Sheet
from consult.questionnaires.xlsform.sources import plain

_FIRST_ROWS = 20
_NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"survey": frozenset(("type", "name")), "choices": frozenset(("list_name", "name"))}
)
_MARK: Mapping[str, str] = MappingProxyType({"survey": "type", "choices": "list_name"})
"""What no sheet can do without."""


def header_index(sheet: Sheet, name: str, aliases: Mapping[str, str]) -> int:
    """The place of the header among the rows; 0 where no row says more than the first."""
    needed = _NEEDED.get(name)
    if needed is None:
        return 0
    named = [known_names(row, aliases) for row in sheet.rows[:_FIRST_ROWS]]
    if named and _MARK[name] in named[0]:
        return 0
    return next((index for index, names in enumerate(named) if needed <= names), 0)


def header_of(sheet: Sheet) -> Mapping[int, str]:
    """The cells of the header of any sheet of a form, by column; none where the sheet is empty."""
    if not sheet.rows:
        return {}
    name = known if (known := plain(sheet.name)) in _NEEDED or not is_survey(sheet) else "survey"
    return sheet.rows[header_index(sheet, name, CHOICES if name == "choices" else SURVEY)].cells


def is_survey(sheet: Sheet) -> bool:
    """Whether a sheet of any name can only be the sheet survey."""
    return any(_NEEDED["survey"] <= known_names(row, SURVEY) for row in sheet.rows[:_FIRST_ROWS])


def known_names(row: Row, aliases: Mapping[str, str]) -> set[str]:
    """The standard's columns that a row would name if it were a header."""
    return {read_header(number, text, aliases, has_media=False).name for number, text in row.cells.items()}
